import type { PolicyProblem, PolicySet } from '../checks/policies/policySet.ts';
import type { SchemaCatalogue } from '../checks/schemas/catalogue.ts';
import type { FoundObject, ObjectViolation } from '../model/foundObject.ts';
import type { Target } from '../model/target.ts';

/** What judges plain objects. Their kinds are custom ones, of no version of Kubernetes. */
export interface PlainJudges {
  readonly policies: PolicySet;
  readonly schemas: SchemaCatalogue;
}

/** What schemas and policies say of objects, and which of them could not. */
export interface PlainJudgement {
  readonly objects: readonly ObjectViolation[];
  readonly problems: readonly PolicyProblem[];
}

/**
 * Judges the Applications, Kustomizations and the like that stand in plain files by their
 * schemas and the policies for one resource: what is applied by hand, once, no target renders.
 * @param objects all that a commit holds; rendered ones are judged with their targets.
 */
export async function judgePlainObjects(
  objects: readonly FoundObject[],
  { policies, schemas }: PlainJudges,
): Promise<PlainJudgement> {
  const plain = objects.filter((object) => object.place.in === 'file' && isOperators(object));
  const parts = await Promise.all(plain.map((object) => judgeOne(object, { policies, schemas })));
  return {
    objects: parts.flatMap((part) => part.objects),
    problems: parts.flatMap((part) => part.problems),
  };
}

function isOperators({ resource: { group, kind } }: FoundObject): boolean {
  return (
    (group === 'argoproj.io' && (kind === 'Application' || kind === 'ApplicationSet')) ||
    group.endsWith('.toolkit.fluxcd.io')
  );
}

async function judgeOne(object: FoundObject, { policies, schemas }: PlainJudges): Promise<PlainJudgement> {
  const checked = schemas.check(object.resource);
  const bySchema = checked.status === 'checked' ? checked.violations : [];
  const { violations, problems } = await policies.evaluateEach([object.resource], {
    target: standIn(object),
  });
  return {
    objects: [...bySchema, ...violations.flat()].map((violation) => ({ object, violation })),
    problems,
  };
}

/** Policies ask a target for where it is applied. */
function standIn({ cluster, environment, place }: FoundObject): Target {
  const path = place.in === 'file' ? place.path : '.';
  const source = { tool: 'none', reason: 'it is applied by hand' } as const;
  return { id: path, kind: 'kustomize', path, cluster, environment, source };
}
