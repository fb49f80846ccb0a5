import { type ManifestObject, textAt } from './manifest.ts';
import type { TargetKind } from './target.ts';

const ARGO = 'argocd.argoproj.io/sync-options';
const HELM = 'helm.sh/resource-policy';
const FLUX = 'kustomize.toolkit.fluxcd.io';
const FLUX_OPERATOR = 'fluxcd.controlplane.io';

/** What reads Flux's own annotations and not Helm's. */
const OF_FLUX: readonly TargetKind[] = ['Kustomization', 'ResourceSet', 'FluxInstance'];

/** How a resource goes. */
export interface Leaving {
  /** Who applied it. */
  readonly kind: TargetKind;
  /** The target as a whole goes, and not only this resource of it. */
  readonly gone: boolean;
}

/**
 * The annotation by which a resource stays in the cluster when its target no longer renders it,
 * or is deleted: Argo CD tells the two apart, and each operator reads its own. Of a folder that
 * no operator's object applies it is unknown who does, so that all count.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-resource-deletion
 * - https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 * - https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export function keptOnRemoval(manifest: ManifestObject, leaving: Leaving): string | undefined {
  const options = syncOptions(manifest);
  const has = (name: string, value: string) =>
    (textAt(manifest, ['metadata', 'annotations', name]) ?? '').toLowerCase() === value;
  const stays: [boolean, string][] = [
    ...argoOptions(leaving).map((option): [boolean, string] => [options.has(option), `${ARGO}: ${option}`]),
    [!OF_FLUX.includes(leaving.kind) && has(HELM, 'keep'), `${HELM}: keep`],
    [
      leaving.kind === 'ResourceSet' && has(`${FLUX_OPERATOR}/prune`, 'disabled'),
      `${FLUX_OPERATOR}/prune: disabled`,
    ],
    ...['prune', 'reconcile'].map((name): [boolean, string] => [
      isReadBy(leaving, 'Kustomization') && has(`${FLUX}/${name}`, 'disabled'),
      `${FLUX}/${name}: disabled`,
    ]),
  ];
  return stays.find(([applies]) => applies)?.[1];
}

/** `confirm` waits until somebody says so. */
function argoOptions(leaving: Leaving): string[] {
  if (!isReadBy(leaving, 'Application')) return [];
  const options = (verb: string) => [`${verb}=false`, `${verb}=confirm`];
  if (leaving.kind !== 'Application') return [...options('Prune'), ...options('Delete')];
  return options(leaving.gone ? 'Delete' : 'Prune');
}

function isReadBy({ kind }: Leaving, operator: TargetKind): boolean {
  return kind === operator || kind === 'kustomize' || kind === 'helm';
}

/** Argo CD's options on a resource, such as `Replace=true`. */
export function syncOptions(manifest: ManifestObject): Set<string> {
  const options = textAt(manifest, ['metadata', 'annotations', ARGO]) ?? '';
  return new Set(options.split(',').map((option) => option.trim()));
}
