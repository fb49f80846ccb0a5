import type { FieldPath } from '../../model/manifest.ts';
import type { RenderParams } from './render.ts';

/** Asks which texts of a target's input make what is rendered of it. */
export interface CausesParams extends Omit<RenderParams, 'want'> {
  /** Digests of values of Secrets. */
  readonly values?: readonly string[];
  readonly fields?: readonly CauseField[];
  readonly tries?: readonly Try[];
}

/** The target's input with one text changed. */
export type Try =
  /** Another text of a file of the commit (of a link's target, not of the link). */
  | { readonly path: string; readonly text: string }
  /** The JSON of another source. */
  | { readonly source: unknown };

/** A field of a rendered resource that a chart may have made of a value. */
export interface CauseField {
  /** The resource's place in the rendering. */
  readonly index: number;
  /** What tells it from others of the same List. */
  readonly kind: string;
  readonly name: string;
  readonly fieldPath: FieldPath;
  /** Fields below it that should be there. */
  readonly missing: readonly FieldPath[];
}

/** What rendering again, with one text of the input changed, tells. */
export interface CausesReply {
  /** Digests of values that a chart makes up anew each time. */
  readonly random: readonly string[];
  /** Texts that make values of Secrets. */
  readonly causes: readonly Cause[];
  /** The value that each field follows, in the order of the fields; null where none is known. */
  readonly fields: readonly (FieldCause | null)[];
  /** Of each try, in their order, whether it renders. */
  readonly renders: readonly boolean[];
  /** The texts of the causes, which the redactor opens. */
  readonly sealed?: string;
}

/** The place of a value that a field follows. */
export interface FieldCause {
  /** The file that has it; empty for a layer of values in the target's source. */
  readonly path: string;
  /** The layer's place among all layers of the source, a combined source's counted on; 0 for a file. */
  readonly layer: number;
  /** The fields and list indices on the way to the value. */
  readonly steps: FieldPath;
  /** Of the file or of the layer's text, from 1. */
  readonly line: number;
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
