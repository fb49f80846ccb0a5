import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { Settings } from '../../model/settings.ts';
import type { Target } from '../../model/target.ts';
import { clusterNamed } from '../clusterOf.ts';
import { environmentOfTarget } from '../environment.ts';
import { objectTargetId } from '../operator.ts';
import { namespaceOf } from './knownObjects.ts';

/** Ends the name of the Secrets that Cluster API makes. https://cluster-api.sigs.k8s.io/developer/providers/contracts/clusterctl */
const KUBECONFIG = /-kubeconfig$/;

/**
 * A target's id, cluster and environment. The id tells the cluster that the object stands
 * in, or its environment where no cluster is known; the cluster is the one that the target
 * is applied to, which is another one with `spec.kubeConfig`.
 * @param folder where its files stand; null where that is not known.
 */
export function identify(
  object: FoundObject,
  folder: string | null,
  settings: Pick<Settings, 'clusters'>,
): Pick<Target, 'id' | 'cluster' | 'environment'> {
  const cluster = remoteCluster(object, settings) ?? object.cluster;
  return {
    id: objectTargetId(object, namespaceOf(object.resource)),
    cluster,
    environment: environmentOfTarget({ object, cluster, folder }, settings),
  };
}

/**
 * The cluster that `spec.kubeConfig` leads to, called after its Secret or ConfigMap; without
 * the ending that Cluster API gives it where the settings know the cluster by that name.
 */
export function remoteCluster(
  { resource }: FoundObject,
  settings: Pick<Settings, 'clusters'>,
): string | null {
  const kubeConfig = Kind.Kustomization('spec', 'kubeConfig');
  const name =
    textAt(resource.manifest, [...kubeConfig, 'secretRef', 'name']) ??
    textAt(resource.manifest, [...kubeConfig, 'configMapRef', 'name']);
  if (name === undefined) return null;
  return clusterNamed(name.replace(KUBECONFIG, ''), settings)?.name ?? name;
}
