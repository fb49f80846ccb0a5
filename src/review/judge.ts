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
  readonly schemas: SchemaCatalogue;
  readonly policies: PolicySet;
}

export interface Judgement {
  readonly judged: readonly Judged[];
  readonly notValidated: readonly NotValidated[];
}

/** Checks every resource of the rendered targets against schemas and policies. */
export async function judge(renderings: readonly RenderedTarget[], judges: Judges): Promise<Judgement> {
  const schemas = judgeSchemas(renderings, judges.schemas);
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
function judgeSchemas(renderings: readonly RenderedTarget[], catalogue: SchemaCatalogue): Judgement {
  const judged: Judged[] = [];
  const unknown = new Map<string, { count: number; hint: string }>();
  for (const { target, resources } of renderings) {
    for (const resource of resources) {
      const result = catalogue.check(resource);
      if (result.status === 'checked') {
        judged.push(...result.violations.map((violation) => ({ target, resource, violation })));
      } else {
        const kind = `${apiVersionOf(resource)} ${resource.kind}`;
        unknown.set(kind, { count: (unknown.get(kind)?.count ?? 0) + 1, hint: result.hint ?? '' });
      }
    }
  }
  return {
    judged,
    notValidated: [...unknown]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, { count, hint }]) => noSchema(kind, count, hint)),
  };
}

function noSchema(kind: string, count: number, hint: string): NotValidated {
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
