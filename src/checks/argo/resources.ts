import { goPathMatcher } from '../../dialects/glob.ts';
import { objectsAt } from '../../model/fields.ts';
import type { Violation } from '../../model/finding.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import { nameOnly, type Resource } from '../../model/resource.ts';
import type { Settings } from '../../model/settings.ts';
import { clusterOf, destinationsOf, mayBePermitted } from './destinations.ts';
import { refused } from './refused.ts';

interface Context {
  readonly settings: Pick<Settings, 'clusters'>;
  readonly isClusterScoped: (group: string, kind: string) => boolean;
}

/**
 * The resources of an Application that its project does not permit, by their kind or by the
 * namespace they go to. The finding is the Application's: its project is what to change.
 * @see https://github.com/argoproj/argo-cd/blob/master/controller/sync.go (validateSyncPermissions)
 */
export function resourceViolations(
  { object, resources }: { readonly object: FoundObject; readonly resources: readonly Resource[] },
  project: FoundObject,
  context: Context,
): Violation[] {
  const fieldPath = Kind.Application('spec', 'project');
  const kinds = resources.flatMap((resource) => {
    if (resource.kind === '') return [];
    const field = refusingField(resource, project, context.isClusterScoped(resource.group, resource.kind));
    const what = { what: 'resource', ...nameOnly(resource) } as const;
    return field === null ? [] : [refused(project, what, { field, fieldPath })];
  });
  const namespaces = refusedNamespaces({ object, resources }, project, context).map(([namespace, first]) => {
    const what = { what: 'namespace', to: namespace, ...nameOnly(first) } as const;
    return refused(project, what, { field: 'destinations', fieldPath });
  });
  return [...kinds, ...namespaces];
}

/**
 * The field of a project by which it refuses a kind; null where it permits it. Without a
 * list of what is permitted, all kinds in namespaces are, and none outside of them.
 * @see https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/app_project_types.go (IsGroupKindNamePermitted)
 */
function refusingField(
  resource: Pick<Resource, 'group' | 'kind' | 'name'>,
  { resource: { manifest } }: FoundObject,
  clusterScoped: boolean,
): string | null {
  const prefix = clusterScoped ? 'clusterResource' : 'namespaceResource';
  const [allowed, denied] = [`${prefix}Whitelist`, `${prefix}Blacklist`] as const;
  const lists = (field: typeof allowed | typeof denied) =>
    objectsAt(manifest, Kind.AppProject('spec', field)).some((item) =>
      isListed(resource, item, clusterScoped),
    );
  const isOpen = !clusterScoped && (valueAt(manifest, Kind.AppProject('spec', allowed)) ?? null) === null;
  if (!isOpen && !lists(allowed)) return allowed;
  return lists(denied) ? denied : null;
}

/** Only cluster-scoped resources are listed by name. */
function isListed(
  { group, kind, name }: Pick<Resource, 'group' | 'kind' | 'name'>,
  item: ManifestObject,
  named: boolean,
): boolean {
  const matches = (field: string, text: string) => goPathMatcher(textAt(item, [field]) ?? '')(text);
  const wanted = named ? (textAt(item, ['name']) ?? '') : '';
  return matches('kind', kind) && matches('group', group) && (wanted === '' || matches('name', name));
}

/** Namespaces that the project keeps the Application out of, with the first resource that goes there. */
function refusedNamespaces(
  { object, resources }: { readonly object: FoundObject; readonly resources: readonly Resource[] },
  project: FoundObject,
  context: Context,
): [string, Resource][] {
  const cluster = clusterOf(object, context);
  if (cluster === null) return [];
  const own = textAt(object.resource.manifest, Kind.Application('spec', 'destination', 'namespace')) ?? '';
  const destinations = destinationsOf(project);
  const first = new Map<string, Resource>();
  for (const resource of resources) {
    const namespace = resource.namespace ?? own;
    // The check of the destination already reports the Application's own namespace.
    if (namespace === own || context.isClusterScoped(resource.group, resource.kind)) continue;
    if (!first.has(namespace) && !mayBePermitted(cluster, namespace, destinations))
      first.set(namespace, resource);
  }
  return [...first];
}
