import { isDeepStrictEqual } from 'node:util';
import { listAt, objectsAt } from '../model/fields.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { type FieldPath, type ManifestObject, textAt, valueAt } from '../model/manifest.ts';
import type { ValuesLayer } from '../model/renderSource.ts';
import { configMapOf } from './configMapOf.ts';
import type { ObjectField } from './objectField.ts';
import type { FoundValue } from './valueTracer.ts';

/** The field of an operator's object that gives a value of a chart; null where nobody can tell which. */
export function layerCause(
  object: FoundObject,
  layer: ValuesLayer,
  { probe, source: { text } }: FoundValue,
  objects: readonly FoundObject[],
): ObjectField | null {
  const inner = { text, line: text.slice(0, probe.offset).split('\n').length - 1 };
  const { manifest, kind } = object.resource;
  if (kind === 'HelmRelease') {
    if ('inline' in layer) return { object, fieldPath: ['spec', 'values', ...probe.steps] };
    return valuesFrom(object, layer, objects, inner);
  }
  const found = helmBlocks(manifest).flatMap((helm): ObjectField[] => {
    if ('text' in layer)
      return textAt(manifest, [...helm, 'values']) === layer.text
        ? [{ object, fieldPath: [...helm, 'values'], inner }]
        : [];
    const fieldPath = fieldIn(manifest, helm, layer);
    return fieldPath === null
      ? []
      : [{ object, fieldPath: 'inline' in layer ? [...fieldPath, ...probe.steps] : fieldPath }];
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The `helm` of an Application's sources. */
function helmBlocks(manifest: ManifestObject): FieldPath[] {
  const sources = listAt(manifest, ['spec', 'sources']).map((_, index) => ['spec', 'sources', index]);
  return [['spec', 'source'], ...sources].map((source) => [...source, 'helm']);
}

function fieldIn(manifest: ManifestObject, helm: FieldPath, layer: ValuesLayer): FieldPath | null {
  if ('inline' in layer) {
    const path = [...helm, 'valuesObject'];
    return isDeepStrictEqual(valueAt(manifest, path), layer.inline) ? path : null;
  }
  if (!('set' in layer)) return null;
  const name = layer.set.slice(0, layer.set.indexOf('='));
  const index = objectsAt(manifest, [...helm, 'parameters']).findLastIndex(
    (one) => textAt(one, ['name']) === name,
  );
  return index < 0 ? null : [...helm, 'parameters', index, 'value'];
}

function valuesFrom(
  object: FoundObject,
  layer: ValuesLayer,
  objects: readonly FoundObject[],
  inner: NonNullable<ObjectField['inner']>,
): ObjectField | null {
  const place =
    'set' in layer ? layer.set.slice(0, layer.set.indexOf('=')) : 'at' in layer ? layer.at.path : undefined;
  for (const entry of objectsAt(object.resource.manifest, ['spec', 'valuesFrom']).toReversed()) {
    if ((textAt(entry, ['targetPath']) || undefined) !== place) continue;
    const key = textAt(entry, ['valuesKey']) || 'values.yaml';
    const config = configMapOf(object, entry, objects);
    const text = textAt(config?.resource.manifest, ['data', key]);
    if (config === undefined || text === undefined) continue;
    if (place !== undefined) return { object: config, fieldPath: ['data', key] };
    if ('text' in layer && text === layer.text) return { object: config, fieldPath: ['data', key], inner };
  }
  return null;
}
