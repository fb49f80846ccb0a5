import { flagAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import { GROUPS } from './knownObjects.ts';

/**
 * Why an object of Flux applies nothing; null where it is not suspended.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend
 */
export function whySuspended(manifest: ManifestObject): string | null {
  // Every object of Flux that applies something has this field.
  return flagAt(manifest, Kind.Kustomization('spec', 'suspend')) ? 'it is suspended' : null;
}

/**
 * Why an object of the Flux Operator or of source-watcher does nothing; null where it is not disabled.
 * - https://fluxoperator.dev/docs/crd/resourceset/#reconciliation-configuration
 * - https://github.com/fluxcd/source-watcher/blob/main/docs/spec/v1beta1/artifactgenerators.md#suspend-and-resume-reconciliation
 * @param group whose annotation it is.
 */
export function whyDisabled(manifest: ManifestObject, group: string = GROUPS.operator): string | null {
  const value = textAt(manifest, ['metadata', 'annotations', `${group}/reconcile`]) ?? '';
  return value.toLowerCase() === 'disabled' ? `it is disabled (${group}/reconcile)` : null;
}
