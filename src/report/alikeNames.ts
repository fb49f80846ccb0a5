import { groupBy } from '../model/groupBy.ts';
import { HASH_SUFFIX, withoutHash } from '../model/resource.ts';
import type { Change } from '../model/review.ts';

/** Kustomize's hash of a name, wherever such a name stands. */
const HASH = new RegExp(`${HASH_SUFFIX}(?![\\w-])`, 'g');

/** A text in which namespace, name prefix and hashes are the same for all overlays. */
export function alike(
  text: string,
  { namespace = null, prefix = '' }: { readonly namespace?: string | null; readonly prefix?: string },
): string {
  const hashed = text.replace(HASH, '-#');
  const named = prefix === '' ? hashed : hashed.replace(wordStart(prefix), '');
  return namespace === null || namespace === '' ? named : named.replace(word(namespace), '\0');
}

/**
 * What the names of all changed resources of a target begin with, up to a dash, by target: the
 * prefix that its overlay may have given them.
 */
export function prefixesOf(changes: readonly Change[]): Map<string, string> {
  const byTarget = groupBy(changes, ({ target }) => target);
  return new Map(
    [...byTarget].map(([target, group]) => [
      target,
      commonPrefix(group.map(({ resource }) => withoutHash(resource.name))),
    ]),
  );
}

/** The name that several resources share, with `…` for the prefixes and hashes in which they differ. */
export function nameIn(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.every((name) => name === first)) return first;
  const stems = names.map((name) => withoutHash(name));
  const hash = stems.every((stem, index) => stem === names[index]) ? '' : '-…';
  const steps = stems.map((stem) => stem.split('-'));
  const [own = []] = steps;
  const differs = own.findIndex((_, index) =>
    steps.some((list) => list.at(-1 - index) !== own.at(-1 - index)),
  );
  const end = own.slice(differs < 0 ? 0 : own.length - differs).join('-');
  const start = stems.every((stem) => stem === stems[0]) ? '' : '…-';
  return `${start}${end}${hash}`;
}

function commonPrefix(names: readonly string[]): string {
  const [first = '', ...others] = names;
  const steps = first.split('-').slice(0, -1);
  for (let length = steps.length; length > 0; length--) {
    const prefix = `${steps.slice(0, length).join('-')}-`;
    if (others.every((name) => name.startsWith(prefix))) return prefix;
  }
  return '';
}

function word(text: string): RegExp {
  return new RegExp(`(?<![\\w-])${escapeRegExp(text)}(?![\\w-])`, 'g');
}

function wordStart(text: string): RegExp {
  return new RegExp(`(?<![\\w-])${escapeRegExp(text)}`, 'g');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
