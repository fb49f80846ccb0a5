import type { FoundObject } from '../../model/foundObject.ts';
import type { Target } from '../../model/target.ts';
import { OPERATORS } from '../../targets/operators.ts';
import type { Check } from '../check.ts';
import type { CommitJudgement } from '../judgeCommits.ts';
import type { Judges } from '../judges.ts';
import { policyGap } from '../policies/policyCheck.ts';
import type { CommitWorld } from '../world.ts';
import { newGaps } from './newGaps.ts';
import { onObject } from './operatorCheck.ts';

/**
 * Judges the Applications, Kustomizations and the like that stand in plain files by their
 * schemas and the policies for one resource: what is applied by hand, once, no target renders.
 * Rendered ones are judged with their targets.
 */
export const plainObjectCheck: Check = {
  concern: 'policies',
  judge: async (compared, { base, head }) => {
    const [before, after] = await Promise.all([judgeSide(base), judgeSide(head)]);
    return {
      before: before.violations,
      after: after.violations,
      gaps: newGaps(
        { gaps: before.gaps, objects: base.discovery.objects },
        { gaps: after.gaps, objects: head.discovery.objects },
        compared,
      ),
      undecided: [],
    };
  },
};

async function judgeSide({ discovery, judges }: CommitWorld): Promise<Omit<CommitJudgement, 'undecided'>> {
  const plain = discovery.objects.filter((object) => object.place.in === 'file' && isOperators(object));
  const parts = await Promise.all(plain.map((object) => judgeOne(object, judges)));
  return {
    violations: parts.flatMap(({ violations }) => violations),
    gaps: parts.flatMap(({ gaps }) => gaps),
  };
}

function isOperators({ resource }: FoundObject): boolean {
  return OPERATORS.some((operator) => operator.declares(resource));
}

/** Their kinds are custom ones, of no version of Kubernetes. */
async function judgeOne(
  object: FoundObject,
  { policies, schemas }: Pick<Judges, 'policies' | 'schemas'>,
): Promise<Omit<CommitJudgement, 'undecided'>> {
  const checked = schemas.check(object.resource);
  const bySchema = checked.status === 'checked' ? checked.violations : [];
  const { violations, problems } = await policies.evaluateEach([object.resource], {
    target: standIn(object),
  });
  return {
    violations: [...bySchema, ...violations.flat()].map((violation) => onObject({ object, violation })),
    gaps: problems.map(policyGap),
  };
}

/** Policies ask a target for where it is applied. */
function standIn({ cluster, environment, place }: FoundObject): Target {
  const path = place.in === 'file' ? place.path : '.';
  const source = { tool: 'none', reason: 'it is applied by hand' } as const;
  return { id: path, kind: 'kustomize', path, cluster, environment, source };
}
