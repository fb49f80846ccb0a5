import type { PolicyProblem, PolicySet } from '../checks/policies/policySet.ts';
import type { SchemaCatalogue } from '../checks/schemas/catalogue.ts';
import type { NotValidated, Violation } from '../model/finding.ts';
import type { RenderedTarget } from '../model/rendering.ts';
import { apiVersionOf, type Resource } from '../model/resource.ts';
import type { Target } from '../model/target.ts';

/** A violation with the resource and target that it was found in. */
export interface Judged {
  readonly target: Target;
  readonly resource: Resource;
  readonly violation: Violation;
}

/** The judges of one commit's rendered resources. */
export interface Judges {
  /** The schemas of the cluster that a target is applied to. */
  readonly schemasOf: (target: Target) => SchemaCatalogue;
  readonly policies: PolicySet;
}

export interface Judgement {
  readonly judged: readonly Judged[];
  readonly notValidated: readonly NotValidated[];
}

/** Checks every resource of the rendered targets against schemas and policies. */
export async function judge(renderings: readonly RenderedTarget[], judges: Judges): Promise<Judgement> {
  const schemas = judgeSchemas(renderings, judges);
  const policies = await Promise.all(
    renderings.map((rendering) => judgePolicies(rendering, judges.policies)),
  );
  return {
    judged: [...schemas.judged, ...policies.flatMap(({ judged }) => judged)],
    notValidated: [
      ...schemas.notValidated,
      ...policies.flatMap(({ problems }) => problems.map(policyNotValidated)),
    ],
  };
}

function judgeSchemas(
  renderings: readonly RenderedTarget[],
  { schemasOf }: Pick<Judges, 'schemasOf'>,
): Judgement {
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

async function judgePolicies({ target, resources }: RenderedTarget, policies: PolicySet) {
  const { violations, problems } = await policies.evaluate(resources, { target });
  const judged = resources.flatMap((resource, index) =>
    (violations[index] ?? []).map((violation): Judged => ({ target, resource, violation })),
  );
  return { judged, problems };
}

function policyNotValidated({ path, message }: PolicyProblem): NotValidated {
  return { subject: path, reason: message, concern: 'policies' };
}
