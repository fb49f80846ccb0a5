import { groupBy } from '../model/groupBy.ts';
import { identityOf, type Resource, withoutHash } from '../model/resource.ts';

/** A resource at base and head; one side is null where it is added or removed. */
export type Pair =
  | { readonly base: Resource; readonly head: Resource }
  | { readonly base: null; readonly head: Resource }
  | { readonly base: Resource; readonly head: null };

/**
 * Pairs the resources of a target by identity (group, kind, namespace, name), in the
 * head's order, removed ones last. A ConfigMap or Secret whose name only differs by the
 * hash suffix that kustomize appends is the same resource under a new name.
 */
export function pairResources(base: readonly Resource[], head: readonly Resource[]): Pair[] {
  const waiting = groupBy(base, identityOf);
  const matched = head.map((resource) => ({
    head: resource,
    base: takeFirst(waiting, identityOf(resource)),
  }));

  const renamed = groupBy([...waiting.values()].flat(), stemOf);
  const pairs = matched.map((pair): Pair => {
    const partner = pair.base ?? takeFirst(renamed, stemOf(pair.head));
    return partner === undefined ? { base: null, head: pair.head } : { base: partner, head: pair.head };
  });
  const removed = [...renamed.values()].flat().toSorted((a, b) => a.index - b.index);
  return [...pairs, ...removed.map((resource): Pair => ({ base: resource, head: null }))];
}

function stemOf(resource: Resource): string {
  const hashed = resource.group === '' && (resource.kind === 'ConfigMap' || resource.kind === 'Secret');
  // The zero byte keeps a plain name from pairing with a hashed one's stem of another kind.
  return hashed ? `${identityOf({ ...resource, name: withoutHash(resource.name) })}\0` : identityOf(resource);
}

function takeFirst(groups: Map<string, Resource[]>, key: string): Resource | undefined {
  return groups.get(key)?.shift();
}
