import type { FieldPath } from '../../../model/manifest.ts';
import type { Settings } from '../../../model/settings.ts';
import { told } from '../../../model/told.ts';
import { GeneratorMistake } from './generatorContext.ts';

/** Thrown where a set makes more Applications than are followed: a finding, and none of them is validated. */
export class TooMany extends GeneratorMistake {}

/** How many times as many parameters a generator may give before its selector takes some out. */
const UNSELECTED = 10;

/** What is said of more parameters than a set may make Applications of; null of fewer. */
export function tooManyOfSet(
  number: number,
  { limits }: Settings,
  { fieldPath, isSelected }: { readonly fieldPath: FieldPath; readonly isSelected: boolean },
): TooMany | null {
  const limit = limits.perSet;
  if (number <= (isSelected ? limit : limit * UNSELECTED)) return null;
  return new TooMany(
    told('too-many-of-set', {
      limit,
    })`it makes more than ${'limit'} Applications, so that none of them is followed; if they are meant, raise limits.perSet in .hydrant.yaml`,
    fieldPath,
  );
}

/** How many times as many parameters generators may give altogether, for a matrix gives those of one again and again. */
const TRIED = 100;

/**
 * Counts what the generators of one entry of a set give, whether or not a selector takes it.
 * @throws {TooMany} where it is more than is tried.
 */
export class Tried {
  readonly #limit: number;
  #number = 0;

  constructor({ limits }: Settings) {
    this.#limit = limits.perSet * TRIED;
  }

  add(number: number, fieldPath: FieldPath): void {
    // To try one that gives nothing takes time as well.
    this.#number += Math.max(number, 1);
    const limit = this.#limit;
    if (this.#number <= limit) return;
    throw new TooMany(
      told('too-many-tried', {
        limit,
      })`its generators give more than ${'limit'} sets of parameters to select from, so that none of its Applications is followed; if they are meant, raise limits.perSet in .hydrant.yaml`,
      fieldPath,
    );
  }
}

/** What is said of the set with which all sets of a commit make more than is followed, and of each after it. */
export function tooManyTogether(
  { limits: { applications: limit } }: Settings,
  fieldPath: FieldPath,
): TooMany {
  return new TooMany(
    told('too-many-together', {
      limit,
    })`with it the ApplicationSets make more than ${'limit'} Applications together, so that none of its are followed; if they are meant, raise limits.applications in .hydrant.yaml`,
    fieldPath,
  );
}
