import type { AppliedPlace, OperatorRecord } from '../model/operatorRecord.ts';
import type { TargetMove } from '../model/review.ts';

type Record = Pick<OperatorRecord, 'appliesTo' | 'appliedBy'> | undefined;

/**
 * Where a target is applied from now on, if that is another place than before; else null. Argo CD
 * and kustomize-controller look at the new cluster alone, so that all stays in the old one, and so
 * does helm-controller; in one cluster it uninstalls a release before it installs the other.
 * - https://github.com/argoproj/argo-cd/issues/9172
 * - https://github.com/fluxcd/flux2/issues/5003
 * - https://github.com/fluxcd/helm-controller/blob/main/internal/action/verify.go (ReleaseTargetChanged)
 */
export function targetMove(before: Record, after: Record): TargetMove | null {
  const [from, to] = [before?.appliesTo ?? null, after?.appliesTo ?? null];
  if (from === null || to === null) return null;
  // Where nothing that is known applies the object any more, its cluster is not known either.
  const isUnknown =
    before?.appliedBy !== after?.appliedBy && [from, to].some(({ cluster }) => cluster === null);
  return (isUnknown ? null : clusterMove(from, to)) ?? releaseMove(from, to);
}

function clusterMove(from: AppliedPlace, to: AppliedPlace): TargetMove | null {
  if (from.cluster === to.cluster) return null;
  const effect = areSurelyTwo(from, to) ? 'leavesBehind' : 'unknown';
  return { from: clusterName(from), to: clusterName(to), effect };
}

/** Names of one sort mean one cluster each; nobody logs in to the own cluster as to another one. */
function areSurelyTwo({ toldBy: one }: AppliedPlace, { toldBy: other }: AppliedPlace): boolean {
  const isOwn = (by: AppliedPlace['toldBy']) => by === 'own' || by === 'login';
  return one === other || (isOwn(one) && isOwn(other));
}

function clusterName({ cluster }: AppliedPlace): string {
  return cluster === null ? 'its own cluster' : `cluster ${cluster}`;
}

function releaseMove({ release: from }: AppliedPlace, { release: to }: AppliedPlace): TargetMove | null {
  if (from === null || to === null) return null;
  if (from.name !== to.name)
    return { from: `release ${from.name}`, to: `release ${to.name}`, effect: 'removes' };
  if (from.chart === null || to.chart === null || from.chart === to.chart || to.takesOtherCharts) return null;
  return { from: `chart ${from.chart}`, to: `chart ${to.chart}`, effect: 'removes' };
}
