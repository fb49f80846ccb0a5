import type { Engine } from '../../engine/engine.ts';
import type { CustomResourceReply, RuleResult } from '../../engine/protocol/customResources.ts';
import type { Violation } from '../../model/finding.ts';
import { apiVersionOf } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { CustomVersion } from '../schemas/customVersions.ts';
import type { SchemaSet } from '../schemas/schemaSet.ts';
import { askOnce } from './askOnce.ts';
import { hasRules } from './hasRules.ts';
import { NOTHING, type RuleJudgement } from './judgement.ts';
import { ruledResource } from './ruledResource.ts';
import type { RuledSubject } from './subject.ts';
import { toViolations } from './toViolations.ts';

export interface CustomResourceContext {
  readonly engine: Engine;
  /** The schemas of the cluster that a target is applied to. */
  readonly schemasOf: (target: Target) => SchemaSet;
  readonly signal?: AbortSignal | undefined;
}

export const CUSTOM_RESOURCE_RULE = 'schema/cel';

/**
 * Checks custom resources by the CEL rules (`x-kubernetes-validations`) of their
 * definitions. Equal ones are evaluated once.
 * @returns a judgement for each subject, in their order.
 */
export async function judgeCustomResources(
  subjects: readonly RuledSubject[],
  context: CustomResourceContext,
): Promise<RuleJudgement[]> {
  const judged = await Promise.all(
    grouped(subjects, context).map(async ({ schemas, group }) => {
      const judgements = await judgeGroup(group, schemas, context);
      return group.map((subject, index) => [subject, judgements[index] ?? NOTHING] as const);
    }),
  );
  const bySubject = new Map(judged.flat());
  return subjects.map((subject) => bySubject.get(subject) ?? NOTHING);
}

interface Group {
  readonly schemas: SchemaSet;
  readonly group: RuledSubject[];
}

/** Subjects of one kind and cluster version, all of which are compared with the base, or none. */
function grouped(subjects: readonly RuledSubject[], { schemasOf }: CustomResourceContext): Group[] {
  const numbers = new Map<SchemaSet, number>();
  const groups = new Map<string, Group>();
  for (const subject of subjects) {
    const schemas = schemasOf(subject.target);
    const number = numbers.get(schemas) ?? numbers.size;
    numbers.set(schemas, number);
    const key = JSON.stringify([number, kindOf(subject), subject.before.status]);
    const group = groups.get(key)?.group ?? [];
    group.push(subject);
    groups.set(key, { schemas, group });
  }
  return [...groups.values()];
}

function kindOf({ resource }: RuledSubject): string {
  return `${apiVersionOf(resource)} ${resource.kind}`;
}

async function judgeGroup(
  group: readonly RuledSubject[],
  schemas: SchemaSet,
  context: CustomResourceContext,
): Promise<RuleJudgement[]> {
  const [first] = group;
  if (first === undefined) return [];
  const versions = schemas.customVersions(kindOf(first)).filter(({ reason }) => reason === null);
  // What one of several clusters accepts is no mistake.
  if (versions.length === 0 || !versions.every(({ schema }) => hasRules(schema)))
    return group.map(() => NOTHING);
  const byVersion = await Promise.all(versions.map((version) => judgeBy(version, group, context)));
  return group.map((_, index) => leastOf(byVersion.map((judgements) => judgements[index] ?? NOTHING)));
}

async function judgeBy(
  version: CustomVersion,
  group: readonly RuledSubject[],
  { engine, signal }: CustomResourceContext,
): Promise<RuleJudgement[]> {
  const answers = await askOnce(group.map(ruledResource), async (resources) => {
    const params = {
      schema: version.schema,
      hasStatus: version.hasStatus,
      compare: group[0]?.before.status === 'known',
      resources,
    };
    const reply = await engine.checkCustomResources(params, signal);
    return resources.map((_, index) => judgementOf(reply, index));
  });
  return group.map((subject, index) => compared(subject, answers[index]));
}

interface Answer {
  readonly result: RuleResult;
  readonly transitions: boolean;
}

function judgementOf({ problem, transitions, results }: CustomResourceReply, index: number): Answer {
  const unchecked = problem === undefined ? [] : [problem];
  return { result: results[index] ?? { violations: [], unchecked }, transitions };
}

function compared({ before }: RuledSubject, answer: Answer | undefined): RuleJudgement {
  if (answer === undefined) return NOTHING;
  const { result, transitions } = answer;
  const unknown = before.status === 'unknown' && transitions ? [before.reason] : [];
  const violations: Violation[] = toViolations(result, CUSTOM_RESOURCE_RULE);
  return { violations, unchecked: [...result.unchecked, ...unknown] };
}

function leastOf(judgements: readonly RuleJudgement[]): RuleJudgement {
  const sorted = judgements.toSorted(
    (one, other) =>
      one.violations.length - other.violations.length || one.unchecked.length - other.unchecked.length,
  );
  return sorted[0] ?? NOTHING;
}
