import { type Edit, placeInEdits } from '../locate/edits.ts';
import type { Wanted } from '../locate/wanted.ts';
import type { Location } from '../model/finding.ts';
import type { ObjectField } from '../model/foundObject.ts';
import { type FieldPath, type ManifestObject, nearestPath, textAt } from '../model/manifest.ts';
import type { CommonMetadata, OperatorRecord } from '../model/operatorRecord.ts';
import type { Target } from '../model/target.ts';

/**
 * What the object that declares a target sets of a field: by its own patches, images and the
 * like, or by labels for all resources; or the file of a patch that it names. Null for nothing.
 */
export async function editCause(
  { object, metadata, edits }: OperatorRecord,
  target: Target,
  wanted: Wanted,
): Promise<ObjectField | Location | null> {
  const common = metadata === null ? null : fieldIn(metadata, wanted);
  if (common !== null) return { object, fieldPath: common };
  for (const { fieldPath: at, fields, renamed = {} } of edits.toReversed()) {
    const found = await placeInEdits(fields, target.path, wanted);
    if (found === null) continue;
    if ('path' in found) return found;
    const [first = '', ...rest] = found.fieldPath;
    // An image that is one text has no fields.
    const fieldPath = nearestPath(object.resource.manifest, [
      ...at,
      renamed[String(first)] ?? first,
      ...rest,
    ]);
    return { object, fieldPath, inner: innerOf(fields, found) };
  }
  return null;
}

function innerOf(fields: ManifestObject, { fieldPath, line }: Edit): ObjectField['inner'] {
  const text = textAt(fields, fieldPath);
  return text === undefined || line === null ? undefined : { text, line };
}

function fieldIn(metadata: CommonMetadata, { fieldPath, resource }: Wanted): FieldPath | null {
  const [first, field, key] = fieldPath;
  if (fieldPath.length !== 3 || first !== 'metadata' || (field !== 'labels' && field !== 'annotations'))
    return null;
  const value = textAt(metadata[field], [key ?? '']);
  const isThis = value !== undefined && value === textAt(resource.manifest, fieldPath);
  return isThis ? [...metadata.fieldPath, field, key ?? ''] : null;
}
