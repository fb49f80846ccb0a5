import { flagAt, listAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import type { FluxContext } from './fluxContext.ts';
import { GROUPS } from './knownObjects.ts';
import { findSource, type Reference, readReference, title } from './reference.ts';

/**
 * Why an object of Flux applies nothing; null where it is not suspended.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend
 */
export function whySuspended(manifest: ManifestObject): string | null {
  // Every object of Flux that applies something has this field.
  return flagAt(manifest, Kind.Kustomization('spec', 'suspend')) ? 'it is suspended' : null;
}

/**
 * Why Flux takes no new files of a source; null where it does, or where values of other objects come besides. It goes on with those that it has.
 * https://fluxcd.io/flux/components/source/gitrepositories/#suspend
 */
export function whySourceSuspended(context: FluxContext, reference: Reference): string | null {
  if (takesOthersValues(reference.from)) return null;
  const source = findSource(context, reference);
  const isSuspended =
    source !== undefined && flagAt(source.resource.manifest, Kind.GitRepository('spec', 'suspend'));
  return isSuspended ? `its source ${title(reference)} is suspended` : null;
}

/** Their values reach the cluster whatever the source does, so that nothing is held back for sure. */
function takesOthersValues({ resource: { manifest } }: FoundObject): boolean {
  const lists = [
    Kind.Kustomization('spec', 'postBuild', 'substituteFrom'),
    Kind.HelmRelease('spec', 'valuesFrom'),
  ];
  return lists.some((list) => listAt(manifest, list).length > 0);
}

/** Why Flux takes no new chart for a HelmRelease: its source, or the HelmChart before that, is suspended. */
export function whyChartSuspended(context: FluxContext, release: FoundObject): string | null {
  const referred = Kind.HelmRelease('spec', 'chartRef');
  const isReferred = isObject(valueAt(release.resource.manifest, referred));
  const template = Kind.HelmRelease('spec', 'chart', 'spec', 'sourceRef');
  const reference = readReference(release, isReferred ? referred : template);
  const chart = reference.kind === 'HelmChart' ? findSource(context, reference) : undefined;
  const own = whySourceSuspended(context, reference);
  if (own !== null || chart === undefined || takesOthersValues(release)) return own;
  return whySourceSuspended(context, readReference(chart, Kind.HelmChart('spec', 'sourceRef')));
}

/**
 * Why an object of the Flux Operator applies nothing; null where it is not disabled.
 * https://fluxoperator.dev/docs/crd/resourceset/#reconciliation-configuration
 */
export function whyDisabled(manifest: ManifestObject): string | null {
  const value = textAt(manifest, ['metadata', 'annotations', `${GROUPS.operator}/reconcile`]) ?? '';
  return value.toLowerCase() === 'disabled' ? `it is disabled (${GROUPS.operator}/reconcile)` : null;
}
