import type { FoundObject } from '../model/foundObject.ts';
import type { FieldPath } from '../model/manifest.ts';

/** A field of an object that the repository holds, or a line of the text that is its value. */
export interface ObjectField {
  readonly object: FoundObject;
  /** Null for the object as a whole. */
  readonly fieldPath: FieldPath | null;
  /** The text that the field has, and one of its lines, from 0. */
  readonly inner?: { readonly text: string; readonly line: number } | undefined;
}
