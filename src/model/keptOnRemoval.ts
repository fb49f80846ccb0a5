import { type ManifestObject, textAt } from './manifest.ts';

/** An annotation by which a resource stays in the cluster. */
export interface KeepingAnnotation {
  readonly name: string;
  /** In small letters, or one of the options of a list. */
  readonly value: string;
  /** True for one of a list of options, `Prune=false,Replace=true`. */
  readonly isOption?: boolean;
  /** Whether it counts where the resource leaves its target, or where the target goes; undefined for both. */
  readonly when?: 'leaves' | 'goes';
}

const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
const FLUX = 'kustomize.toolkit.fluxcd.io';

const PRUNE = ['Prune=false', 'Prune=confirm'];
const DELETE = ['Delete=false', 'Delete=confirm'];

/**
 * `confirm` waits until somebody says so.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-resource-deletion
 */
export const ARGO_KEEPS: readonly KeepingAnnotation[] = [
  ...PRUNE.map((value) => ({ ...option(value), when: 'leaves' as const })),
  ...DELETE.map((value) => ({ ...option(value), when: 'goes' as const })),
];

/** https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource */
export const HELM_KEEPS: readonly KeepingAnnotation[] = [{ name: 'helm.sh/resource-policy', value: 'keep' }];

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
export const FLUX_KEEPS: readonly KeepingAnnotation[] = ['prune', 'reconcile'].map((name) => ({
  name: `${FLUX}/${name}`,
  value: 'disabled',
}));

/** Of the Flux Operator. */
export const FLUX_OPERATOR_KEEPS: readonly KeepingAnnotation[] = [
  { name: 'fluxcd.controlplane.io/prune', value: 'disabled' },
];

/** Of a folder that no operator's object applies it is unknown who does, so that all count, whenever. */
export const ALL_KEEP: readonly KeepingAnnotation[] = [
  ...[...PRUNE, ...DELETE].map(option),
  ...HELM_KEEPS,
  ...FLUX_KEEPS,
];

/** How a resource goes. */
export interface Leaving {
  /** What is read by who applied it. */
  readonly keepers: readonly KeepingAnnotation[];
  /** The target as a whole goes, and not only this resource of it. */
  readonly gone: boolean;
}

/** The annotation by which a resource stays when its target no longer renders it, or is deleted. */
export function keptOnRemoval(manifest: ManifestObject, { keepers, gone }: Leaving): string | undefined {
  const options = syncOptions(manifest);
  const isSaid = ({ name, value, isOption }: KeepingAnnotation) =>
    isOption === true
      ? options.has(value)
      : (textAt(manifest, ['metadata', 'annotations', name]) ?? '').toLowerCase() === value;
  const found = keepers.find((one) => (one.when ?? wanted(gone)) === wanted(gone) && isSaid(one));
  return found === undefined ? undefined : `${found.name}: ${found.value}`;
}

function wanted(gone: boolean): 'goes' | 'leaves' {
  return gone ? 'goes' : 'leaves';
}

function option(value: string): KeepingAnnotation {
  return { name: SYNC_OPTIONS, value, isOption: true };
}

/** Argo CD's options on a resource, such as `Replace=true`. */
export function syncOptions(manifest: ManifestObject): Set<string> {
  const options = textAt(manifest, ['metadata', 'annotations', SYNC_OPTIONS]) ?? '';
  return new Set(options.split(',').map((option) => option.trim()));
}
