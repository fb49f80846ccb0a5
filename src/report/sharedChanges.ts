import { groupBy } from '../model/groupBy.ts';
import type { Change } from '../model/review.ts';

/** A difference that one or more targets have in common. */
export interface SharedChange extends Omit<Change, 'target'> {
  readonly targets: readonly string[];
}

/**
 * Puts together changes that are the same in several targets: overlays of one base give a
 * resource their own namespace, and let it begin on another line.
 */
export function shareChanges(changes: readonly Change[]): SharedChange[] {
  return [...groupBy(changes, keyOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { target: _, ...change } = first;
    const sameLines = group.every(({ diff }) => diff === first.diff);
    const sameNamespace = group.every(({ resource }) => resource.namespace === first.resource.namespace);
    return [
      {
        ...change,
        diff: sameLines ? first.diff : withoutLines(first.diff),
        resource: sameNamespace ? first.resource : { ...first.resource, namespace: null },
        targets: group.map(({ target }) => target),
      },
    ];
  });
}

function keyOf({ resource, change, previousName, diff, effects, removal }: Change): string {
  const { group, version, kind, name } = resource;
  return JSON.stringify([
    group,
    version,
    kind,
    name,
    change,
    previousName,
    withoutLines(diff),
    effects,
    removal,
  ]);
}

/** Hunks that do not say where they begin. */
function withoutLines(diff: string): string {
  return diff.replace(/^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@$/gm, '@@');
}
