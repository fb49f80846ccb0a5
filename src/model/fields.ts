import {
  type FieldPath,
  isObject,
  type ManifestObject,
  type ManifestValue,
  textAt,
  valueAt,
} from './manifest.ts';

// Reading what a pull request wrote: a field of another type than the reader wants is no
// field. The schema check is what tells its author.

/** The mapping at a path. */
export function objectAt(value: ManifestValue | undefined, path: FieldPath): ManifestObject | undefined {
  const found = valueAt(value, path);
  return isObject(found) ? found : undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(value: ManifestValue | undefined, path: FieldPath): readonly ManifestValue[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** The mappings of the list at a path. */
export function objectsAt(value: ManifestValue | undefined, path: FieldPath): ManifestObject[] {
  return listAt(value, path).filter(isObject);
}

/** The texts of the list at a path. */
export function textsAt(value: ManifestValue | undefined, path: FieldPath): string[] {
  return listAt(value, path).filter((item) => typeof item === 'string');
}

/** The texts of the mapping at a path, by name. */
export function textMapAt(value: ManifestValue | undefined, path: FieldPath): Record<string, string> {
  const entries = Object.entries(objectAt(value, path) ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, item]) => (typeof item === 'string' ? [[name, item]] : [])),
  );
}

/** True where the path holds `true`. */
export function flagAt(value: ManifestValue | undefined, path: FieldPath): boolean {
  return valueAt(value, path) === true;
}

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
