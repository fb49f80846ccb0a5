import type { Discovery } from '../../model/discovery.ts';
import type { Violation } from '../../model/finding.ts';
import type { ObjectViolation } from '../../model/foundObject.ts';
import { told } from '../../model/told.ts';

/** The rule of an Application that is applied by what it applies. */
const RULE = 'render/application-cycle';

/** The Applications that each one's rendering holds, by target ids. */
type Children = ReadonlyMap<string, readonly string[]>;

/**
 * Applications that apply themselves by way of others, so that none of them can be deleted
 * without the others. An Application that applies itself directly is no violation: Argo CD is
 * bootstrapped like that.
 */
export function findCycles({ renderings, declared }: Discovery): ObjectViolation[] {
  const applications = new Set(
    renderings.filter(({ target }) => target.kind === 'Application').map(({ target }) => target.id),
  );
  const own = [...declared].filter(([id]) => applications.has(id));
  const children = new Map(
    own.map(([id, record]) => [id, record.children.filter((child) => applications.has(child))]),
  );
  return own.flatMap(([id, { object }]) => {
    const way = wayBack(id, children);
    if (way === null) return [];
    return [{ object, violation: cycle([id, ...way]) }];
  });
}

/** @param ids of Applications, each of which applies the next; the last is the first again. */
function cycle(ids: readonly string[]): Violation {
  const { text, about } = told('cycle', {
    ids,
  })`the Application applies itself by way of others: ${(all) => all.ids.join(' applies ')}; to delete one deletes all`;
  return { rule: RULE, severity: 'warning', message: text, about, fieldPath: null };
}

/** The shortest way from an Application over others back to it, which ends with it. */
function wayBack(start: string, children: Children): string[] | null {
  const ways = (children.get(start) ?? []).map((id) => [id]);
  const seen = new Set<string>();
  for (const way of ways) {
    const last = way.at(-1) ?? '';
    if (last === start) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    // The list grows while it is walked: shorter ways come first.
    for (const id of children.get(last) ?? []) ways.push([...way, id]);
  }
  return null;
}
