import type { NotValidated, Violation } from '../../model/finding.ts';
import { onResource, type SubjectViolation, type Undecided } from '../../model/judgement.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import { apiVersionOf, describeResource, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { Check } from '../check.ts';
import { type CommitJudgement, judgeCommits } from '../judgeCommits.ts';
import type { Judges } from '../judges.ts';
import type { SchemaJudged } from './apiRules/apiRules.ts';

/**
 * Checks every resource of the affected targets against the schema of its kind and the rules
 * of the API server, both of the version of its target's cluster.
 */
export const schemaCheck: Check = {
  concern: 'schemas',
  judge: (compared, { base, head }) =>
    judgeCommits(compared, (side, renderings) =>
      judgeSide(renderings, (side === 'base' ? base : head).judges),
    ),
};

async function judgeSide(renderings: readonly RenderedTarget[], judges: Judges): Promise<CommitJudgement> {
  const unknown = new UnknownKinds();
  const parts = await Promise.all(
    renderings.map(async ({ target, resources }) => {
      const checked = bySchema(target, resources, { judges, unknown });
      const byRules = await judges.apiRulesOf(target).check(checked);
      return checked.map((one, index) => joined(target, one, byRules[index] ?? { violations: [] }));
    }),
  );
  return {
    violations: parts.flat().flatMap(({ violations }) => violations),
    undecided: unknown.undecided,
    gaps: [...unknown.list(), ...parts.flat().flatMap(({ gaps }) => gaps)],
  };
}

function bySchema(
  target: Target,
  resources: readonly Resource[],
  { judges, unknown }: { readonly judges: Judges; readonly unknown: UnknownKinds },
): SchemaJudged[] {
  const schemas = judges.schemasOf(target);
  return resources.flatMap((resource): SchemaJudged[] => {
    const result = schemas.check(resource);
    if (result.status === 'checked') return [{ resource, violations: result.violations }];
    unknown.add(target, resource, result.hint ?? '');
    return [];
  });
}

/** What the schema and the API server's rules say of one resource. */
function joined(
  target: Target,
  { resource, violations }: SchemaJudged,
  rules: { readonly failure: string } | { readonly violations: readonly Violation[] },
): { violations: readonly SubjectViolation[]; gaps: readonly NotValidated[] } {
  if ('failure' in rules)
    return { violations: onResource(target, resource, violations), gaps: [failed(resource, rules.failure)] };
  return { violations: onResource(target, resource, [...violations, ...rules.violations]), gaps: [] };
}

function failed(resource: Resource, why: string): NotValidated {
  const reason = `the API server's own rules could not be applied: ${why}`;
  return { subject: describeResource(resource), reason, concern: 'schemas' };
}
/** Collects the kinds without a schema, each once with the number of its resources. */
class UnknownKinds {
  readonly #counts = new Map<string, { kind: string; count: number; hint: string }>();
  /** All of their resources. A schema error that one of them had at the base is not fixed. */
  readonly undecided: Undecided[] = [];

  add(target: Target, resource: Resource, hint: string): void {
    this.undecided.push({ target, resource, rule: 'schema/' });
    const kind = `${apiVersionOf(resource)} ${resource.kind}`;
    // Clusters of different versions may lack a kind for different reasons.
    const key = JSON.stringify([kind, hint]);
    this.#counts.set(key, { kind, count: (this.#counts.get(key)?.count ?? 0) + 1, hint });
  }

  list(): NotValidated[] {
    return [...this.#counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { kind, count, hint }]) => {
        const resources = count === 1 ? '1 resource' : `${count} resources`;
        const help = hint === '' ? wayOut(kind) : `; ${hint}`;
        const reason = `no schema for this kind (${resources})${help}`;
        return { subject: kind, reason, concern: 'schemas' };
      });
  }
}

/** Advice for a kind of a custom group. Groups without a dot, and those in `k8s.io`, are Kubernetes' own. */
export function wayOut(kind: string): string {
  const [group = ''] = kind.split('/');
  if (!group.includes('.') || group.endsWith('.k8s.io')) return '';
  return '; add its CustomResourceDefinition to the repository, or name a folder with its schema under schemas.locations in .hydrant.yaml';
}
