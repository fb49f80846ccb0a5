import { isObject, type ManifestObject, type ManifestValue } from '../../../model/manifest.ts';

/** Remembers them by identity: as JSON they look as any other mapping. */
const textMaps = new WeakSet<object>();

/** A mapping that Argo CD holds as one of texts only (`map[string]string`), as `values` and a cluster's labels. */
export function textMap(texts: ManifestObject): ManifestObject {
  const map = { ...texts };
  textMaps.add(map);
  return map;
}

/** True for what {@link textMap} has made. */
export function isTextMap(value: ManifestValue | undefined): boolean {
  return isObject(value) && textMaps.has(value);
}
