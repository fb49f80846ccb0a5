import { filledText } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import type { ResourceId } from '../../model/resource.ts';
import { namespaceOf, type Wanted } from './knownObjects.ts';

/** The object that an entry of `dependsOn` names: one of the same kind, in the same namespace by default. */
export function dependencyWanted(resource: ResourceId, item: ManifestObject): Wanted {
  return {
    group: resource.group,
    kind: resource.kind,
    namespace: filledText(item, Kind.Dependency('namespace')) ?? namespaceOf(resource),
    name: textAt(item, Kind.Dependency('name')) ?? '',
  };
}
