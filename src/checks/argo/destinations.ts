import { gobwasMatcher } from '../../dialects/glob.ts';
import { objectsAt } from '../../model/fields.ts';
import type { Violation } from '../../model/finding.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { Settings } from '../../model/settings.ts';
import { isDenial, refused } from './refused.ts';

/** A cluster as projects name it; a field is null where it is unknown. */
export interface DestinationCluster {
  readonly name: string | null;
  readonly server: string | null;
}

/** An entry of a project's `destinations`; '' for what it leaves out. */
export interface PermittedDestination {
  readonly name: string;
  readonly server: string;
  readonly namespace: string;
}

/** An Application's own destination, where its project does not permit it. */
export function destinationViolations(
  application: FoundObject,
  project: FoundObject,
  context: { readonly settings: Pick<Settings, 'clusters'> },
): Violation[] {
  const cluster = clusterOf(application, context);
  if (cluster === null) return [];
  const namespace =
    textAt(application.resource.manifest, Kind.Application('spec', 'destination', 'namespace')) ?? '';
  if (mayBePermitted(cluster, namespace, destinationsOf(project))) return [];
  const what = { what: 'destination', cluster: cluster.name ?? cluster.server ?? '', namespace } as const;
  const fieldPath = Kind.Application('spec', 'destination');
  return [refused(project, what, { field: 'destinations', fieldPath })];
}

const IN_CLUSTER = { name: 'in-cluster', server: 'https://kubernetes.default.svc' } as const;

/** The cluster of an Application's destination, as far as the settings know it; null where none is given. */
export function clusterOf(
  { resource: { manifest } }: FoundObject,
  { settings: { clusters } }: { readonly settings: Pick<Settings, 'clusters'> },
): DestinationCluster | null {
  const name = textAt(manifest, Kind.Application('spec', 'destination', 'name')) || null;
  const server = textAt(manifest, Kind.Application('spec', 'destination', 'server')) || null;
  if (name === null && server === null) return null;
  const known = clusters.find((cluster) =>
    name === null ? cluster.server === server : cluster.name === name,
  );
  if (known !== undefined) return { name: known.name, server: known.server ?? server };
  return name === IN_CLUSTER.name || server === IN_CLUSTER.server ? IN_CLUSTER : { name, server };
}

export function destinationsOf({ resource }: FoundObject): PermittedDestination[] {
  return objectsAt(resource.manifest, Kind.AppProject('spec', 'destinations')).map((item) => ({
    name: textAt(item, ['name']) ?? '',
    server: textAt(item, ['server']) ?? '',
    namespace: textAt(item, ['namespace']) ?? '',
  }));
}

/**
 * False where a project certainly refuses a namespace of a cluster: an entry must match it,
 * and none with `!` may keep it out. What is not known of the cluster is taken for permitted.
 * @see https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/app_project_types.go (isDestinationMatched)
 */
export function mayBePermitted(
  cluster: DestinationCluster,
  namespace: string,
  destinations: readonly PermittedDestination[],
): boolean {
  let permitted = false;
  for (const item of destinations) {
    const name = matches(item.name, cluster.name);
    const server = matches(item.server, cluster.server);
    const inNamespace = matches(item.namespace, namespace);
    // A namespace is only kept out of a server that is known to be meant.
    const certain = cluster.server === null ? item.server === '*' : server;
    if ((name || server) && inNamespace) permitted = true;
    // A denied name counts in every namespace, a denied server in the entry's.
    else if (!name && isDenial(item.name)) return false;
    else if (inNamespace && !server && isDenial(item.server)) return false;
    else if (!inNamespace && isDenial(item.namespace) && certain) return false;
  }
  return permitted;
}

/** A `!` pattern matches everything that the rest of it does not match. */
function matches(pattern: string, value: string | null): boolean {
  if (value === null) return pattern !== '';
  if (isDenial(pattern)) return !gobwasMatcher(pattern.slice(1))(value);
  return pattern === '*' || gobwasMatcher(pattern)(value);
}
