import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { Change, ImageChange } from '../model/review.ts';
import { compareResources } from './changes.ts';
import { compareImages } from './images.ts';

/**
 * What merging changes in affected targets.
 */
export function compareTargets({
  shown,
  rendered,
  declared,
}: {
  /** The affected targets as they may be shown, with credentials hidden. */
  readonly shown: readonly ComparedTarget[];
  /** The same targets as they are rendered: an image's name is no credential. */
  readonly rendered: readonly ComparedTarget[];
  /** What the objects of the head that declare targets say of them, by target id. */
  readonly declared: ReadonlyMap<string, OperatorRecord>;
}): { changes: Change[]; images: ImageChange[] } {
  return {
    changes: comparable(shown).flatMap(({ id, base, head }) =>
      compareResources(id, { base, head }, declared.get(id)?.ignores),
    ),
    images: comparable(rendered).flatMap(({ id, base, head }) => compareImages(id, base, head)),
  };
}

/** Targets of which the head is known: a target that stopped rendering has not removed anything. */
function comparable(compared: readonly ComparedTarget[]) {
  return compared
    .filter(({ head }) => head?.status !== 'failed')
    .map(({ target, base, head }) => ({
      id: target.id,
      base: base?.status === 'rendered' ? base.resources : [],
      head: head?.status === 'rendered' ? head.resources : [],
    }));
}
