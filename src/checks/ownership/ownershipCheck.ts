import type { Discovery } from '../../model/discovery.ts';
import { onResource } from '../../model/judgement.ts';
import { knownAsIn } from '../../model/knownAs.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import type { Check } from '../check.ts';
import { findMovedResources } from './movedResources.ts';
import { prunesOf } from './prunes.ts';
import { findSharedResources, type OwnedViolation } from './sharedResources.ts';

/** Compares all targets of a commit: resources that two of them apply, or that move from one to another. */
export const ownershipCheck: Check = {
  concern: 'policies',
  judge: async (_, { base, head }) => {
    const [before, after] = [renderedOnce(base.discovery), renderedOnce(head.discovery)];
    return {
      before: findSharedResources(before, notRendered(head.discovery)).flatMap(onOwned),
      after: [
        ...findSharedResources(after),
        ...findMovedResources(before, after, prunesOf(base.discovery)),
      ].flatMap(onOwned),
      gaps: [],
      undecided: [],
    };
  },
};

/** What another owner applied at the base is not known of one that the head has and does not render. */
function notRendered({ renderings }: Discovery): Set<string> {
  return new Set(renderings.filter(({ status }) => status !== 'rendered').map(({ target }) => target.id));
}

function onOwned({ target, resource, violation }: OwnedViolation) {
  return onResource(target, resource, [violation]);
}

/**
 * The rendered targets of a commit, one for each operator's object. Several targets whose
 * objects have the same identity belong to clusters that cannot be told apart; the first is taken.
 */
export function renderedOnce({ renderings, declared }: Discovery): RenderedTarget[] {
  const seen = new Set<string>();
  return renderings
    .filter((rendering) => rendering.status === 'rendered')
    .filter(({ target }) => {
      const object = declared.get(target.id)?.object;
      if (object === undefined) return true;
      const name = knownAsIn('', object);
      return !seen.has(name) && seen.add(name);
    });
}
