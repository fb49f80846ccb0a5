import type { Violation } from '../../../model/finding.ts';
import { type FieldPath, type ManifestObject, valueAt } from '../../../model/manifest.ts';

/** Rules whose path is the value that lacks something, not the missing field. */
const LACKS = new Set(['schema/required', 'schema/missing-name']);

/**
 * True for a path of which the schema has told already: the same value or one around it is
 * wrong, or what holds it is missing.
 */
export function isTold(at: FieldPath, manifest: ManifestObject, told: readonly Violation[]): boolean {
  return told.some(({ rule, fieldPath }) => {
    const path = fieldPath ?? [];
    if (!path.every((step, index) => at[index] === step)) return false;
    if (!LACKS.has(rule)) return path.length > 0;
    const below = at.slice(0, path.length + 1);
    return below.length > path.length && (valueAt(manifest, below) ?? null) === null;
  });
}
