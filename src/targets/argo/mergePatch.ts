import { isObject, type ManifestObject, type ManifestValue } from '../../model/manifest.ts';

/** A JSON merge patch (RFC 7396) applied to an object. */
export function mergePatch(target: ManifestObject, patch: ManifestObject): ManifestObject {
  const result = new Map<string, ManifestValue>(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else if (isObject(value)) {
      const before = result.get(name);
      result.set(name, mergePatch(isObject(before) ? before : {}, value));
    } else result.set(name, value);
  }
  return Object.fromEntries(result);
}
