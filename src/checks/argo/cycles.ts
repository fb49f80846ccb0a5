import type { Discovery } from '../../model/discovery.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import { knownAs } from '../../model/knownAs.ts';

/** The rule of an Application that is applied by what it applies. */
const RULE = 'render/application-cycle';

/** The Applications that each one's rendering holds, by target ids. */
type Children = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Applications whose rendering holds, by whatever way, what renders them: none of them can be
 * deleted without the others. One that renders itself is how Argo CD is bootstrapped, and fine.
 */
export function findCycles(discovery: Discovery): ObjectViolation[] {
  const children = childrenOf(discovery);
  return [...discovery.declared].flatMap(([id, object]) => {
    const way = wayBack(id, children);
    if (way === null) return [];
    const message = `the Application applies itself by way of others: ${[id, ...way].join(' applies ')}; to delete one deletes all`;
    return [{ object, violation: { rule: RULE, severity: 'warning', message, fieldPath: null } }];
  });
}

function childrenOf({ renderings, declared }: Discovery): Children {
  const made = new Map<string, string[]>();
  for (const [id, object] of declared) {
    if (object.resource.kind !== 'Application') continue;
    const key = knownAs(declarationOf(object));
    made.set(key, [...(made.get(key) ?? []), id]);
  }
  const children = new Map<string, Set<string>>();
  for (const rendering of renderings) {
    const { target } = rendering;
    if (target.kind !== 'Application' || rendering.status === 'failed') continue;
    const { cluster, environment } = target;
    const ids = rendering.resources
      .filter(({ group }) => group === 'argoproj.io')
      .flatMap(
        (resource) =>
          made.get(knownAs({ resource, cluster, environment, place: { in: 'rendering', target } })) ?? [],
      );
    if (ids.length > 0) children.set(target.id, new Set(ids));
  }
  return children;
}

/** What stands in a file or a rendering: of an Application that an ApplicationSet makes, that one. */
function declarationOf(object: FoundObject): FoundObject {
  return object.place.in === 'object' ? declarationOf(object.place.object) : object;
}

/** The shortest way from an Application over others back to it, which ends with it. */
function wayBack(start: string, children: Children): string[] | null {
  const ways = othersIn(start, children).map((id) => [id]);
  const seen = new Set<string>();
  for (const way of ways) {
    const last = way.at(-1) ?? '';
    if (last === start) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    // The list grows while it is walked: shorter ways come first.
    for (const id of othersIn(last, children)) ways.push([...way, id]);
  }
  return null;
}

function othersIn(id: string, children: Children): string[] {
  return [...(children.get(id) ?? [])].filter((child) => child !== id).toSorted();
}
