import { flagAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import type { ManifestObject } from '../../model/manifest.ts';

/**
 * Why an object of Flux applies nothing; null where it is not suspended.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend
 */
export function whySuspended(manifest: ManifestObject): string | null {
  // Every object of Flux that applies something has this field.
  return flagAt(manifest, Kind.Kustomization('spec', 'suspend')) ? 'it is suspended' : null;
}
