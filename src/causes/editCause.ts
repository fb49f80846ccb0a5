import { type Edit, placeInEdits } from '../locate/edits.ts';
import type { Wanted } from '../locate/wanted.ts';
import { listAt, objectAt, objectsAt } from '../model/fields.ts';
import type { Location } from '../model/finding.ts';
import type { FoundObject } from '../model/foundObject.ts';
import {
  type FieldPath,
  type ManifestObject,
  type ManifestValue,
  textAt,
  valueAt,
} from '../model/manifest.ts';
import type { Target } from '../model/target.ts';
import type { ObjectField } from './objectField.ts';

/** A part of an object that has fields of a kustomization. */
interface Edits {
  readonly at: FieldPath;
  readonly fields: ManifestObject;
  /** What kustomize calls otherwise. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/**
 * What the object that declares a target sets of a field: by its own patches, images and the
 * like, or by labels for all resources; or the file of a patch that it names. Null for nothing.
 */
export async function editCause(
  object: FoundObject,
  target: Target,
  wanted: Wanted,
): Promise<ObjectField | Location | null> {
  const common = commonMetadata(object, wanted);
  if (common !== null) return { object, fieldPath: common };
  for (const { at, fields, renamed = {} } of editsOf(
    object.resource.manifest,
    object.resource.kind,
  ).toReversed()) {
    const found = await placeInEdits(fields, target.path, wanted);
    if (found === null) continue;
    if ('path' in found) return found;
    const [first, ...rest] = found.fieldPath;
    const fieldPath = existing(object.resource.manifest, [
      ...at,
      renamed[String(first)] ?? first ?? '',
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

/** As far as the object has it: an image that is one text has no fields. */
function existing(manifest: ManifestObject, path: FieldPath): FieldPath {
  let depth = path.length;
  while (depth > 0 && valueAt(manifest, path.slice(0, depth)) === undefined) depth--;
  return path.slice(0, depth);
}

function editsOf(manifest: ManifestObject, kind: string): Edits[] {
  switch (kind) {
    case 'Application':
      return [
        ['spec', 'source'],
        ...listAt(manifest, ['spec', 'sources']).map((_, index) => ['spec', 'sources', index]),
      ]
        .map((source) => [...source, 'kustomize'])
        .flatMap((at) => {
          const fields = objectAt(manifest, at);
          return fields === undefined ? [] : [{ at, fields: withImages(fields) }];
        });
    case 'Kustomization': {
      const { targetNamespace, ...fields } = objectAt(manifest, ['spec']) ?? {};
      const namespace = targetNamespace === undefined ? {} : { namespace: targetNamespace };
      return [
        { at: ['spec'], fields: { ...fields, ...namespace }, renamed: { namespace: 'targetNamespace' } },
      ];
    }
    case 'HelmRelease':
      return objectsAt(manifest, ['spec', 'postRenderers']).flatMap((renderer, index) => {
        const fields = objectAt(renderer, ['kustomize']);
        return fields === undefined ? [] : [{ at: ['spec', 'postRenderers', index, 'kustomize'], fields }];
      });
    default:
      return [];
  }
}

/** Argo CD's images are texts: `name=newName:tag`, `name@digest`. */
function withImages(fields: ManifestObject): ManifestObject {
  if (fields['images'] === undefined) return fields;
  const images = listAt(fields, ['images']).map((image): ManifestValue => {
    const text = typeof image === 'string' ? image : '';
    const renamed = text.slice(text.indexOf('=') + 1);
    const [newName = ''] = renamed.split(/@|:(?=[^/]*$)/);
    return { name: newName };
  });
  return { ...fields, images };
}

function commonMetadata(
  { resource: { manifest } }: FoundObject,
  { fieldPath, resource }: Wanted,
): FieldPath | null {
  const [metadata, field, key] = fieldPath;
  if (fieldPath.length !== 3 || metadata !== 'metadata' || (field !== 'labels' && field !== 'annotations'))
    return null;
  const path = ['spec', 'commonMetadata', field, key ?? ''];
  const value = textAt(manifest, path);
  return value !== undefined && value === textAt(resource.manifest, fieldPath) ? path : null;
}
