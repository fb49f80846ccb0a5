import type { RenderParams } from './render.ts';

/** Asks where values of the Secrets of a target come from. */
export interface CausesParams extends Omit<RenderParams, 'want' | 'changed'> {
  /** Digests of the values. */
  readonly values: readonly string[];
}

/** What rendering again, with one text of the input changed, tells of a Secret's values. */
export interface CausesReply {
  /** Digests of values that a chart makes up anew each time. */
  readonly random: readonly string[];
  readonly causes: readonly Cause[];
}

/** A text that makes a value. */
export interface Cause {
  /** The digest of the Secret's value. */
  readonly value: string;
  /** The file with the text that makes it; empty for the target's source. */
  readonly path: string;
  /** From 1; 0 in a source. */
  readonly line: number;
  /** The names on the way to the text. */
  readonly field: readonly string[];
  /** The digest of the text. */
  readonly text: string;
}
