import { type FieldPath, isObject, type ManifestValue } from '../../../model/manifest.ts';
import { told } from '../../../model/told.ts';
import { GeneratorMistake, type Parameters } from './generatorContext.ts';
import { isTextMap, textMap } from './textMap.ts';

/**
 * Parameters of one generator laid over another's: nested mappings are merged, all else is
 * replaced (mergo's `WithOverride`). Null replaces too.
 * @param fieldPath the generator that merges.
 * @throws {GeneratorMistake} where mergo panics, because it puts a value of any kind into a
 *   mapping of texts: https://github.com/argoproj/argo-cd/issues/16417
 */
export function mergeParameters(base: Parameters, over: Parameters, fieldPath: FieldPath): Parameters {
  return merged(base, over, { fieldPath, below: [] });
}

interface Place {
  readonly fieldPath: FieldPath;
  /** The names of the mappings that these parameters are in. */
  readonly below: readonly string[];
}

function merged(base: Parameters, over: Parameters, place: Place): Parameters {
  if (isTextMap(base) && !isTextMap(over) && Object.keys(over).length > 0) throw panics(place);
  const result: [string, ManifestValue][] = Object.entries(base).filter(
    ([name]) => !Object.hasOwn(over, name),
  );
  for (const [name, value] of Object.entries(over)) {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    const inside = { ...place, below: [...place.below, name] };
    result.push([name, isObject(value) && isObject(before) ? merged(before, value, inside) : value]);
  }
  const all = Object.fromEntries(result);
  return isTextMap(base) ? textMap(all) : all;
}

function panics({ fieldPath, below }: Place): GeneratorMistake {
  const facts = { name: below.join('.') };
  return new GeneratorMistake(
    told(
      'text-map',
      facts,
    )`${'name'} of one generator holds texts only, and the mapping that another gives for it cannot be merged into it: Argo CD fails there`,
    fieldPath,
  );
}
