import { isObject, type ManifestValue } from '../../../model/manifest.ts';
import type { Parameters } from './generatorContext.ts';

/**
 * Parameters of one generator laid over another's: nested mappings are merged, all else is
 * replaced (mergo's `WithOverride`). Null replaces too.
 */
export function mergeParameters(base: Parameters, over: Parameters): Parameters {
  const result: [string, ManifestValue][] = Object.entries(base).filter(
    ([name]) => !Object.hasOwn(over, name),
  );
  for (const [name, value] of Object.entries(over)) {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    result.push([name, isObject(value) && isObject(before) ? { ...mergeParameters(before, value) } : value]);
  }
  return Object.fromEntries(result);
}
