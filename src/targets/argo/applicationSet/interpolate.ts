import { objectAt, textMapAt } from '../../../model/fields.ts';
import { isObject, type ManifestObject } from '../../../model/manifest.ts';
import {
  type Declared,
  type GeneratorContext,
  GeneratorMistake,
  type Parameters,
} from './generatorContext.ts';
import { ofTemplate } from './templateMistake.ts';
import { renderAll, renderOrThrow } from './templates.ts';

/** Generators whose `values` are templates for their own parameters as well. */
const WITH_VALUES = [
  'clusters',
  'git',
  'scmProvider',
  'clusterDecisionResource',
  'pullRequest',
  'plugin',
  'oci',
];

/**
 * A generator inside a matrix with the first one's parameters filled in. Of `values`, what
 * the first one does not know stays for the generator's own parameters.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/utils/utils.go (RenderGeneratorParams)
 */
export async function interpolate(
  { value, fieldPath }: Declared<ManifestObject>,
  parameters: Parameters,
  context: GeneratorContext,
): Promise<ManifestObject> {
  const hasTemplates = JSON.stringify(value).includes('{{');
  if (!hasTemplates || Object.keys(parameters).length === 0) return value;
  const kinds = WITH_VALUES.filter((kind) => Object.keys(textMapAt(value, [kind, 'values'])).length > 0);
  const [rendered] = await renderOrThrow(
    [{ template: withoutValues(value, kinds), parameters }],
    context,
    fieldPath,
  );
  const generator = isObject(rendered) ? rendered : {};
  const entries = await Promise.all(
    kinds.map(async (kind) => {
      const values = await filledValues(
        { value: textMapAt(value, [kind, 'values']), fieldPath },
        parameters,
        context,
      );
      return [kind, { ...objectAt(generator, [kind]), values }] as const;
    }),
  );
  return { ...generator, ...Object.fromEntries(entries) };
}

function withoutValues(generator: ManifestObject, kinds: readonly string[]): ManifestObject {
  const entries = Object.entries(generator).map(([kind, own]) => {
    if (!kinds.includes(kind) || !isObject(own)) return [kind, own] as const;
    return [kind, Object.fromEntries(Object.entries(own).filter(([field]) => field !== 'values'))] as const;
  });
  return Object.fromEntries(entries);
}

async function filledValues(
  { value, fieldPath }: Declared<Readonly<Record<string, string>>>,
  parameters: Parameters,
  context: GeneratorContext,
): Promise<ManifestObject> {
  const strict = context.options.filter((option) => !option.startsWith('missingkey='));
  const options = context.goTemplate ? [...strict, 'missingkey=error'] : undefined;
  const entries = Object.entries(value);
  const results = await renderAll(
    entries.map(([, template]) => ({ template, parameters, options })),
    context,
  );
  const filled = entries.map(([name, text], index) => {
    const result = results[index];
    if (result !== undefined && 'result' in result) return [name, String(result.result)] as const;
    const error = result?.error ?? '';
    if (!/map has no entry for key|can't evaluate field/.test(error)) {
      throw new GeneratorMistake(ofTemplate(error), fieldPath);
    }
    return [name, text] as const;
  });
  return Object.fromEntries(filled);
}
