import type { Review } from '../model/review.ts';
import type { OnStep } from '../model/step.ts';
import { renderDiff } from '../report/diff.ts';
import { oneLine, oneName } from '../report/visible.ts';
import { complain } from './complain.ts';
import { type CompareOptions, reviewClone } from './reviewClone.ts';
import { type ColorWhen, wantsColor } from './wantsColor.ts';

export interface DiffOptions extends CompareOptions {
  readonly color: ColorWhen;
}

/** As `diff` has them: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/diff.html */
const SAME = 0;
const DIFFERENT = 1;
const TROUBLE = 2;

/**
 * `hydrant diff`: prints what two commits of a local clone render differently, and nothing else.
 * @returns the exit code: 2 where something of it is not known.
 */
export async function runDiff(options: DiffOptions, onStep: OnStep): Promise<number> {
  const review = await reviewClone(options, onStep);
  const { color } = options;
  const isColored = wantsColor(color, { env: process.env, isTTY: process.stdout.isTTY });
  process.stdout.write(renderDiff(review, { color: isColored }));
  const unknown = unknownIn(review);
  for (const one of unknown) complain(one, 'diff');
  if (unknown.length > 0) return TROUBLE;
  return review.changes.length > 0 ? DIFFERENT : SAME;
}

/** What does not render, and what was left out of rendering for a reason that the change is part of. */
function unknownIn({ findings, notValidated }: Review): string[] {
  const failed = findings
    .filter(
      ({ rule, status, severity }) =>
        rule.startsWith('render/') && status !== 'fixed' && severity === 'error',
    )
    .map(({ targets, message }) => `${targets.map((id) => oneName(id)).join(', ')}: ${oneLine(message)}`);
  const left = notValidated
    .filter(({ concern, isStanding }) => concern === 'render' && isStanding !== true)
    .map(({ subject, reason }) => `${oneName(subject)}: ${oneLine(reason)}`);
  return [...new Set([...failed, ...left])];
}
