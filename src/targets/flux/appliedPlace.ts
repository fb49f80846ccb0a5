import type { FoundObject } from '../../model/foundObject.ts';
import type { AppliedPlace } from '../../model/operatorRecord.ts';
import type { Settings } from '../../model/settings.ts';
import { clusterNamed } from '../clusterOf.ts';
import { remoteCluster } from './identity.ts';

/** The cluster that a Kustomization or HelmRelease is applied to, which is another one with `spec.kubeConfig`. */
export function appliedPlace(object: FoundObject, settings: Pick<Settings, 'clusters'>): AppliedPlace {
  const remote = remoteCluster(object, settings);
  const cluster = remote ?? object.cluster;
  const isListed = clusterNamed(cluster, settings) !== null;
  return {
    cluster,
    toldBy: isListed ? 'settings' : remote === null ? 'own' : 'login',
    release: null,
  };
}
