import { objectAt } from '../../../model/fields.ts';
import { type FieldPath, isObject, type ManifestObject } from '../../../model/manifest.ts';
import { told } from '../../../model/told.ts';
import { clusterGenerator } from './clusterGenerator.ts';
import { matrixGenerator, mergeGenerator } from './combineGenerators.ts';
import { flatten } from './flatten.ts';
import {
  type Declared,
  type GeneratorContext,
  GeneratorMistake,
  NotGenerated,
  type Parameters,
} from './generatorContext.ts';
import { gitGenerator } from './gitGenerator.ts';
import { interpolate } from './interpolate.ts';
import { listGenerator } from './listGenerator.ts';
import { mergeTemplates } from './mergeTemplates.ts';
import { labelSelector } from './selector.ts';
import { Tried, tooManyOfSet } from './tooMany.ts';

/** Parameters with the template that they are for. */
export interface Generated {
  readonly parameters: readonly Parameters[];
  readonly template: ManifestObject;
}

/** Generators in Argo CD's order. */
const KINDS = [
  'list',
  'clusters',
  'git',
  'scmProvider',
  'clusterDecisionResource',
  'pullRequest',
  'matrix',
  'merge',
  'plugin',
  'oci',
] as const;
type Kind = (typeof KINDS)[number];

/** A generator in a generator in a generator has to be a simple one: Argo CD takes no other there. */
const SIMPLE_AT = 2;
const COMBINING: readonly Kind[] = ['matrix', 'merge'];

/**
 * What one entry of `generators` gives, with its `selector` applied.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/generator_spec_processor.go (Transform)
 * @throws {GeneratorMistake} where the entry is wrong.
 * @throws {NotGenerated} where only Argo CD knows what it gives.
 */
export async function runGenerator(
  declared: Declared<ManifestObject>,
  template: ManifestObject,
  context: GeneratorContext,
): Promise<Generated[]> {
  // Something else fills it in, or nothing: Argo CD makes nothing of it, and finds no fault.
  if (namesOf(declared.value).length === 0) return [];
  const kinds = kindsOf(declared);
  return Promise.all(
    kinds.map(async (kind) => ({
      parameters: await parametersOf(kind, declared, {
        ...context,
        depth: 0,
        tried: new Tried(context.follow.settings),
      }),
      template: mergeTemplates(objectAt(declared.value, [kind, 'template']) ?? {}, template),
    })),
  );
}

type NestedContext = GeneratorContext & { readonly depth: number; readonly tried: Tried };

function kindsOf({ value, fieldPath }: Declared<ManifestObject>): Kind[] {
  const kinds = KINDS.filter((kind) => isObject(value[kind]));
  if (kinds.length > 0) return kinds;
  const names = namesOf(value);
  throw new GeneratorMistake(
    told('no-generator', {
      names,
    })`Argo CD knows no generator${(all) => ` ${all.names.join(', ')}`.trimEnd()}`,
    fieldPath,
  );
}

function namesOf(value: ManifestObject): string[] {
  return Object.keys(value).filter((name) => name !== 'selector');
}

async function parametersOf(
  kind: Kind,
  { value, fieldPath }: Declared<ManifestObject>,
  context: NestedContext,
): Promise<Parameters[]> {
  const own = { value: objectAt(value, [kind]) ?? {}, fieldPath: [...fieldPath, kind] };
  const selector = objectAt(value, ['selector']);
  // What is nested may be combined with nothing, or selected from, afterwards.
  const isWhole = context.depth === 0;
  const all = limited(await generate(kind, own, context), context, {
    fieldPath: own.fieldPath,
    isSelected: isWhole && selector === undefined,
  });
  context.tried.add(all.length, own.fieldPath);
  if (selector === undefined) return all;
  const selects = labelSelector({ value: selector, fieldPath: [...fieldPath, 'selector'] });
  const selected = all.filter((parameters) => selects(flatten({ ...parameters })));
  return limited(selected, context, { fieldPath: own.fieldPath, isSelected: isWhole });
}

/** The parameters, where a set may have so many. */
function limited(
  all: Parameters[],
  { follow }: GeneratorContext,
  place: { readonly fieldPath: FieldPath; readonly isSelected: boolean },
): Parameters[] {
  const excess = tooManyOfSet(all.length, follow.settings, place);
  if (excess !== null) throw excess;
  return all;
}

async function generate(
  kind: Kind,
  own: Declared<ManifestObject>,
  context: NestedContext,
): Promise<Parameters[]> {
  const nested = (generator: Declared<ManifestObject>, outer: Parameters | null) =>
    runNested(generator, outer, context);
  switch (kind) {
    case 'list':
      return listGenerator(own, context);
    case 'git':
      return gitGenerator(own, context);
    case 'clusters':
      return clusterGenerator(own, context);
    case 'matrix':
      return matrixGenerator(own, context, nested);
    case 'merge':
      return mergeGenerator(own, context, nested);
    case 'scmProvider':
    case 'pullRequest':
      throw new NotGenerated(`its ${kind} generator asks a Git server, which Hydrant does not`);
    case 'clusterDecisionResource':
      throw new NotGenerated('its clusterDecisionResource generator reads an object of the cluster');
    case 'plugin':
      throw new NotGenerated('its plugin generator asks a service of yours, which Hydrant does not');
    case 'oci':
      throw new NotGenerated('its oci generator reads an artifact of a registry, which Hydrant does not');
  }
}

async function runNested(
  generator: Declared<ManifestObject>,
  outer: Parameters | null,
  context: NestedContext,
): Promise<Parameters[]> {
  const kinds = kindsOf(generator);
  if (context.depth + 1 >= SIMPLE_AT && kinds.some((kind) => COMBINING.includes(kind))) {
    throw new GeneratorMistake(
      told(
        'too-deep',
      )`generators are nested deeper than Argo CD allows: a matrix or merge inside of another takes no third one`,
      generator.fieldPath,
    );
  }
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new GeneratorMistake(
      told('one-generator', { kinds })`one generator is needed here, not ${(all) => all.kinds.join(' and ')}`,
      generator.fieldPath,
    );
  }
  const value = outer === null ? generator.value : await interpolate(generator, outer, context);
  return parametersOf(kind, { ...generator, value }, { ...context, depth: context.depth + 1 });
}
