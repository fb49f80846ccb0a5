import type { FoundObject } from '../model/foundObject.ts';
import { type ManifestObject, textAt } from '../model/manifest.ts';

/** Where Flux's objects are that say nothing of a namespace: in Flux's own. */
const DEFAULT_NAMESPACE = 'flux-system';

/** The ConfigMap that an entry of `substituteFrom` or `valuesFrom` names, in the namespace and cluster of the one that names it. */
export function configMapOf(
  from: FoundObject,
  entry: ManifestObject,
  objects: readonly FoundObject[],
): FoundObject | undefined {
  if (textAt(entry, ['kind']) !== 'ConfigMap') return undefined;
  const namespace = from.resource.namespace ?? DEFAULT_NAMESPACE;
  const found = objects.filter(
    ({ resource }) =>
      resource.kind === 'ConfigMap' &&
      resource.group === '' &&
      resource.name === textAt(entry, ['name']) &&
      (resource.namespace ?? DEFAULT_NAMESPACE) === namespace,
  );
  return found.find(({ cluster }) => cluster === from.cluster) ?? (found.length === 1 ? found[0] : undefined);
}
