import { type ManifestObject, textAt } from './manifest.ts';

const ARGO = 'argocd.argoproj.io/sync-options';
const HELM = 'helm.sh/resource-policy';
const FLUX = 'kustomize.toolkit.fluxcd.io/prune';

/**
 * The annotation by which a resource stays in the cluster when nothing renders it any more.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources
 * - https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 * - https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export function keptOnRemoval(manifest: ManifestObject): string | undefined {
  const annotation = (name: string) => textAt(manifest, ['metadata', 'annotations', name]);
  const options = syncOptions(manifest);
  const stays: [boolean, string][] = [
    [options.has('Prune=false'), `${ARGO}: Prune=false`],
    [options.has('Delete=false'), `${ARGO}: Delete=false`],
    [annotation(HELM) === 'keep', `${HELM}: keep`],
    [annotation(FLUX) === 'disabled', `${FLUX}: disabled`],
  ];
  return stays.find(([applies]) => applies)?.[1];
}

/** Argo CD's options on a resource, such as `Replace=true`. */
export function syncOptions(manifest: ManifestObject): Set<string> {
  const options = textAt(manifest, ['metadata', 'annotations', ARGO]) ?? '';
  return new Set(options.split(',').map((option) => option.trim()));
}
