import { textMapAt } from '../../../model/fields.ts';
import type { ManifestObject } from '../../../model/manifest.ts';
import type { Declared, GeneratorContext, Parameters } from './generatorContext.ts';
import { renderOrThrow } from './templates.ts';
import { textMap } from './textMap.ts';

/**
 * Parameters with a generator's `values`, which are templates for the same parameters:
 * `values.name` in both kinds of templates.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/value_interpolation.go
 */
export async function withValues(
  { value, fieldPath }: Declared<ManifestObject>,
  all: readonly Parameters[],
  context: GeneratorContext,
): Promise<Parameters[]> {
  const values = Object.entries(textMapAt(value, ['values']));
  if (values.length === 0) return [...all];
  const template = values.map(([, text]) => text);
  const rendered = await renderOrThrow(
    all.map((parameters) => ({ template, parameters })),
    context,
    [...fieldPath, 'values'],
  );
  return all.map((parameters, index) => {
    const texts = rendered[index];
    const own = values.map(([name], at) => [name, Array.isArray(texts) ? (texts[at] ?? '') : ''] as const);
    return { ...parameters, ...valueParameters(Object.fromEntries(own), context) };
  });
}

/** Values as parameters: nested for Go templates, with dots in their names for simple ones. */
export function valueParameters(
  values: ManifestObject,
  { goTemplate }: Pick<GeneratorContext, 'goTemplate'>,
): Parameters {
  if (goTemplate) return { values: textMap(values) };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`values.${name}`, value]));
}
