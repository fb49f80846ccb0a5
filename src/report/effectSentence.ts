import { groupBy } from '../model/groupBy.ts';
import type { Change, ImageChange, Review } from '../model/review.ts';
import { type Placed, placesOf } from './applications.ts';
import { effectOnTargets, kindOf, restOfEffect } from './figures.ts';
import { isDowngrade, splitImage } from './imageName.ts';
import { shareChanges } from './sharedChanges.ts';
import { count, enumerate } from './words.ts';

/**
 * What merging does, in the words of the field: `myapp v1.2.3 → v1.3.0 in production and staging
 * (5 clusters); 2 Deployments change, 1 Secret is removed.` Then how many targets that is, and what is unknown.
 * @param shown makes a sentence with names of the repository fit to be shown.
 */
export function effectSentence(review: Review, shown: (sentence: string) => string): string {
  const images = imageWords(review);
  const resources = resourceWords(review);
  const where = images.length > 0 || resources === '' ? '' : placesOf(changedTargets(review));
  const parts = [...images, `${resources}${where === '' ? '' : ` in ${where}`}`].filter(
    (part) => part !== '',
  );
  const lead = parts.length === 0 ? [] : [`**${shown(`${parts.join('; ')}.`)}**`];
  return [
    ...lead,
    effectOnTargets(review, { briefly: lead.length > 0 }),
    ...restOfEffect(review, shown),
  ].join(' ');
}

function changedTargets({ changes, targets }: Review): Placed[] {
  const changed = new Set(changes.map(({ target }) => target));
  return targets.filter(({ id }) => changed.has(id));
}

const MOST_IMAGES = 2;

/** The first images that get another version, with where; the number of the others. */
function imageWords({ images, targets }: Review): string[] {
  const known = new Map<string, Placed>(targets.map((target) => [target.id, target]));
  const groups = [...groupBy(images.filter(isNewVersion), versionOf).values()];
  const more = groups.length - MOST_IMAGES;
  const words = groups.slice(0, MOST_IMAGES).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const ids = new Set(group.map(({ target }) => target));
    const places = placesOf([...ids].flatMap((id) => known.get(id) ?? []));
    return [
      `${versionOf(first)}${isDowngrade(first) ? ' (a downgrade)' : ''}${places === '' ? '' : ` in ${places}`}`,
    ];
  });
  return more > 0 ? [...words, `${count(more, 'more image')} ${more === 1 ? 'changes' : 'change'}`] : words;
}

function isNewVersion({ from, to }: ImageChange): boolean {
  return from !== null && to !== null && splitImage(from).name === splitImage(to).name;
}

/** `myapp v1.2.3 → v1.3.0`. */
function versionOf({ from, to }: ImageChange): string {
  const [before, after] = [splitImage(from ?? ''), splitImage(to ?? '')];
  return `${after.name.split('/').at(-1) ?? ''} ${before.version} → ${after.version}`;
}

const MOST_KINDS = 4;

/** `2 Deployments change, 1 Secret is removed`: each resource once, in however many targets it differs. */
function resourceWords({ changes, targets }: Review): string {
  const distinct = groupBy(shareChanges(changes, targets), (change) =>
    JSON.stringify([change.resource.group, change.resource.kind, change.resource.name, kindOf(change)]),
  );
  const first = [...distinct.values()].flatMap(([change]) => change ?? []);
  const byVerb = groupBy(first, (change) => kindOf(change));
  return ORDER.flatMap((kind) => {
    const group = byVerb.get(kind) ?? [];
    return group.length === 0 ? [] : [verbWords(group, VERBS[kind])];
  }).join(', ');
}

const ORDER = ['removed', 'perhaps removed', 'left behind', 'changed', 'renamed', 'added'] as const;

/** `2 Deployments and 1 Service change`. */
function verbWords(group: readonly Pick<Change, 'resource'>[], verb: { one: string; many: string }): string {
  const kinds = [...groupBy(group, ({ resource }) => resource.kind)];
  const named = kinds.length > MOST_KINDS ? kinds.slice(0, MOST_KINDS - 1) : kinds;
  const words = named.map(([kind, { length }]) => `${length} ${length === 1 ? kind : plural(kind)}`);
  const more = kinds.slice(named.length).reduce((sum, [, { length }]) => sum + length, 0);
  const all = more > 0 ? [...words, count(more, 'other resource')] : words;
  return `${enumerate(all)} ${group.length === 1 ? verb.one : verb.many}`;
}

function plural(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return `${kind}${/(?:s|x|ch)$/.test(kind) ? 'es' : 's'}`;
}

const VERBS = {
  removed: { one: 'is removed', many: 'are removed' },
  'perhaps removed': { one: 'may be removed', many: 'may be removed' },
  'left behind': { one: 'is left behind', many: 'are left behind' },
  changed: { one: 'changes', many: 'change' },
  renamed: { one: 'gets a new name', many: 'get new names' },
  added: { one: 'is added', many: 'are added' },
} as const;
