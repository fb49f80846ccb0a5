import { clusterScopedBy, isBuiltInClusterScoped } from '../model/clusterScoped.ts';
import { isObject } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';

/**
 * Rendered resources as the API server takes them: it clears the namespace of what is
 * cluster-scoped (`rest.BeforeCreate`). That is a kind of Kubernetes itself, and a custom kind of
 * which a definition among the resources says so.
 * https://github.com/kubernetes/apiserver/blob/master/pkg/registry/rest/create.go
 */
export function withoutNamespace(resources: readonly Resource[]): Resource[] {
  const custom = new Set(resources.flatMap(clusterScopedBy));
  return resources.map((resource) => {
    const { group, kind, namespace } = resource;
    const isClusterScoped = isBuiltInClusterScoped(group, kind) || custom.has(`${group}/${kind}`);
    return namespace !== null && isClusterScoped ? cleared(resource) : resource;
  });
}

function cleared(resource: Resource): Resource {
  const { metadata } = resource.manifest;
  if (!isObject(metadata)) return resource;
  const { namespace: _, ...others } = metadata;
  return { ...resource, namespace: null, manifest: { ...resource.manifest, metadata: others } };
}
