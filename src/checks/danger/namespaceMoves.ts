import { groupBy } from '../../model/groupBy.ts';
import type { Resource } from '../../model/resource.ts';
import { describeResource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { type Danger, dangerOf, type Fate } from './danger.ts';

/** A resource that a target renders into another namespace than before. */
export interface NamespaceMove {
  readonly base: Resource;
  readonly head: Resource;
}

/**
 * One danger for each pair of namespaces between which resources of a target move: nothing
 * moves in a cluster, there are two until the old ones are pruned.
 */
export function namespaceMoves(
  target: Target,
  moves: readonly NamespaceMove[],
  fateOf: (resource: Resource) => Fate,
): Danger[] {
  const byNames = groupBy(
    moves.filter(({ base, head }) => base.namespace !== head.namespace),
    ({ base, head }) => `${base.namespace ?? ''}\n${head.namespace ?? ''}`,
  );
  return [...byNames.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const what = group.length === 1 ? describeResource(first.head) : `${group.length} resources`;
    const [from, to] = [first.base.namespace, first.head.namespace].map((name) => name ?? 'no namespace');
    const fates = new Set(group.map(({ base }) => fateOf(base)));
    const message = `${what} ${group.length === 1 ? 'goes' : 'go'} from ${from} to ${to}: new ones are made there, and those in ${from} ${oldOnes(fates)}; volumes and their data do not move`;
    return [dangerOf({ target, head: first.head }, 'namespace-moved', ['metadata', 'namespace'], message)];
  });
}

function oldOnes(fates: ReadonlySet<Fate>): string {
  if (fates.size === 1 && fates.has('deleted')) return 'are deleted';
  return fates.size === 1 && fates.has('kept') ? 'stay' : 'are deleted where something prunes';
}
