import type { Discovery } from '../../model/discovery.ts';
import { listAt } from '../../model/fields.ts';
import { keptOnRemoval } from '../../model/keptOnRemoval.ts';
import { Kind } from '../../model/kinds.ts';
import { valueAt } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { Fate } from '../danger/findDangers.ts';
import type { Prunes } from './movedResources.ts';

/** By the object that declares the target: Argo CD's automated sync, or Flux's Kustomization. */
export function prunesOf({ declared }: Pick<Discovery, 'declared'>): Prunes {
  return ({ id, kind }) => {
    const manifest = declared.get(id)?.resource.manifest;
    if (manifest === undefined) return null;
    switch (kind) {
      case 'Application':
        return valueAt(manifest, Kind.Application('spec', 'syncPolicy', 'automated', 'prune')) === true;
      case 'Kustomization':
        return valueAt(manifest, Kind.Kustomization('spec', 'prune')) === true;
      case 'HelmRelease':
        // Helm deletes what a new revision of the release no longer has.
        return true;
      case 'kustomize':
      case 'helm':
        return null;
    }
  };
}

/**
 * What becomes of a resource that a target had.
 * @param gone the target itself is gone, and with it the object that declares it.
 */
export function fateOf(
  { resource, target, gone }: { resource: Resource; target: Target; gone: boolean },
  base: Pick<Discovery, 'declared'>,
): Fate {
  if (keptOnRemoval(resource.manifest) !== undefined) return 'kept';
  if (gone) return isCascading(target, base) ? 'unknown' : 'kept';
  const prunes = prunesOf(base)(target);
  // Helm never deletes the CRDs of a chart's `crds/`; nobody can tell them here.
  if (prunes === null || (target.kind === 'HelmRelease' && resource.kind === 'CustomResourceDefinition'))
    return 'unknown';
  return prunes ? 'deleted' : 'kept';
}

/**
 * Whether what an object applied goes with it. Something has to delete the object first.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
 * - https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy
 */
function isCascading(target: Target, { declared }: Pick<Discovery, 'declared'>): boolean {
  const manifest = declared.get(target.id)?.resource.manifest;
  if (manifest === undefined) return true;
  if (target.kind === 'Application')
    return listAt(manifest, ['metadata', 'finalizers']).some(
      (finalizer) =>
        typeof finalizer === 'string' && finalizer.startsWith('resources-finalizer.argocd.argoproj.io'),
    );
  if (target.kind !== 'Kustomization') return true;
  const policy = valueAt(manifest, Kind.Kustomization('spec', 'deletionPolicy')) ?? 'MirrorPrune';
  if (policy === 'MirrorPrune') return valueAt(manifest, Kind.Kustomization('spec', 'prune')) === true;
  return policy === 'Delete' || policy === 'WaitForTermination';
}
