import type { About } from '../../../model/about.ts';
import type { FoundObject } from '../../../model/foundObject.ts';
import type { FieldPath, ManifestValue } from '../../../model/manifest.ts';
import type { Told } from '../../../model/told.ts';
import type { FollowContext } from '../../followContext.ts';

/** One set of parameters that a generator gives to the template. */
export type Parameters = Readonly<Record<string, ManifestValue>>;

/** What generators run with. */
export interface GeneratorContext {
  readonly follow: FollowContext;
  readonly set: FoundObject;
  /** False: the simple templates, whose parameters are texts by names with dots. */
  readonly goTemplate: boolean;
  readonly options: readonly string[];
}

/** A generator's own part of an ApplicationSet, with the field that holds it. */
export interface Declared<T> {
  readonly value: T;
  readonly fieldPath: FieldPath;
}

/** Thrown where Argo CD would say that the ApplicationSet is wrong. */
export class GeneratorMistake extends Error {
  readonly about: About;
  readonly fieldPath: FieldPath;

  constructor({ text, about }: Told, fieldPath: FieldPath) {
    super(text);
    this.about = about;
    this.fieldPath = fieldPath;
  }
}

/** Thrown where only Argo CD itself can know what a generator gives. */
export class NotGenerated extends Error {}
