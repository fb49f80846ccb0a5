import type { ComparedTarget } from '../../model/comparedTarget.ts';
import type { Gap } from '../../model/judgement.ts';
import { onResource } from '../../model/judgement.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import type { Check } from '../check.ts';
import { type CommitJudgement, joinCommits, renderedOf } from '../judgeCommits.ts';
import type { Judges } from '../judges.ts';
import type { CommitWorld, World } from '../world.ts';
import type { PolicyProblem } from './policySet.ts';

/**
 * Checks the resources of affected targets by the built-in policies and the user's own, and
 * asks those that look around about targets whose own resources are equal at both commits, on
 * clusters that are not.
 */
export const policyCheck: Check = { concern: 'policies', judge: judgePolicies };

async function judgePolicies(compared: readonly ComparedTarget[], { base, head }: World) {
  const affected = compared.filter((one) => one.affected);
  // The base is left out where the head does not render: what it has there must not count as fixed.
  const comparable = affected.filter((one) => one.head?.status !== 'failed');
  const around = compared.filter((one) => !one.affected && isAroundChange(one, base.judges, head.judges));
  const wholeOf = (side: 'base' | 'head', { whole }: CommitWorld) =>
    Promise.all(around.flatMap((one) => one[side] ?? []).map((rendering) => whole(rendering)));
  const [aroundBase, aroundHead] = await Promise.all([wholeOf('base', base), wholeOf('head', head)]);
  const [before, after] = await Promise.all([
    judgeSide(base.judges, {
      own: renderedOf(comparable.map((one) => one.base)),
      around: renderedOf(aroundBase),
    }),
    judgeSide(head.judges, {
      own: renderedOf(affected.map((one) => one.head)),
      around: renderedOf(aroundHead),
    }),
  ]);
  return joinCommits(before, after);
}

/** There is something else around it at the head than at the base, and there are rules that look at it. */
function isAroundChange({ target }: ComparedTarget, base: Judges, head: Judges): boolean {
  const { looksAround, looksNear } = head.policies;
  if (looksNear && !base.nearTo(target).isLike(head.nearTo(target))) return true;
  return looksAround && base.clusterOf(target).text !== head.clusterOf(target).text;
}

async function judgeSide(
  judges: Judges,
  { own, around }: Readonly<Record<'own' | 'around', readonly RenderedTarget[]>>,
): Promise<CommitJudgement> {
  const parts = await Promise.all([
    ...byCluster(own).map((rendering) => judgeTarget(rendering, judges, 'evaluate')),
    ...byCluster(around).map((rendering) => judgeTarget(rendering, judges, 'evaluateAround')),
  ]);
  return {
    violations: parts.flatMap(({ violations }) => violations),
    gaps: parts.flatMap(({ gaps }) => gaps),
    undecided: [],
  };
}

/** One after the other, targets of the same cluster need its resources read only once. */
function byCluster(renderings: readonly RenderedTarget[]): RenderedTarget[] {
  const keyOf = ({ target: { cluster, environment } }: RenderedTarget) =>
    JSON.stringify([cluster, environment]);
  return renderings.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

async function judgeTarget(
  { target, resources }: RenderedTarget,
  { policies, clusterOf, nearTo }: Judges,
  method: 'evaluate' | 'evaluateAround',
): Promise<CommitJudgement> {
  const cluster = policies.looksAround ? clusterOf(target) : undefined;
  const near = policies.looksNear ? nearTo(target) : undefined;
  const { violations, ofTarget, problems } = await policies[method](resources, { target, cluster, near });
  return {
    violations: [
      ...resources.flatMap((resource, index) => onResource(target, resource, violations[index] ?? [])),
      ...ofTarget.map((violation) => ({ subject: { is: 'target', target } as const, violation })),
    ],
    gaps: problems.map(policyGap),
    undecided: [],
  };
}

/** A policy that could not judge, as it is listed. */
export function policyGap({ path, message }: PolicyProblem): Gap {
  return { subject: path, reason: message, concern: 'policies' };
}
