import { isObject, type ManifestValue } from '../model/manifest.ts';
import { Redacted } from '../model/redacted.ts';
import type { Resource } from '../model/resource.ts';
import type { ImageChange } from '../model/review.ts';
import { pairResources } from './resources.ts';

/** Fields of a pod's spec, wherever a kind keeps it, whose items have a name and an image. */
const CONTAINER_FIELDS = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** Images that a target's containers would run after the merge in place of others. */
export function compareImages(
  target: string,
  base: readonly Resource[],
  head: readonly Resource[],
): ImageChange[] {
  return pairResources(base, head).flatMap((pair) => {
    const before = imagesOf(pair.base?.manifest ?? null);
    const after = imagesOf(pair.head?.manifest ?? null);
    const { group, version, kind, namespace, name } = pair.head ?? pair.base;
    return [...new Set([...before.keys(), ...after.keys()])]
      .map((container) => ({
        container,
        from: before.get(container) ?? null,
        to: after.get(container) ?? null,
      }))
      .filter(({ from, to }) => from !== to)
      .map((change) => ({ target, resource: { group, version, kind, namespace, name }, ...change }));
  });
}

function imagesOf(value: ManifestValue, images = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    for (const item of value) imagesOf(item, images);
  } else if (isObject(value)) {
    for (const [field, item] of Object.entries(value)) {
      if (CONTAINER_FIELDS.has(field)) collect(item, images);
      imagesOf(item, images);
    }
  }
  return images;
}

function collect(containers: ManifestValue, images: Map<string, string>): void {
  if (!Array.isArray(containers)) return;
  for (const container of containers) {
    if (!isObject(container)) continue;
    const { name, image } = container;
    if (isText(name) && isText(image)) images.set(String(name), String(image));
  }
}

/** A part of it may be a Secret's value. */
function isText(value: ManifestValue | undefined): value is string | Redacted {
  return typeof value === 'string' || value instanceof Redacted;
}
