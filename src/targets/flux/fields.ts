import { listAt } from '../../model/fields.ts';
import {
  type FieldPath,
  isObject,
  type ManifestObject,
  type ManifestValue,
  textAt,
} from '../../model/manifest.ts';

/** The text of a field that counts as left out where it is empty, as Go's `omitempty` has it. */
export function filledText(value: ManifestValue | undefined, path: FieldPath): string | undefined {
  const text = textAt(value, path);
  return text === '' ? undefined : text;
}

/** The mappings of a list, each with its index in it. */
export function entriesAt(
  value: ManifestValue | undefined,
  path: FieldPath,
): { readonly index: number; readonly item: ManifestObject }[] {
  return listAt(value, path).flatMap((item, index) => (isObject(item) ? [{ index, item }] : []));
}

/** A mapping with only some of its fields, in the order of the names. */
export function pick(value: ManifestObject, names: readonly string[]): ManifestObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = Object.hasOwn(value, name) ? value[name] : undefined;
      return found === undefined ? [] : [[name, found]];
    }),
  );
}
