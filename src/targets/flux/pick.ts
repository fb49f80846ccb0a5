import type { ManifestObject } from '../../model/manifest.ts';

/** A mapping with only some of its fields, in the order of the names. */
export function pick(value: ManifestObject, names: readonly string[]): ManifestObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = Object.hasOwn(value, name) ? value[name] : undefined;
      return found === undefined ? [] : [[name, found]];
    }),
  );
}
