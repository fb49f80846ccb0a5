import type { Step } from '../model/step.ts';
import { bytesText, durationText } from './amounts.ts';
import type { ReviewLimits } from './limits.ts';

/** What a review needed too much of, or that its process ended for another reason. */
export type Excess = 'time' | 'memory' | 'output' | 'crash';

/** That a review was ended before it came to its end, and what is known of it. */
export class ReviewEnded extends Error {
  readonly why: Excess;
  /** What it had come to. */
  readonly step: Step;
  /** Such as `this review needs more than 10 minutes`. */
  readonly need: string;

  constructor(why: Excess, known: { limits: Partial<ReviewLimits>; step: Step; cause?: unknown }) {
    const need = needOf(why, known.limits);
    super(`${need}; ${placeOf(known.step, (name) => name)}`, { cause: known.cause });
    this.why = why;
    this.step = known.step;
    this.need = need;
  }
}

/**
 * Where a review was ended, as a sentence without its full stop.
 * @param show how a name out of the repository is shown.
 */
export function placeOf({ stage, target, file }: Step, show: (name: string) => string): string {
  const where = [
    stage === undefined ? 'it was ended before it told what it did' : `it was ended while ${stage}`,
    ...(target === undefined ? [] : [`at the target ${show(target)}`]),
    ...(file === undefined ? [] : [`the last file that it read is ${show(file)}`]),
  ];
  return where.join(', ');
}

function needOf(why: Excess, { timeoutMs, memoryBytes, outputBytes }: Partial<ReviewLimits>): string {
  const more = (limit: string | undefined, unknown: string) =>
    `this review needs ${limit === undefined ? unknown : `more than ${limit}`}`;
  switch (why) {
    case 'time':
      return more(timeoutMs === undefined ? undefined : durationText(timeoutMs), 'too long');
    case 'memory':
      return more(
        memoryBytes === undefined ? undefined : `${bytesText(memoryBytes)} of memory`,
        'more memory than there is',
      );
    case 'output':
      return more(
        outputBytes === undefined ? undefined : `${bytesText(outputBytes)} of text`,
        'too much text',
      );
    case 'crash':
      return 'the process of this review ended unexpectedly';
  }
}
