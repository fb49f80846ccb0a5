import type { NotValidated, Violation } from '../../model/finding.ts';
import { ANY_HEEDED, isMerged } from '../../model/heeded.ts';
import { onResource, type SubjectViolation } from '../../model/judgement.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import { describeResource, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { Check } from '../check.ts';
import { type CommitJudgement, judgeCommits } from '../judgeCommits.ts';
import type { Judges } from '../judges.ts';
import type { SchemaJudged } from './apiRules/apiRules.ts';
import { ofPartialObject } from './partialObject.ts';
import { UnknownKinds } from './unknownKinds.ts';

/**
 * Checks every resource of the affected targets against the schema of its kind and the rules
 * of the API server, both of the version of its target's cluster.
 */
export const schemaCheck: Check = {
  concern: 'schemas',
  judge: async (compared, { base, head }) => {
    const unknown = { base: new UnknownKinds(), head: new UnknownKinds() };
    const judgement = await judgeCommits(compared, (side, renderings) => {
      const { judges, discovery } = side === 'base' ? base : head;
      return judgeSide(renderings, { judges, declared: discovery.declared, unknown: unknown[side] });
    });
    return { ...judgement, gaps: [...unknown.head.list(unknown.base), ...judgement.gaps] };
  },
};

/** How a commit is judged, and where the kinds go that have no schema. */
interface Judging {
  readonly judges: Judges;
  readonly declared: ReadonlyMap<string, OperatorRecord>;
  readonly unknown: UnknownKinds;
}

type RulesJudged = { readonly failure: string } | { readonly violations: readonly Violation[] };

async function judgeSide(renderings: readonly RenderedTarget[], judging: Judging): Promise<CommitJudgement> {
  const { judges, unknown, declared } = judging;
  const parts = await Promise.all(
    renderings.map(async ({ target, resources }) => {
      const checked = bySchema(target, resources, judging);
      const byRules = await judges.apiRulesOf(target).check(checked);
      const { heeds = ANY_HEEDED, merges = false } = declared.get(target.id) ?? {};
      return checked.map((one, index) =>
        joined(target, one, {
          rules: byRules[index] ?? { violations: [] },
          isPart: isMerged(one.resource.manifest, { heeds, merges }),
        }),
      );
    }),
  );
  return {
    violations: parts.flat().flatMap(({ violations }) => violations),
    undecided: unknown.undecided,
    gaps: parts.flat().flatMap(({ gaps }) => gaps),
  };
}

function bySchema(
  target: Target,
  resources: readonly Resource[],
  { judges, unknown }: Judging,
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
  { rules, isPart }: { readonly rules: RulesJudged; readonly isPart: boolean },
): { violations: readonly SubjectViolation[]; gaps: readonly NotValidated[] } {
  const byRules = 'failure' in rules ? [] : rules.violations;
  const said = isPart ? ofPartialObject({ bySchema: violations, byRules }) : [...violations, ...byRules];
  return {
    violations: onResource(target, resource, said),
    gaps: 'failure' in rules ? [failed(resource, rules.failure)] : [],
  };
}

function failed(resource: Resource, why: string): NotValidated {
  const reason = `the API server's own rules could not be applied: ${why}`;
  return { subject: describeResource(resource), reason, concern: 'schemas' };
}
