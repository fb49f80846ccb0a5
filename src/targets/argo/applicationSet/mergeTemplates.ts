import { isObject, type ManifestObject, type ManifestValue, valueAt } from '../../../model/manifest.ts';

/**
 * A generator's own `template` with what it leaves out taken from the ApplicationSet's:
 * mappings are merged, and a list, a text or a `valuesObject` of its own stands as a whole.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/generator_spec_processor.go (mergeGeneratorTemplate)
 */
export function mergeTemplates(own: ManifestObject, base: ManifestObject): ManifestObject {
  const names = [...new Set([...Object.keys(base), ...Object.keys(own)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = merged(name, valueAt(own, [name]), valueAt(base, [name]));
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function merged(
  name: string,
  own: ManifestValue | undefined,
  base: ManifestValue | undefined,
): ManifestValue | undefined {
  if (own === undefined || isEmpty(own)) return base ?? own;
  return isObject(own) && isObject(base) && name !== 'valuesObject' ? mergeTemplates(own, base) : own;
}

/** What Go takes for unset. */
function isEmpty(value: ManifestValue): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
