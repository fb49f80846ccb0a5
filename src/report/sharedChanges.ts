import { groupBy } from '../model/groupBy.ts';
import type { Change } from '../model/review.ts';
import { alike, nameIn, prefixesOf } from './alikeNames.ts';
import { applicationOf, type Placed } from './applications.ts';

/** A difference that one or more targets have in common. */
export interface SharedChange extends Omit<Change, 'target'> {
  readonly targets: readonly string[];
  /** The target whose lines are shown, where those of the others differ by prefix, namespace or hash; else null. */
  readonly asIn: string | null;
}

/**
 * Puts together changes that are the same in several targets: overlays of one base give a
 * resource their own namespace, hash and name prefix, and let it begin on another line. A prefix is told
 * from a name only among targets of one application.
 */
export function shareChanges(changes: readonly Change[], targets: readonly Placed[] = []): SharedChange[] {
  const applications = new Map(targets.map((target) => [target.id, applicationOf(target)]));
  const prefixes = prefixesOf(changes);
  const merged = groupBy([...groupBy(changes, keyOf).values()], (group) => {
    const [first] = group;
    const application = first && applications.get(first.target);
    return first === undefined || application === undefined ? '' : keyIn(first, { application, prefixes });
  });
  return [...merged]
    .flatMap(([key, groups]) => (key === '' ? groups : apart(groups)))
    .flatMap((group) => shared(group));
}

/** Groups as one, but for those of which one target has several. */
function apart(groups: readonly (readonly Change[])[]): Change[][] {
  const parts: { readonly targets: Set<string>; readonly changes: Change[] }[] = [];
  for (const group of groups) {
    const free = parts.find(({ targets }) => !group.some(({ target }) => targets.has(target)));
    const part = free ?? { targets: new Set<string>(), changes: [] };
    if (free === undefined) parts.push(part);
    for (const change of group) {
      part.targets.add(change.target);
      part.changes.push(change);
    }
  }
  return parts.map((part) => part.changes);
}

function shared(group: readonly Change[]): SharedChange[] {
  const [first] = group;
  if (first === undefined) return [];
  const { target, ...change } = first;
  const sameLines = group.every(({ diff }) => diff === first.diff);
  const sameText = group.every(({ diff }) => withoutLines(diff) === withoutLines(first.diff));
  const sameNamespace = group.every(({ resource }) => resource.namespace === first.resource.namespace);
  const name = nameIn(group.map(({ resource }) => resource.name));
  return [
    {
      ...change,
      diff: sameLines || !sameText ? first.diff : withoutLines(first.diff),
      resource: { ...first.resource, name, ...(!sameNamespace && { namespace: null }) },
      targets: group.map((one) => one.target),
      asIn: sameText ? null : target,
    },
  ];
}

/** Equal for changes that differ by place and namespace alone. */
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

/** Equal for changes that differ by the prefix and hash of names, too. */
function keyIn(
  { target, resource, change, previousName, diff, effects, removal }: Change,
  { application, prefixes }: { readonly application: string; readonly prefixes: ReadonlyMap<string, string> },
): string {
  const { group, version, kind, namespace, name } = resource;
  const names = { namespace, prefix: prefixes.get(target) ?? '' };
  return JSON.stringify([
    application,
    [group, version, kind, change, effects, removal],
    alike(name, { prefix: names.prefix }),
    previousName === null ? null : alike(previousName, { prefix: names.prefix }),
    alike(withoutLines(diff), names),
  ]);
}

/** Hunks that do not say where they begin. */
function withoutLines(diff: string): string {
  return diff.replace(/^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@$/gm, '@@');
}
