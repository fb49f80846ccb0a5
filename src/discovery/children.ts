import type { FollowedTarget } from '../model/followed.ts';
import { type FoundObject, standing } from '../model/foundObject.ts';
import { knownAs } from '../model/knownAs.ts';
import type { Rendering } from '../model/rendering.ts';

/**
 * The targets, by id, whose declaring objects each declared target's rendering holds. An
 * object that several targets render counts for each of them.
 */
export function childrenOf(
  followed: readonly FollowedTarget[],
  renderings: readonly Rendering[],
): ReadonlyMap<string, readonly string[]> {
  const declaring = new Map<string, string[]>();
  const kinds = new Set<string>();
  for (const { target, record } of followed) {
    const object = standing(record.object);
    const key = knownAs(object);
    declaring.set(key, [...(declaring.get(key) ?? []), target.id]);
    kinds.add(kindOf(object.resource));
  }
  const parents = new Set(followed.map(({ target }) => target.id));
  return new Map(
    renderings
      .filter(({ target }) => parents.has(target.id))
      .map((rendering) => [rendering.target.id, idsIn(rendering, { declaring, kinds })]),
  );
}

function idsIn(
  rendering: Rendering,
  {
    declaring,
    kinds,
  }: { readonly declaring: ReadonlyMap<string, string[]>; readonly kinds: ReadonlySet<string> },
): string[] {
  if (rendering.status === 'failed') return [];
  const { target, resources } = rendering;
  const { cluster, environment } = target;
  const ids = resources
    .filter((resource) => kinds.has(kindOf(resource)))
    .flatMap(
      (resource) =>
        declaring.get(knownAs({ resource, cluster, environment, place: { in: 'rendering', target } })) ?? [],
    );
  return [...new Set(ids)].filter((id) => id !== target.id).toSorted();
}

function kindOf({ group, kind }: FoundObject['resource']): string {
  return `${group}/${kind}`;
}
