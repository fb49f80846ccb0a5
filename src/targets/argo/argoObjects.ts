import { objectAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import { objectTargetId } from '../operator.ts';

/** The kinds of Argo CD that say what is applied. */
export type ArgoKind = 'Application' | 'ApplicationSet' | 'AppProject';

/** Where Argo CD is installed unless someone says otherwise. */
const DEFAULT_NAMESPACE = 'argocd';

/** The objects of one of Argo CD's kinds. */
export function argoObjects(objects: readonly FoundObject[], kind: ArgoKind): FoundObject[] {
  return objects.filter(({ resource }) => resource.group === 'argoproj.io' && resource.kind === kind);
}

/** An object's `spec`; empty where it has none. */
export function specOf({ resource }: FoundObject): ManifestObject {
  return objectAt(resource.manifest, Kind.Application('spec')) ?? {};
}

/** The namespace that an object of Argo CD is in. */
export function namespaceOf({ resource }: FoundObject): string {
  return resource.namespace ?? DEFAULT_NAMESPACE;
}

/** The id of the target that an Application declares. */
export function applicationId(application: FoundObject): string {
  return objectTargetId(application, namespaceOf(application));
}

/**
 * The namespace that Argo CD itself is in. Projects are there and nowhere else; without
 * any, it is the usual one, or that of an only namespace of Applications.
 */
export function controlPlaneNamespace(objects: readonly FoundObject[]): string {
  const [project] = argoObjects(objects, 'AppProject');
  if (project !== undefined) return namespaceOf(project);
  const all = new Set(argoObjects(objects, 'Application').map(namespaceOf));
  const [only] = all;
  return all.size === 1 && only !== undefined ? only : DEFAULT_NAMESPACE;
}
