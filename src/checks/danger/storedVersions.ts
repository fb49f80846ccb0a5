import { flagAt, objectsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import { type ChangedPair, type Danger, dangerOf } from './danger.ts';

const VERSIONS = Kind.CustomResourceDefinition('spec', 'versions');

/**
 * A CustomResourceDefinition that drops the version in which the cluster stores its objects.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version
 */
export function removedStoredVersions(pair: ChangedPair): Danger[] {
  const { base, head } = pair;
  if (head.group !== 'apiextensions.k8s.io' || head.kind !== 'CustomResourceDefinition') return [];
  const left = new Set(objectsAt(head.manifest, VERSIONS).map((version) => textAt(version, ['name'])));
  return objectsAt(base.manifest, VERSIONS)
    .filter((version) => flagAt(version, ['storage']) && !left.has(textAt(version, ['name'])))
    .map((version) => {
      const about = { version: textAt(version, ['name']) ?? '', definition: head.name };
      const message = isRemoved(about);
      return dangerOf(pair, { rule: 'stored-version-removed', message, about, fieldPath: VERSIONS });
    });
}

function isRemoved(about: { readonly version: string; readonly definition: string }): string {
  return `version ${about.version} is removed, in which the cluster stores the objects of ${about.definition}: the API server refuses the change while \`status.storedVersions\` lists it; store them in another version first`;
}
