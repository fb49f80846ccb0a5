import type { Violation } from './finding.ts';
import type { FieldPath } from './manifest.ts';
import type { Resource } from './resource.ts';
import type { Target } from './target.ts';

/** A resource that the repository holds, rendered or in a plain file, with where it was found. */
export interface FoundObject {
  readonly resource: Resource;
  /** The cluster that it is applied to, where that is known. */
  readonly cluster: string | null;
  readonly environment: string | null;
  readonly place: ObjectPlace;
}

/** Where an object stands. */
export type ObjectPlace =
  /** In a plain file that no render reads. `document` is the index of its YAML document, from 0. */
  | { readonly in: 'file'; readonly path: string; readonly document: number }
  /** In what a target renders. */
  | { readonly in: 'rendering'; readonly target: Target }
  /** Made from another object, as an Application from an ApplicationSet. `causeOf` gives the field of that object which causes a field of this one. */
  | {
      readonly in: 'object';
      readonly object: FoundObject;
      readonly causeOf: (field: Omit<ObjectField, 'object'>) => ObjectField;
    };

/** The target whose rendering an object stands in, or what it is made from; null for one in a plain file. */
export function appliedBy({ place }: FoundObject): string | null {
  if (place.in === 'file') return null;
  return place.in === 'rendering' ? place.target.id : appliedBy(place.object);
}

/** The object that a file or rendering really contains: for one made from another, that other one. */
export function standing(object: FoundObject): FoundObject {
  return object.place.in === 'object' ? standing(object.place.object) : object;
}

/** A field of an object that the repository holds, or a line of the text that is its value. */
export interface ObjectField {
  readonly object: FoundObject;
  /** Null for the object as a whole. */
  readonly fieldPath: FieldPath | null;
  /** The text that the field has, and one of its lines, from 0. */
  readonly inner?: { readonly text: string; readonly line: number } | undefined;
}

/** A field of an object, where something comes from. */
export interface FieldOrigin {
  readonly object: FoundObject;
  readonly fieldPath: FieldPath;
}

/** What is wrong with an object; `violation.fieldPath` is a field of its manifest. */
export interface ObjectViolation {
  readonly object: FoundObject;
  readonly violation: Violation;
  /** Where it is that another object is not there: the namespace that object would be in. */
  readonly absent?: { readonly namespace: string } | undefined;
}
