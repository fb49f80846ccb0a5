import type { FoundObject } from '../model/foundObject.ts';
import type { ChangedPath } from '../model/snapshot.ts';
import type { Sides } from './renderSides.ts';

/** Tells whether the pull request touches an object: its file, or the target that renders it. */
export function touchedBy(
  changedPaths: readonly ChangedPath[],
  affected: readonly Sides[],
): (object: FoundObject) => boolean {
  const paths = new Set(changedPaths.map(({ path }) => path));
  const targets = new Set(affected.map(({ target }) => target.id));
  const touched = ({ place }: FoundObject): boolean => {
    switch (place.in) {
      case 'file':
        return paths.has(place.path);
      case 'rendering':
        return targets.has(place.target.id);
      case 'object':
        return touched(place.object);
    }
  };
  return touched;
}
