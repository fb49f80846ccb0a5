import { textMapAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import type { CommonMetadata } from '../../model/operatorRecord.ts';

/** Labels and annotations on every resource, of a Kustomization or HelmRelease; null for none. */
export function commonMetadata(manifest: ManifestObject): CommonMetadata | null {
  const fieldPath = Kind.Kustomization('spec', 'commonMetadata');
  const labels = textMapAt(manifest, Kind.Kustomization('spec', 'commonMetadata', 'labels'));
  const annotations = textMapAt(manifest, Kind.Kustomization('spec', 'commonMetadata', 'annotations'));
  const isEmpty = Object.keys(labels).length === 0 && Object.keys(annotations).length === 0;
  return isEmpty ? null : { fieldPath, labels, annotations };
}
