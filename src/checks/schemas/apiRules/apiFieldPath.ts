import { type FieldPath, isObject, type ManifestValue } from '../../../model/manifest.ts';

/**
 * The API server's name of a field, `spec.containers[0].env[1].name` or `data[some.key]`, as
 * a path. What stands in brackets is an index where the manifest has a list, else a key.
 */
export function apiFieldPath(field: string, manifest: ManifestValue): FieldPath {
  const path: (string | number)[] = [];
  let value: ManifestValue | undefined = manifest;
  for (const [, name, inside] of field.matchAll(/(?:^|\.)([^.[\]]+)|\[([^\]]*)\]/g)) {
    const step: string | number = name ?? indexOrKey(inside ?? '', value);
    path.push(step);
    value = childOf(value, step);
  }
  return path;
}

/** As much of a path as the manifest has. */
export function existingPart(path: FieldPath, manifest: ManifestValue): FieldPath {
  let value: ManifestValue | undefined = manifest;
  const end = path.findIndex((step) => {
    value = childOf(value, step);
    return value === undefined;
  });
  return end === -1 ? path : path.slice(0, end);
}

function indexOrKey(text: string, value: ManifestValue | undefined): string | number {
  const known = value !== undefined && !Array.isArray(value);
  return /^\d+$/.test(text) && !known ? Number(text) : text;
}

function childOf(value: ManifestValue | undefined, step: string | number): ManifestValue | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
