import { styleText } from 'node:util';
import { apiVersionOf, describeResource } from '../model/resource.ts';
import type { Review } from '../model/review.ts';
import { type SharedChange, shareChanges } from './sharedChanges.ts';
import { oneName, visible } from './visible.ts';
import { someOf } from './words.ts';

/**
 * The rendered difference of a review alone, as a unified diff: a head for each resource that says where it is, and its
 * hunks. What several targets have in common stands once.
 * @param options.color adds ANSI colours.
 */
export function renderDiff({ changes }: Pick<Review, 'changes'>, { color = false } = {}): string {
  const lines = shareChanges(changes).flatMap(linesOf);
  return lines.map((line) => `${color ? painted(line) : line}\n`).join('');
}

function linesOf({ resource, change, previousName, diff, targets }: SharedChange): string[] {
  const name = (what: string | null) =>
    oneName(`${apiVersionOf(resource)} ${describeResource({ ...resource, name: what ?? resource.name })}`);
  return [
    `diff ${change} in ${oneName(someOf(targets))}`,
    `--- ${change === 'added' ? '/dev/null' : name(previousName)}`,
    `+++ ${change === 'removed' ? '/dev/null' : name(null)}`,
    ...visible(diff).split('\n'),
  ];
}

const COLOURS = [
  [/^(?:diff|---|\+\+\+) /, 'bold'],
  [/^@@/, 'cyan'],
  [/^\+/, 'green'],
  [/^-/, 'red'],
] as const;

function painted(line: string): string {
  const colour = COLOURS.find(([start]) => start.test(line))?.[1];
  return colour === undefined ? line : styleText(colour, line, { validateStream: false });
}
