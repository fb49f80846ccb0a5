import { syncOptions } from './keptOnRemoval.ts';
import { type ManifestObject, textAt } from './manifest.ts';

/** Whose annotations on a resource may count for it, with what each one's names begin with. */
const BEGINNINGS = {
  'Argo CD': 'argocd.argoproj.io',
  Flux: 'kustomize.toolkit.fluxcd.io',
  'Flux Operator': 'fluxcd.controlplane.io',
  Helm: 'helm.sh',
} as const;

/** Whose annotations say how a resource is applied. */
export type Heeded = keyof typeof BEGINNINGS;

/** Of a folder or chart that no operator's object applies it is unknown who does, so that these count. */
export const ANY_HEEDED: readonly Heeded[] = ['Argo CD', 'Flux', 'Helm'];

/** Reads an annotation; undefined where the resource has none, or nobody who applies it looks. */
export type ReadAnnotation = (of: Heeded, name: string) => string | undefined;

/** The annotations of a resource that count. @param heeds whose those are, by the record of its target. */
export function heededAnnotations(manifest: ManifestObject, heeds: readonly Heeded[]): ReadAnnotation {
  return (of, name) =>
    heeds.includes(of)
      ? textAt(manifest, ['metadata', 'annotations', `${BEGINNINGS[of]}/${name}`])
      : undefined;
}

/** Argo CD's options of a resource, such as `Replace=true`; none where something else applies it. */
export function heededOptions(manifest: ManifestObject, heeds: readonly Heeded[]): ReadonlySet<string> {
  return heeds.includes('Argo CD') ? syncOptions(manifest) : new Set();
}

/**
 * True for what is run and not kept, so that nothing of it is in the way of the next one.
 * Argo CD maps the hooks of Helm to its own.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks
 * - https://helm.sh/docs/topics/charts_hooks/
 */
export function isHook(manifest: ManifestObject, heeds: readonly Heeded[]): boolean {
  const annotation = heededAnnotations(manifest, heeds);
  const helm = annotation('Helm', 'hook');
  return annotation('Argo CD', 'hook') !== undefined || (helm !== undefined && helm !== 'crd-install');
}

/**
 * True for what is deleted and made anew where it cannot be patched.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#force-sync
 * - https://fluxcd.io/flux/components/kustomize/kustomizations/#force
 * - https://fluxoperator.dev/docs/crd/resourceset/#reconciliation-configuration
 */
export function isForced(manifest: ManifestObject, heeds: readonly Heeded[]): boolean {
  const annotation = heededAnnotations(manifest, heeds);
  const isEnabled = (of: Heeded) => annotation(of, 'force')?.toLowerCase() === 'enabled';
  return heededOptions(manifest, heeds).has('Force=true') || isEnabled('Flux') || isEnabled('Flux Operator');
}

/**
 * True for what may be a part of an object that somebody else has made, which the API server joins
 * with what is there.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply
 * - https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 * @param merges what its operator's object says of all of its resources.
 */
export function isMerged(
  manifest: ManifestObject,
  { heeds, merges }: { readonly heeds: readonly Heeded[]; readonly merges: boolean },
): boolean {
  const options = heededOptions(manifest, heeds);
  const ssa = heededAnnotations(manifest, heeds)('Flux', 'ssa')?.toLowerCase() ?? '';
  if (options.has('ServerSideApply=true') || ['merge', 'ifnotpresent'].includes(ssa)) return true;
  return merges && !options.has('ServerSideApply=false');
}
