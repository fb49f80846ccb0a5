import type { ClusterView } from '../checks/policies/clusterView.ts';
import type { PolicyProblem, PolicySet } from '../checks/policies/policySet.ts';
import type { SchemaCatalogue } from '../checks/schemas/catalogue.ts';
import type { NotValidated } from '../model/finding.ts';
import type { RenderedTarget } from '../model/rendering.ts';
import { apiVersionOf } from '../model/resource.ts';
import type { Target } from '../model/target.ts';
import type { Judged, Judgement } from './judged.ts';
import { judgeRules, type RuleJudges } from './judgeRules.ts';

export type { Judged, Judgement, TargetJudged } from './judged.ts';

/** The judges of one commit's rendered resources. */
export interface Judges {
  /** The schemas of the cluster that a target is applied to. */
  readonly schemasOf: (target: Target) => SchemaCatalogue;
  readonly policies: PolicySet;
  /** What the commit applies to a target's cluster. */
  readonly clusterOf: (target: Target) => ClusterView;
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
  const schemas = judgeSchemas(renderings, judges);
  const [rules, ...parts] = await Promise.all([
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
    undecided: rules.undecided,
  };
}

/** One after the other, targets of the same cluster need its resources read only once. */
function byCluster(renderings: readonly RenderedTarget[]): RenderedTarget[] {
  const keyOf = ({ target: { cluster, environment } }: RenderedTarget) =>
    JSON.stringify([cluster, environment]);
  return renderings.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

function judgeSchemas(
  renderings: readonly RenderedTarget[],
  { schemasOf }: Pick<Judges, 'schemasOf'>,
): Pick<Judgement, 'judged' | 'notValidated'> {
  const judged: Judged[] = [];
  const unknown = new Map<string, Unknown>();
  for (const { target, resources } of renderings) {
    const catalogue = schemasOf(target);
    for (const resource of resources) {
      const result = catalogue.check(resource);
      if (result.status === 'checked') {
        judged.push(...result.violations.map((violation) => ({ target, resource, violation })));
      } else {
        const kind = `${apiVersionOf(resource)} ${resource.kind}`;
        // Clusters of different versions may lack a kind for different reasons.
        const key = JSON.stringify([kind, result.hint]);
        const count = (unknown.get(key)?.count ?? 0) + 1;
        unknown.set(key, { kind, count, hint: result.hint ?? '' });
      }
    }
  }
  return {
    judged,
    notValidated: [...unknown].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => noSchema(kind)),
  };
}

/** A kind without schema. */
interface Unknown {
  readonly kind: string;
  readonly count: number;
  readonly hint: string;
}

function noSchema({ kind, count, hint }: Unknown): NotValidated {
  const resources = count === 1 ? '1 resource' : `${count} resources`;
  const reason = `no schema for this kind (${resources})${hint === '' ? '' : `; ${hint}`}`;
  return { subject: kind, reason, concern: 'schemas' };
}

async function judgePolicies(
  { target, resources }: RenderedTarget,
  { policies, clusterOf }: Judges,
  method: 'evaluate' | 'evaluateAround',
): Promise<Omit<Judgement, 'undecided'>> {
  const cluster = policies.looksAround ? clusterOf(target) : undefined;
  const { violations, ofTarget, problems } = await policies[method](resources, { target, cluster });
  return {
    judged: resources.flatMap((resource, index) =>
      (violations[index] ?? []).map((violation): Judged => ({ target, resource, violation })),
    ),
    ofTargets: ofTarget.map((violation) => ({ target, violation })),
    notValidated: problems.map(policyNotValidated),
  };
}

function policyNotValidated({ path, message }: PolicyProblem): NotValidated {
  return { subject: path, reason: message, concern: 'policies' };
}
