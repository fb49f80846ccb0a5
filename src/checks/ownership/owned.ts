import type { RenderedTarget } from '../../model/rendering.ts';
import { identityOf, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';

/** A resource with the target that applies it. */
export interface Owner {
  readonly target: Target;
  readonly resource: Resource;
}

/** Who applies each resource of each cluster, by cluster and identity. */
export function ownersOf(renderings: readonly RenderedTarget[]): Map<string, Owner[]> {
  const owners = new Map<string, Owner[]>();
  for (const { target, resources } of renderings.filter((rendering) => isApplied(rendering.target))) {
    for (const resource of resources) {
      const key = keyIn(target, resource);
      const known = owners.get(key);
      if (known === undefined) owners.set(key, [{ target, resource }]);
      else known.push({ target, resource });
    }
  }
  return owners;
}

/** True for what an operator's object applies: files alone say nothing of a cluster. */
function isApplied({ kind }: Target): boolean {
  return kind === 'Application' || kind === 'Kustomization' || kind === 'HelmRelease';
}

/** A resource's identity in the cluster that its target is applied to. */
function keyIn({ cluster, environment }: Target, resource: Resource): string {
  return `${cluster ?? environment ?? ''}\n${identityOf(resource)}`;
}
