import { findMovedResources } from '../checks/ownership/movedResources.ts';
import { findSharedResources } from '../checks/ownership/sharedResources.ts';
import type { RenderedTarget } from '../model/rendering.ts';
import { identityOf } from '../model/resource.ts';
import type { Discovery } from './discover.ts';
import type { Judged } from './judge.ts';
import { prunesOf } from './prunes.ts';

/** What is judged of all targets of a commit together: who owns which resource. */
export function judgeAcross(
  base: Discovery,
  head: Discovery,
): { readonly before: readonly Judged[]; readonly after: readonly Judged[] } {
  const [before, after] = [renderedOnce(base), renderedOnce(head)];
  return {
    before: findSharedResources(before),
    after: [...findSharedResources(after), ...findMovedResources(before, after, prunesOf(base))],
  };
}

/**
 * One cluster has no two objects of one name: where several targets come of such, they are of
 * clusters that nobody can tell apart, and the first stands for all.
 */
export function renderedOnce({ renderings, declared }: Discovery): RenderedTarget[] {
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
