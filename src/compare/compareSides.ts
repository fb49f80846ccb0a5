import type { FoundObject } from '../model/foundObject.ts';
import type { ManifestObject } from '../model/manifest.ts';
import type { Change, ImageChange } from '../model/review.ts';
import type { Sides } from '../model/sides.ts';
import { compareResources } from './changes.ts';
import { compareImages } from './images.ts';

/**
 * What merging changes in affected targets.
 * @param shown the affected targets as they may be shown, with credentials hidden.
 * @param affected the same targets as they are rendered: an image's name is no credential.
 * @param declared the objects of the head that declare targets, by target id.
 */
export function compareSides(
  shown: readonly Sides[],
  affected: readonly Sides[],
  declared: ReadonlyMap<string, FoundObject>,
): { changes: Change[]; images: ImageChange[] } {
  return {
    changes: comparable(shown).flatMap(({ id, base, head }) =>
      compareResources(id, base, head, applicationOf(declared.get(id))),
    ),
    images: comparable(affected).flatMap(({ id, base, head }) => compareImages(id, base, head)),
  };
}

/** Sides of which the head is known: a target that stopped rendering has not removed anything. */
function comparable(sides: readonly Sides[]) {
  return sides
    .filter(({ head }) => head?.status !== 'failed')
    .map(({ target, base, head }) => ({
      id: target.id,
      base: base?.status === 'rendered' ? base.resources : [],
      head: head?.status === 'rendered' ? head.resources : [],
    }));
}

function applicationOf(object: FoundObject | undefined): ManifestObject | null {
  return object?.resource.kind === 'Application' ? object.resource.manifest : null;
}
