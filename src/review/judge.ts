import type { ClusterView } from '../checks/policies/clusterView.ts';
import type { NearView } from '../checks/policies/nearView.ts';
import type { PolicyProblem, PolicySet } from '../checks/policies/policySet.ts';
import type { SchemaCatalogue } from '../checks/schemas/catalogue.ts';
import type { NotValidated } from '../model/finding.ts';
import type { RenderedTarget } from '../model/rendering.ts';
import type { Target } from '../model/target.ts';
import type { Judged, Judgement } from './judged.ts';
import { judgeRules, type RuleJudges } from './judgeRules.ts';
import { judgeSchemas, type SchemaJudges } from './judgeSchemas.ts';

export type { Judged, Judgement, TargetJudged } from './judged.ts';

/** The judges of one commit's rendered resources. */
export interface Judges extends SchemaJudges {
  readonly policies: PolicySet;
  /** Of the version that is meant where no cluster says another. */
  readonly schemas: SchemaCatalogue;
  /** What the commit applies to a target's cluster. */
  readonly clusterOf: (target: Target) => ClusterView;
  readonly nearTo: (target: Target) => NearView;
  readonly rules: RuleJudges;
}

/**
 * Checks every resource of the rendered targets against schemas, CEL rules and policies.
 * @param around targets whose resources are equal at both commits, on clusters that are not:
 *   only policies that look at the other targets of a cluster judge them.
 */
export async function judge(
  renderings: readonly RenderedTarget[],
  judges: Judges,
  around: readonly RenderedTarget[] = [],
): Promise<Judgement> {
  const [schemas, rules, ...parts] = await Promise.all([
    judgeSchemas(renderings, judges),
    judgeRules(renderings, judges.rules),
    ...byCluster(renderings).map((one) => judgePolicies(one, judges, 'evaluate')),
    ...byCluster(around).map((one) => judgePolicies(one, judges, 'evaluateAround')),
  ]);
  return {
    judged: [...schemas.judged, ...rules.judged, ...parts.flatMap(({ judged }) => judged)],
    ofTargets: parts.flatMap(({ ofTargets }) => ofTargets),
    notValidated: [
      ...schemas.notValidated,
      ...rules.notValidated,
      ...parts.flatMap(({ notValidated }) => notValidated),
    ],
    undecided: [...schemas.undecided, ...rules.undecided],
  };
}

/** One after the other, targets of the same cluster need its resources read only once. */
function byCluster(renderings: readonly RenderedTarget[]): RenderedTarget[] {
  const keyOf = ({ target: { cluster, environment } }: RenderedTarget) =>
    JSON.stringify([cluster, environment]);
  return renderings.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

async function judgePolicies(
  { target, resources }: RenderedTarget,
  { policies, clusterOf, nearTo }: Judges,
  method: 'evaluate' | 'evaluateAround',
): Promise<Omit<Judgement, 'undecided'>> {
  const cluster = policies.looksAround ? clusterOf(target) : undefined;
  const near = policies.looksNear ? nearTo(target) : undefined;
  const { violations, ofTarget, problems } = await policies[method](resources, { target, cluster, near });
  return {
    judged: resources.flatMap((resource, index) =>
      (violations[index] ?? []).map((violation): Judged => ({ target, resource, violation })),
    ),
    ofTargets: ofTarget.map((violation) => ({ target, violation })),
    notValidated: problems.map(policyNotValidated),
  };
}

/** A policy that could not judge, as it is listed. */
export function policyNotValidated({ path, message }: PolicyProblem): NotValidated {
  return { subject: path, reason: message, concern: 'policies' };
}
