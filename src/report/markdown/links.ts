import type { Location } from '../../model/finding.ts';
import type { RulePages } from '../rulePage.ts';
import { count } from '../words.ts';
import { code, fileUrl, htmlCode } from './escape.ts';

/** Where the reviewed files can be read; without it, places are named and not linked. */
export interface Links {
  /** Such as `https://github.com/acme/gitops`; of a fork's head, the fork's. */
  readonly repositoryUrl?: string | undefined;
  /** Where the pages about rules are read; without it, rules are named and not linked. */
  readonly rulePages?: RulePages | undefined;
}

/** A place in a file of the head, linked where the repository's address is known. */
export function placeLink(location: Location, head: string, { repositoryUrl }: Links): string {
  const text = code(`${location.path}:${location.startLine}`);
  return repositoryUrl === undefined ? text : `[${text}](${fileUrl({ repositoryUrl, head }, location)})`;
}

/**
 * Targets by name, the first few of many, with the number of all:
 * `apps/myapp/overlays/{production, staging}` where they share a folder.
 */
export function targetNames(
  targets: readonly string[],
  options: { most?: number; html?: boolean } = {},
): string {
  const { most = 3, html = false } = options;
  const write = html ? htmlCode : code;
  const shown = targets.slice(0, most);
  const names = shown.length > 1 && shown.join('').length < LONGEST_TOGETHER ? [together(shown)] : shown;
  const text = names.map((name) => write(name)).join(', ');
  const more = targets.length - shown.length;
  return more > 0 ? `${text} and ${count(more, 'more target')}` : text;
}

/** Up to three targets by name; the names of more folded away behind their number, and at most so many of them. */
export function foldedNames(targets: readonly string[], lead = ''): string {
  if (targets.length <= 3) return `${lead}${targetNames(targets)}`;
  return `<details><summary>${lead}${count(targets.length, 'target')}</summary>${targetNames(targets, { most: MOST_NAMES, html: true })}</details>`;
}

/** Nobody reads more, and each costs room. */
const MOST_NAMES = 60;

/** Targets by name, as many as are read, where nothing is folded. */
export function namesOf(targets: readonly string[]): string {
  return targetNames(targets, { most: MOST_NAMES });
}

/** Longer names, or more of them, are not read as one piece of code, and would be cut. */
const LONGEST_TOGETHER = 200;

/** Paths as one, `a/{b, c}/d` where they share folders at either end. */
function together(paths: readonly string[]): string {
  const steps = paths.map((path) => path.split('/'));
  const [first = []] = steps;
  const start = sharedSteps(steps);
  const end = sharedSteps(steps.map((list) => list.slice(start).toReversed()));
  if (start + end === 0) return paths.join(', ');
  const inner = steps.map((list) => list.slice(start, list.length - end).join('/'));
  const before = first.slice(0, start).map((step) => `${step}/`);
  const after = first.slice(first.length - end).map((step) => `/${step}`);
  return `${before.join('')}{${inner.join(', ')}}${after.join('')}`;
}

/** How many steps all paths have in common at their start; each keeps one of its own. */
function sharedSteps([first = [], ...others]: readonly (readonly string[])[]): number {
  const different = first.findIndex((step, index) =>
    others.some((other) => index >= other.length - 1 || other[index] !== step),
  );
  return Math.min(different < 0 ? first.length : different, Math.max(first.length - 1, 0));
}
