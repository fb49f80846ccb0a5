import type { Review } from '../model/review.ts';
import type { OnStep } from '../model/step.ts';
import { SETTINGS_RULE } from '../settings/reviewSettings.ts';
import { EXIT } from './exit.ts';
import { type Output, outputsOf } from './outputs.ts';
import { type CompareOptions, reviewClone } from './reviewClone.ts';
import type { ColorWhen } from './wantsColor.ts';
import { writeOutputs } from './writeOutputs.ts';

export interface CheckOptions extends CompareOptions {
  /** `text`, printed, by default. */
  readonly format?: readonly Output[];
  /** The file of the format that names none of its own. */
  readonly output?: string;
  readonly color: ColorWhen;
  /** True: existing findings are printed one by one. */
  readonly all?: boolean;
}

/**
 * `hydrant check`: reviews two commits of a local clone and prints the review.
 * @returns the exit code.
 * @throws {GitError} where there is no repository or no such revision.
 */
export async function runCheck(options: CheckOptions, onStep: OnStep): Promise<number> {
  const outputs = outputsOf(options);
  const review = await reviewClone(options, onStep);
  await writeOutputs(review, { ...options, outputs });
  return exitCodeOf(review);
}

function exitCodeOf({ verdicts, verdict, findings }: Review): number {
  const brokenSettings = findings.some(
    ({ rule, severity }) => rule === SETTINGS_RULE && severity === 'error',
  );
  if (brokenSettings) return EXIT.couldNotRun;
  if (verdict === 'failure') return EXIT.newErrors;
  return Object.values(verdicts).includes('neutral') ? EXIT.notValidated : EXIT.passed;
}
