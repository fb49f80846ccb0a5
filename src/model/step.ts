/** What a review has come to, for whoever has to say where it was ended. What is left out is as before. */
export interface Step {
  /** What it does, such as `rendering`; the target and the file of the stage before count no more. */
  readonly stage?: string;
  /** The target that it looks at, by its id. */
  readonly target?: string;
  /** The file that it read last, from the root of the repository. */
  readonly file?: string;
  /** So many targets of `of` are rendered. */
  readonly done?: number;
  /** Targets that are known so far; rendering them may show more. */
  readonly of?: number;
}

/** A step in words, such as `finding and rendering targets: 12 of 40 rendered`. */
export function stepWords({ stage = 'starting', done, of }: Step): string {
  return done === undefined || of === undefined ? stage : `${stage}: ${done} of ${of} rendered`;
}

/** Hears of each step before it is taken. */
export type OnStep = (step: Step) => void;
