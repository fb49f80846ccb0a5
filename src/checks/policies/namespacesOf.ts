import { isBuiltInClusterScoped } from '../../model/clusterScoped.ts';
import { objectsAt } from '../../model/fields.ts';
import { textAt } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';

/**
 * The namespaces in which resources stand, and those that their routes lead to; empty for
 * what states none and has no default.
 */
export function namespacesOf(resources: readonly Resource[], byDefault: string): string[] {
  const named = resources.flatMap((resource) => [...standsIn(resource, byDefault), ...ledTo(resource)]);
  return [...new Set(named)].toSorted();
}

/** Custom kinds that are judged; of others nobody knows whether they stand in a namespace. */
const CUSTOM = /^(?:Rollout|ScaledObject|VerticalPodAutoscaler|\w+Route)$/;

function standsIn({ group, kind, namespace }: Resource, byDefault: string): string[] {
  if (namespace !== null) return [namespace];
  const isBuiltIn = !group.includes('.') || group === 'networking.k8s.io';
  return (isBuiltIn && !isBuiltInClusterScoped(group, kind)) || CUSTOM.test(kind) ? [byDefault] : [];
}

/** A route of the Gateway API may lead to a Service of another namespace. */
function ledTo({ group, manifest }: Resource): string[] {
  if (group !== 'gateway.networking.k8s.io') return [];
  return objectsAt(manifest, ['spec', 'rules'])
    .flatMap((rule) => objectsAt(rule, ['backendRefs']))
    .flatMap((reference) => textAt(reference, ['namespace']) ?? []);
}
