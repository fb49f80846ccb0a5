import { objectsAt } from '../model/fields.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { textAt, valueAt } from '../model/manifest.ts';
import { configMapOf } from './configMapOf.ts';
import type { ObjectField } from './objectField.ts';

/** `${name}` and its forms with defaults and the like. */
const VARIABLE = /\$\{\s*([A-Za-z_]\w*)/g;

/**
 * Where the variable of a Flux Kustomization's `postBuild` is set that a source text is
 * filled with; null where the text has no variable or several, and where nothing sets it.
 */
export function variableCause(
  kustomization: FoundObject,
  text: string,
  objects: readonly FoundObject[],
): ObjectField | null {
  const names = new Set([...text.matchAll(VARIABLE)].map(([, name]) => name ?? ''));
  const [name] = names;
  if (name === undefined || names.size > 1) return null;
  const { manifest } = kustomization.resource;
  const fieldPath = ['spec', 'postBuild', 'substitute', name];
  if (valueAt(manifest, fieldPath) !== undefined) return { object: kustomization, fieldPath };
  for (const entry of objectsAt(manifest, ['spec', 'postBuild', 'substituteFrom']).toReversed()) {
    if (textAt(entry, ['kind']) === 'Secret') return null;
    const object = configMapOf(kustomization, entry, objects);
    if (textAt(object?.resource.manifest, ['data', name]) !== undefined && object !== undefined)
      return { object, fieldPath: ['data', name] };
  }
  return null;
}
