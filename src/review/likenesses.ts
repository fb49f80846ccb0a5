import type { Likeness } from '../compare/findings.ts';
import { fingerprintWithout } from '../compare/fingerprint.ts';
import { movedResources } from '../compare/moved.ts';
import type { Rendering } from '../model/rendering.ts';
import { type Resource, withoutHash } from '../model/resource.ts';
import type { Judged } from './judge.ts';
import type { Sides } from './renderSides.ts';

/**
 * How findings of the base are recognised at the head where nothing became worse and only
 * names differ: the resource's, or that of the target (its folder).
 */
export function likenesses(sides: readonly Sides[]): Likeness<Judged>[] {
  return [ofMovedResources(sides), ofMovedTargets(sides)];
}

function ofMovedResources(sides: readonly Sides[]): Likeness<Judged> {
  const pairOf = new Map<Resource, number>();
  for (const { base, head } of sides) {
    for (const pair of movedResources(resourcesOf(base), resourcesOf(head))) {
      const number = pairOf.size;
      pairOf.set(pair.base, number).set(pair.head, number);
    }
  }
  const keyOf = ({ resource, violation }: Judged): string | null => {
    const pair = pairOf.get(resource);
    if (pair === undefined) return null;
    const names = [resource.name, resource.namespace];
    return JSON.stringify([pair, fingerprintWithout(names, violation, resource)]);
  };
  return { base: keyOf, head: keyOf };
}

/** A target that is gone and one that appears, wherever they have a resource in common. */
function ofMovedTargets(sides: readonly Sides[]): Likeness<Judged> {
  const gone = new Set(sides.filter(({ head }) => head === null).map(({ target }) => target.id));
  const added = new Set(sides.filter(({ base }) => base === null).map(({ target }) => target.id));
  const keyOf = ({ target, resource, violation }: Judged): string => {
    const { group, kind, name, namespace } = resource;
    const names = [target.id, target.path, target.environment, namespace, name];
    return JSON.stringify([group, kind, withoutHash(name), fingerprintWithout(names, violation, resource)]);
  };
  return {
    base: (judged) => (gone.has(judged.target.id) ? keyOf(judged) : null),
    head: (judged) => (added.has(judged.target.id) ? keyOf(judged) : null),
  };
}

function resourcesOf(rendering: Rendering | null): readonly Resource[] {
  return rendering?.status === 'rendered' ? rendering.resources : [];
}
