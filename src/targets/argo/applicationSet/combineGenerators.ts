import { objectsAt, textsAt } from '../../../model/fields.ts';
import type { ManifestObject } from '../../../model/manifest.ts';
import { told } from '../../../model/told.ts';
import { goText } from './flatten.ts';
import {
  type Declared,
  type GeneratorContext,
  GeneratorMistake,
  type Parameters,
} from './generatorContext.ts';
import { mergeParameters } from './mergeParameters.ts';
import { tooManyOfSet } from './tooMany.ts';

/** Gives the parameters of a generator inside another; `outer` are the parameters for its own templates. */
export type RunNested = (
  generator: Declared<ManifestObject>,
  outer: Parameters | null,
) => Promise<Parameters[]>;

/**
 * Each set of the first generator with each of the second, whose fields are templates for
 * the first's.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/matrix.go
 */
export async function matrixGenerator(
  declared: Declared<ManifestObject>,
  context: GeneratorContext,
  run: RunNested,
): Promise<Parameters[]> {
  const [first, second, ...more] = nestedOf(declared);
  if (first === undefined || second === undefined || more.length > 0) {
    throw new GeneratorMistake(told('matrix-of-two')`a matrix generator needs two generators`, [
      ...declared.fieldPath,
      'generators',
    ]);
  }
  const all: Parameters[] = [];
  // One after the other: what comes after the limit is not even filled in.
  for (const parameters of await run(first, null)) {
    const inner = await run(second, parameters);
    // A selector may still take some out.
    const place = { fieldPath: declared.fieldPath, isSelected: false };
    const excess = tooManyOfSet(all.length + inner.length, context.follow.settings, place);
    if (excess !== null) throw excess;
    for (const one of inner) {
      all.push(
        context.goTemplate
          ? mergeParameters(one, parameters, declared.fieldPath)
          : combineTexts(parameters, one, declared.fieldPath),
      );
    }
  }
  return all;
}

/**
 * The sets of the first generator, with those of the others of equal merge keys laid over.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/merge.go
 */
export async function mergeGenerator(
  declared: Declared<ManifestObject>,
  { goTemplate }: GeneratorContext,
  run: RunNested,
): Promise<Parameters[]> {
  const { value, fieldPath } = declared;
  const keys = [...new Set(textsAt(value, ['mergeKeys']))];
  if (keys.length === 0)
    throw new GeneratorMistake(told('no-merge-keys')`a merge generator needs mergeKeys`, [
      ...fieldPath,
      'mergeKeys',
    ]);
  const nested = nestedOf(declared);
  if (nested.length < 2) {
    throw new GeneratorMistake(told('merge-of-two')`a merge generator needs two generators or more`, [
      ...fieldPath,
      'generators',
    ]);
  }
  const sets = await Promise.all(
    nested.map(async (generator) => byKeys(await run(generator, null), keys, generator.fieldPath)),
  );
  const [base = new Map<string, Parameters>(), ...others] = sets;
  return [...base].map(([key, parameters]) => {
    const overs = others.map((other) => other.get(key)).filter((over) => over !== undefined);
    if (!goTemplate) return Object.assign({}, parameters, ...overs);
    return overs.reduce((before, over) => mergeParameters(before, over, fieldPath), parameters);
  });
}

function nestedOf({ value, fieldPath }: Declared<ManifestObject>): Declared<ManifestObject>[] {
  return objectsAt(value, ['generators']).map((generator, index) => ({
    value: generator,
    fieldPath: [...fieldPath, 'generators', index],
  }));
}

/** Simple templates have texts; what both generators give must be equal. */
function combineTexts(
  first: Parameters,
  second: Parameters,
  fieldPath: Declared<unknown>['fieldPath'],
): Parameters {
  const result = new Map<string, string>();
  for (const [name, value] of [...Object.entries(first), ...Object.entries(second)]) {
    const text = goText(value);
    const before = result.get(name) ?? text;
    if (before !== text) {
      const facts = { name, first: before, second: text };
      throw new GeneratorMistake(
        told('unequal', facts)`both generators give ${'name'}, once ${'first'} and once ${'second'}`,
        fieldPath,
      );
    }
    result.set(name, text);
  }
  return Object.fromEntries(result);
}

function byKeys(
  all: readonly Parameters[],
  keys: readonly string[],
  fieldPath: Declared<unknown>['fieldPath'],
): Map<string, Parameters> {
  const result = new Map<string, Parameters>();
  for (const parameters of all) {
    const key = JSON.stringify(keys.map((name) => parameters[name] ?? null));
    if (result.has(key)) {
      const named = keys.map((name) => `${name} ${JSON.stringify(parameters[name] ?? null)}`);
      throw new GeneratorMistake(
        told('keys-twice', {
          keys: named,
        })`the generator gives ${'keys'} more than once, and the merge needs them once`,
        fieldPath,
      );
    }
    result.set(key, parameters);
  }
  return result;
}
