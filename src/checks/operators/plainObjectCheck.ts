import { digestOf } from '../../model/digestOf.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import type { Gap, SubjectViolation } from '../../model/judgement.ts';
import { knownAs } from '../../model/knownAs.ts';
import { apiVersionOf, describeResource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { OPERATORS } from '../../targets/operators.ts';
import type { Check } from '../check.ts';
import type { CommitJudgement } from '../judgeCommits.ts';
import type { Judges } from '../judges.ts';
import { policyGap } from '../policies/policyCheck.ts';
import { wayOut } from '../schemas/unknownKinds.ts';
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
    const [before, after] = await Promise.all([judgeCommit(base), judgeCommit(head)]);
    return {
      // What no schema judges any more is not fixed.
      before: before.violations.filter((one) => !isUnchecked(one, after.unchecked)),
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

interface PlainJudgement extends Omit<CommitJudgement, 'undecided'> {
  /** The objects without a schema, by the names that they are known as. */
  readonly unchecked: ReadonlySet<string>;
}

async function judgeCommit({ discovery, judges }: CommitWorld): Promise<PlainJudgement> {
  const plain = discovery.objects.filter((object) => object.place.in === 'file' && isOperators(object));
  const parts = await Promise.all(plain.map((object) => judgeOne(object, judges)));
  return {
    violations: parts.flatMap(({ violations }) => violations),
    gaps: parts.flatMap(({ gaps }) => gaps),
    unchecked: new Set(parts.flatMap(({ unchecked }) => [...unchecked])),
  };
}

function isUnchecked({ subject, violation }: SubjectViolation, unchecked: ReadonlySet<string>): boolean {
  const isOfSchema = subject.is === 'object' && violation.rule.startsWith('schema/');
  return isOfSchema && unchecked.has(knownAs(subject.object));
}

function isOperators({ resource }: FoundObject): boolean {
  return OPERATORS.some((operator) => operator.declares(resource));
}

/** Their kinds are custom ones, of no version of Kubernetes. */
async function judgeOne(
  object: FoundObject,
  { policies, schemas }: Pick<Judges, 'policies' | 'schemas'>,
): Promise<PlainJudgement> {
  const checked = schemas.check(object.resource);
  const bySchema = checked.status === 'checked' ? checked.violations : [];
  const { violations, problems } = await policies.evaluateEach([object.resource], {
    target: targetOf(object),
  });
  return {
    violations: [...bySchema, ...violations.flat()].map((violation) => onObject({ object, violation })),
    gaps: [
      ...problems.map(policyGap),
      ...(checked.status === 'no-schema' ? [schemaGap(object, checked.hint)] : []),
    ],
    unchecked: new Set(checked.status === 'no-schema' ? [knownAs(object)] : []),
  };
}

/** Counts where the object is new or changes. */
function schemaGap({ resource }: FoundObject, hint: string | undefined): Gap {
  const kind = `${apiVersionOf(resource)} ${resource.kind}`;
  const help = hint === undefined ? wayOut(kind) : `; ${hint}`;
  return {
    subject: describeResource(resource),
    reason: `no schema for ${kind}${help}`,
    concern: 'schemas',
    decidedBy: digestOf(resource.manifest),
  };
}

/** Policies ask a target for where it is applied. */
function targetOf({ cluster, environment, place }: FoundObject): Target {
  const path = place.in === 'file' ? place.path : '.';
  const source = { tool: 'none', reason: 'it is applied by hand' } as const;
  return { id: path, kind: 'kustomize', path, cluster, environment, source };
}
