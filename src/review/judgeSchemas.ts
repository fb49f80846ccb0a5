import type { ApiRules, SchemaJudged } from '../checks/schemas/apiRules/apiRules.ts';
import type { SchemaCatalogue } from '../checks/schemas/catalogue.ts';
import type { NotValidated } from '../model/finding.ts';
import type { RenderedTarget } from '../model/rendering.ts';
import { apiVersionOf, describeResource, type Resource } from '../model/resource.ts';
import type { Target } from '../model/target.ts';
import type { Judged, Judgement, Undecided } from './judged.ts';

/** The judges of the version of a target's cluster. */
export interface SchemaJudges {
  readonly schemasOf: (target: Target) => SchemaCatalogue;
  /** The rules of the API server on built-in kinds. */
  readonly apiRulesOf: (target: Target) => ApiRules;
}

/**
 * Checks every resource against the schema of its kind and the rules of the API server, both
 * of the version of its target's cluster.
 */
export async function judgeSchemas(
  renderings: readonly RenderedTarget[],
  judges: SchemaJudges,
): Promise<Omit<Judgement, 'ofTargets'>> {
  const unknown = new UnknownKinds();
  const parts = await Promise.all(
    renderings.map(async ({ target, resources }) => {
      const checked = bySchema(target, resources, { judges, unknown });
      const byRules = await judges.apiRulesOf(target).check(checked);
      return checked.map(({ resource, violations }, index) => {
        const rules = byRules[index] ?? { violations: [] };
        return 'failure' in rules
          ? {
              judged: toJudged(target, resource, violations),
              notValidated: [failed(resource, rules.failure)],
            }
          : { judged: toJudged(target, resource, [...violations, ...rules.violations]), notValidated: [] };
      });
    }),
  );
  return {
    judged: parts.flat().flatMap(({ judged }) => judged),
    undecided: unknown.undecided,
    notValidated: [...unknown.list(), ...parts.flat().flatMap(({ notValidated }) => notValidated)],
  };
}

function bySchema(
  target: Target,
  resources: readonly Resource[],
  { judges, unknown }: { readonly judges: SchemaJudges; readonly unknown: UnknownKinds },
): SchemaJudged[] {
  const catalogue = judges.schemasOf(target);
  return resources.flatMap((resource): SchemaJudged[] => {
    const result = catalogue.check(resource);
    if (result.status === 'checked') return [{ resource, violations: result.violations }];
    unknown.add(target, resource, result.hint ?? '');
    return [];
  });
}

function toJudged(target: Target, resource: Resource, violations: SchemaJudged['violations']): Judged[] {
  return violations.map((violation) => ({ target, resource, violation }));
}

function failed(resource: Resource, why: string): NotValidated {
  const reason = `the API server's own rules could not be applied: ${why}`;
  return { subject: describeResource(resource), reason, concern: 'schemas' };
}

/** Kinds without schema, each once with its count. */
class UnknownKinds {
  readonly #counts = new Map<string, { kind: string; count: number; hint: string }>();
  /** All of their resources: what the base's schema said of them is not fixed. */
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

/** Groups with a dot are Kubernetes' own where they end in `k8s.io`; of the others definitions are written. */
function wayOut(kind: string): string {
  const [group = ''] = kind.split('/');
  if (!group.includes('.') || group.endsWith('.k8s.io')) return '';
  return '; add its CustomResourceDefinition to the repository, or name a folder with its schema under schemas.locations in .hydrant.yaml';
}
