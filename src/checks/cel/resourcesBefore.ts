import type { ComparedTarget } from '../../model/comparedTarget.ts';
import type { Rendering } from '../../model/rendering.ts';
import { identityOf, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { Before } from './subject.ts';

/** What a resource of the base was before: always unknown, because no older commit is looked at. */
export function beforeBase(): Before {
  return { status: 'unknown', reason: 'what it was before the base is not looked at' };
}

/** Tells what a resource of the head was at the base: the one of the same name in the same target. */
export function resourcesBefore(
  compared: readonly ComparedTarget[],
): (target: Target, resource: Resource) => Before {
  const bases = new Map(compared.map(({ target, base }) => [target.id, base]));
  const indexes = new Map<string, Map<string, Resource>>();
  return (target, resource) => {
    const base = bases.get(target.id) ?? null;
    if (base?.status === 'failed')
      return {
        status: 'unknown',
        reason: `what it was is not known, as ${target.id} does not render at the base`,
      };
    const index = indexes.get(target.id) ?? indexOf(base);
    indexes.set(target.id, index);
    const found = index.get(identityOf(resource)) ?? null;
    if (found !== null && found.version !== resource.version)
      return {
        status: 'unknown',
        reason: `what it was is written in the version ${found.version}, which a cluster would convert`,
      };
    return { status: 'known', resource: found };
  };
}

function indexOf(rendering: Rendering | null): Map<string, Resource> {
  const resources = rendering?.status === 'rendered' ? rendering.resources : [];
  return new Map(resources.map((resource) => [identityOf(resource), resource]));
}
