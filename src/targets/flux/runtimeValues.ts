import type { NotValidated } from '../../model/finding.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import { partlyRendered } from '../operator.ts';
import { GROUPS } from './knownObjects.ts';

/** Annotations by which the Flux Operator fills in values of objects of the cluster, and what it fills in. */
const FILLED_IN = {
  convertKubeConfigFrom: 'the address and the certificate of a cluster, from a Secret',
  checksumFrom: 'a checksum of ConfigMaps and Secrets, by which Pods are made anew when those change',
} as const;

/** An annotation by which it fills in the address of a cluster. */
export const CONVERTED = `${GROUPS.operator}/convertKubeConfigFrom`;

/**
 * What a ResourceSet's objects have in the cluster and not in what is rendered of it.
 * - https://fluxoperator.dev/docs/crd/resourceset/#converting-kubeconfig-secrets-to-flux-configmaps
 * - https://fluxoperator.dev/docs/crd/resourceset/#computing-checksums-from-configmaps-and-secrets
 */
export function runtimeValues(id: string, manifest: ManifestObject): NotValidated[] {
  const text = JSON.stringify(manifest['spec'] ?? {});
  return Object.entries(FILLED_IN).flatMap(([annotation, what]) =>
    text.includes(`${GROUPS.operator}/${annotation}`)
      ? [
          partlyRendered(
            id,
            `by \`${annotation}\` the Flux Operator fills in ${what}: only the cluster knows it`,
          ),
        ]
      : [],
  );
}
