import { identityOf, type Resource, withoutHash } from '../model/resource.ts';

/** One resource by two names. */
export interface Moved {
  readonly base: Resource;
  readonly head: Resource;
}

/**
 * Pairs resources of one target that only go by another name: those that are gone from the
 * base with those of the same kind that the head has in addition, where the name is the
 * same (in another namespace), or is part of the other (with a prefix or suffix). What
 * stays where it was is nobody's partner.
 */
export function movedResources(base: readonly Resource[], head: readonly Resource[]): Moved[] {
  const before = new Set(base.map(identity));
  const after = new Set(head.map(identity));
  const gone = new Set(base.filter((resource) => !after.has(identity(resource))));
  const added = new Set(head.filter((resource) => !before.has(identity(resource))));
  return [hasSameName, hasNameInside].flatMap((isLike) => takePairs(gone, added, isLike));
}

function takePairs(
  gone: Set<Resource>,
  added: Set<Resource>,
  isLike: (one: string, other: string) => boolean,
): Moved[] {
  const pairs: Moved[] = [];
  for (const resource of added) {
    const partner = [...gone].find(
      ({ group, kind, name }) =>
        group === resource.group &&
        kind === resource.kind &&
        isLike(withoutHash(name), withoutHash(resource.name)),
    );
    if (partner === undefined) continue;
    gone.delete(partner);
    added.delete(resource);
    pairs.push({ base: partner, head: resource });
  }
  return pairs;
}

function identity(resource: Resource): string {
  return identityOf({ ...resource, name: withoutHash(resource.name) });
}

function hasSameName(one: string, other: string): boolean {
  return one === other;
}

function hasNameInside(one: string, other: string): boolean {
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one));
}
