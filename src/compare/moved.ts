import { identityOf, type Resource, withoutHash } from '../model/resource.ts';

/** One resource by two names. */
export interface Moved {
  readonly base: Resource;
  readonly head: Resource;
}

/**
 * Pairs resources of one target that only go by another name: those that are gone from the
 * base with those of the same kind that the head has in addition, where the name is the
 * same (in another namespace), ends in another hash, is part of the other (with a prefix or
 * suffix), or differs by a prefix that all of them changed. A resource that keeps its identity is paired with no other.
 */
export function movedResources(base: readonly Resource[], head: readonly Resource[]): Moved[] {
  const before = new Set(base.map(identity));
  const after = new Set(head.map(identity));
  const gone = new Set(base.filter((resource) => !after.has(identity(resource))));
  const added = new Set(head.filter((resource) => !before.has(identity(resource))));
  const exchanged = exchangedPrefix([...gone], [...added]);
  return [
    ...(exchanged === null ? [] : takePairs(gone, added, exchanged)),
    ...[hasSameName, hasOtherHash, hasNameInside].flatMap((isLike) => takePairs(gone, added, isLike)),
  ];
}

/**
 * Tells names that differ by a prefix, where all that are gone had one prefix and all that
 * came in their place have another: with a single resource this could not be told.
 */
function exchangedPrefix(
  gone: readonly Resource[],
  added: readonly Resource[],
): ((one: string, other: string) => boolean) | null {
  const [first] = gone;
  if (first === undefined || gone.length < 2) return null;
  const names = new Set(added.map(({ kind, name }) => `${kind}/${withoutHash(name)}`));
  const candidates = added.filter(({ kind }) => kind === first.kind);
  for (const { name } of candidates) {
    const [before, after] = prefixesOf(withoutHash(first.name), withoutHash(name));
    const exchange = (text: string) =>
      text.startsWith(before) ? `${after}${text.slice(before.length)}` : null;
    if (gone.every((one) => names.has(`${one.kind}/${exchange(withoutHash(one.name))}`))) {
      return (one, other) => exchange(one) === other;
    }
  }
  return null;
}

/** What stands before the end that two names have in common. */
function prefixesOf(one: string, other: string): [string, string] {
  let length = 0;
  while (length < one.length && length < other.length && one.at(-1 - length) === other.at(-1 - length))
    length++;
  return [one.slice(0, one.length - length), other.slice(0, other.length - length)];
}

/** The same of two targets, with those that stayed what they are. */
export function sameOrMoved(base: readonly Resource[], head: readonly Resource[]): Moved[] {
  const after = new Map(head.map((resource) => [identity(resource), resource]));
  const same = base.flatMap((resource) => {
    const partner = after.get(identity(resource));
    return partner === undefined ? [] : [{ base: resource, head: partner }];
  });
  return [...same, ...movedResources(base, head)];
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

/**
 * A Job, whose template cannot change, gets a new name for each change, and so may a ConfigMap: by
 * a hash of any kind, such as that of a commit.
 */
function hasOtherHash(one: string, other: string): boolean {
  const stem = withoutAnyHash(one);
  return stem !== one && stem !== '' && stem === withoutAnyHash(other) && other !== stem;
}

/** A hash has digits, and is hexadecimal or has letters after them: a word may end in a number. */
function withoutAnyHash(name: string): string {
  return name.replace(/-(?:(?=[a-f]*\d)[\da-f]{7,64}|(?=[a-z\d]*\d[a-z])[a-z\d]{8,64})$/, '');
}

function hasNameInside(one: string, other: string): boolean {
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one));
}
