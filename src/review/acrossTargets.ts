import { findMovedResources, type Prunes } from '../checks/ownership/movedResources.ts';
import { findSharedResources } from '../checks/ownership/sharedResources.ts';
import { valueAt } from '../model/manifest.ts';
import type { RenderedTarget } from '../model/rendering.ts';
import { identityOf } from '../model/resource.ts';
import type { Discovery } from './discover.ts';
import type { Judged } from './judge.ts';

/** What is judged of all targets of a commit together: who owns which resource. */
export function judgeAcross(
  base: Discovery,
  head: Discovery,
): { readonly before: readonly Judged[]; readonly after: readonly Judged[] } {
  const [before, after] = [renderedOf(base), renderedOf(head)];
  return {
    before: findSharedResources(before),
    after: [...findSharedResources(after), ...findMovedResources(before, after, prunesOf(base))],
  };
}

/**
 * One cluster has no two objects of one name: where several targets come of such, they are of
 * clusters that nobody can tell apart, and the first stands for all.
 */
function renderedOf({ renderings, declared }: Discovery): RenderedTarget[] {
  const seen = new Set<string>();
  return renderings
    .filter((rendering) => rendering.status === 'rendered')
    .filter(({ target }) => {
      const object = declared.get(target.id);
      if (object === undefined) return true;
      const name = JSON.stringify([object.cluster ?? object.environment, identityOf(object.resource)]);
      return !seen.has(name) && seen.add(name);
    });
}

/** By the object that declares the target: Argo CD's automated sync, or Flux's Kustomization. */
function prunesOf({ declared }: Discovery): Prunes {
  return ({ id, kind }) => {
    const manifest = declared.get(id)?.resource.manifest;
    if (manifest === undefined) return null;
    switch (kind) {
      case 'Application':
        return valueAt(manifest, ['spec', 'syncPolicy', 'automated', 'prune']) === true;
      case 'Kustomization':
        return valueAt(manifest, ['spec', 'prune']) === true;
      case 'HelmRelease':
        // Helm deletes what a new revision of the release no longer has.
        return true;
      case 'kustomize':
      case 'helm':
        return null;
    }
  };
}
