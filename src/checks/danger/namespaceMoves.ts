import { groupBy } from '../../model/groupBy.ts';
import type { Fate } from '../../model/removal.ts';
import type { Resource } from '../../model/resource.ts';
import { describeResource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { type Danger, dangerOf } from './danger.ts';

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
    const { base, head } = first;
    const about = {
      resources: group.length,
      // Several resources are told by their number.
      kind: group.length === 1 ? head.kind : null,
      name: group.length === 1 ? head.name : null,
      from: base.namespace,
      to: head.namespace,
      fate: commonFate(group.map((move) => fateOf(move.base))),
    };
    const told = { rule: 'namespace-moved', message: goes(about), about, fieldPath: NAMESPACE };
    return [dangerOf({ target, head }, told)];
  });
}

const NAMESPACE = ['metadata', 'namespace'];

function commonFate([first = 'unknown', ...others]: readonly Fate[]): Fate {
  return others.every((fate) => fate === first) ? first : 'unknown';
}

type Going = {
  readonly resources: number;
  readonly kind: string | null;
  readonly name: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly fate: Fate;
};

function goes({ resources, kind, name, from, to, fate }: Going): string {
  const what =
    kind === null || name === null
      ? `${resources} resources go`
      : `${describeResource({ kind, namespace: to, name })} goes`;
  const [old, own] = [from, to].map((namespace) => namespace ?? 'no namespace');
  return `${what} from ${old} to ${own}: new ones are made there, and those in ${old} ${OLD_ONES[fate]}; volumes and their data do not move`;
}

const OLD_ONES: Readonly<Record<Fate, string>> = {
  deleted: 'are deleted',
  kept: 'stay',
  unknown: 'are deleted where something prunes',
};
