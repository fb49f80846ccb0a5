import { type FieldPath, isObject, type ManifestValue } from '../model/manifest.ts';
import { sameValue } from '../model/sameValue.ts';

/** The innermost fields in which two values differ; lists of different lengths differ as a whole. */
export function changedFields(
  base: ManifestValue | undefined,
  head: ManifestValue | undefined,
  path: FieldPath = [],
): FieldPath[] {
  if (sameValue(base, head)) return [];
  if (Array.isArray(base) && Array.isArray(head) && base.length === head.length)
    return head.flatMap((item, index) => changedFields(base[index], item, [...path, index]));
  if (!isObject(base) || !isObject(head)) return [path];
  const names = new Set([...Object.keys(base), ...Object.keys(head)]);
  return [...names].flatMap((name) => changedFields(base[name], head[name], [...path, name]));
}
