import type { About } from '../../model/about.ts';
import type { FieldPath } from '../../model/manifest.ts';

/** A mistake in words, with the data that the words are made of. */
export interface Sentence {
  /** The rule's name behind `schema/`. */
  readonly rule: string;
  readonly about: About;
  /** Without a full stop. */
  readonly text: string;
  readonly path: FieldPath;
}
