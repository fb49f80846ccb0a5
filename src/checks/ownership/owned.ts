import { groupBy } from '../../model/groupBy.ts';
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
  const owners = renderings
    .filter(({ target }) => isApplied(target))
    .flatMap(({ target, resources }) => resources.map((resource) => ({ target, resource })));
  return groupBy(owners, ({ target, resource }) => ownerKey(target, resource));
}

/** True for what an operator's object applies: files alone say nothing of a cluster. */
export function isApplied({ kind }: Target): boolean {
  return kind !== 'kustomize' && kind !== 'helm';
}

/** What tells the clusters apart that targets are applied to. */
export function clusterKey({ cluster, environment }: Target): string {
  return cluster ?? environment ?? '';
}

/** A resource's identity in the cluster that its target is applied to, as {@link ownersOf} has it. */
export function ownerKey(target: Target, resource: Resource): string {
  return `${clusterKey(target)}\n${identityOf(resource)}`;
}
