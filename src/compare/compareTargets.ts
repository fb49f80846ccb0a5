import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Change, ImageChange } from '../model/review.ts';
import type { OnStep } from '../model/step.ts';
import { compareResources } from './changes.ts';
import { compareImages } from './images.ts';
import { type ComparedCommits, removalsOf } from './removals.ts';

/**
 * What merging changes in affected targets.
 */
export function compareTargets({
  shown,
  rendered,
  commits,
  onStep,
}: {
  /** The affected targets as they may be shown, with credentials hidden. */
  readonly shown: readonly ComparedTarget[];
  /** The same targets as they are rendered: an image's name is no credential. */
  readonly rendered: readonly ComparedTarget[];
  readonly commits: ComparedCommits;
  readonly onStep?: OnStep | undefined;
}): { changes: Change[]; images: ImageChange[] } {
  onStep?.({ stage: 'comparing resources' });
  const removalOf = removalsOf(commits);
  return {
    changes: comparable(shown).flatMap(({ target, base, head }) => {
      onStep?.({ target: target.id });
      return compareResources(
        target.id,
        { base, head },
        {
          ignores: commits.head.declared.get(target.id)?.ignores,
          heeds: (commits.head.declared.get(target.id) ?? commits.base.declared.get(target.id))?.heeds,
          removalOf: (resource) => removalOf(target, resource),
        },
      );
    }),
    images: comparable(rendered).flatMap(({ target, base, head }) => compareImages(target.id, base, head)),
  };
}

/** Targets of which the head is known: a target that stopped rendering has not removed anything. */
function comparable(compared: readonly ComparedTarget[]) {
  return compared
    .filter(({ head, handedOver }) => head?.status !== 'failed' && handedOver !== true)
    .map(({ target, base, head }) => ({
      target,
      base: base?.status === 'rendered' ? base.resources : [],
      head: head?.status === 'rendered' ? head.resources : [],
    }));
}
