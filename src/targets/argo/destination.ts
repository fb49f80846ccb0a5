import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import type { AppliedPlace } from '../../model/operatorRecord.ts';
import type { Settings } from '../../model/settings.ts';
import { type Told, told } from '../../model/told.ts';
import { clusterAt, clusterNamed } from '../clusterOf.ts';

/** The address and the name by which Argo CD knows the cluster that it runs in. */
export const IN_CLUSTER = { server: 'https://kubernetes.default.svc', name: 'in-cluster' } as const;

/** Where an Application's resources go. */
export interface Destination {
  /** Null where it is the cluster that Argo CD runs in, and the settings do not say which that is. */
  readonly cluster: string | null;
  /** '' where none is given: resources then need their own. */
  readonly namespace: string;
}

/** Resolves `spec.destination`. A server that the settings do not list is named by its host. */
export function destinationOf(
  application: FoundObject,
  spec: ManifestObject,
  settings: Pick<Settings, 'clusters'>,
): Destination {
  const namespace = textAt(spec, Kind.ApplicationSpec('destination', 'namespace')) ?? '';
  const name = textAt(spec, Kind.ApplicationSpec('destination', 'name')) ?? '';
  const server = textAt(spec, Kind.ApplicationSpec('destination', 'server')) ?? '';
  return { cluster: clusterOf({ name, server, hosting: application.cluster }, settings), namespace };
}

/** The cluster of a destination with the field that tells it; null where Argo CD refuses the destination. */
export function appliedPlace(
  spec: ManifestObject,
  { cluster }: Destination,
  settings: Pick<Settings, 'clusters'>,
): AppliedPlace | null {
  if (destinationMistake(spec) !== null) return null;
  const name = textAt(spec, Kind.ApplicationSpec('destination', 'name')) ?? '';
  const server = textAt(spec, Kind.ApplicationSpec('destination', 'server')) ?? '';
  const isOwn = name === '' ? isInCluster(server) : name === IN_CLUSTER.name;
  const toldBy = isOwn ? 'own' : name === '' ? 'server' : 'name';
  return { cluster, toldBy: clusterNamed(cluster, settings) === null ? toldBy : 'settings', release: null };
}

/**
 * What Argo CD refuses of a destination: it takes a name or a server.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/argo/argo.go (GetDestinationServer)
 */
export function destinationMistake(spec: ManifestObject): Told | null {
  const name = textAt(spec, Kind.ApplicationSpec('destination', 'name')) ?? '';
  const server = textAt(spec, Kind.ApplicationSpec('destination', 'server')) ?? '';
  if (name !== '' && server !== '')
    return told('destination-twice')`the destination has both a name and a server`;
  if (name !== '' || server !== '') return null;
  return told('no-destination')`the destination has neither a name nor a server`;
}

function clusterOf(
  { name, server, hosting }: { name: string; server: string; hosting: string | null },
  settings: Pick<Settings, 'clusters'>,
): string | null {
  if (name !== '') return name === IN_CLUSTER.name ? hosting : name;
  if (server === '') return null;
  // The settings may say which cluster it is that Argo CD runs in.
  if (isInCluster(server)) return hosting ?? clusterAt(server, settings)?.name ?? null;
  return clusterAt(server, settings)?.name ?? hostOfServer(server);
}

/** True for the address of the cluster that Argo CD runs in. */
export function isInCluster(server: string): boolean {
  return server.replace(/\/+$/, '').toLowerCase() === IN_CLUSTER.server;
}

function hostOfServer(server: string): string {
  return URL.canParse(server) && new URL(server).hostname !== '' ? new URL(server).hostname : server;
}
