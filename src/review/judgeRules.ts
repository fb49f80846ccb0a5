import {
  CUSTOM_RESOURCE_RULE,
  type CustomResourceContext,
  judgeCustomResources,
} from '../checks/cel/customResourceRules.ts';
import { judgeDefinitions } from '../checks/cel/definitionRules.ts';
import type { RuleJudgement } from '../checks/cel/judgement.ts';
import type { Before, Subject } from '../checks/cel/subject.ts';
import type { NotValidated } from '../model/finding.ts';
import type { RenderedTarget } from '../model/rendering.ts';
import { apiVersionOf, describeResource, type Resource } from '../model/resource.ts';
import type { Target } from '../model/target.ts';
import type { Judgement } from './judged.ts';

/** What CEL rules are asked with, besides the resources. */
export interface RuleJudges extends CustomResourceContext {
  /** What a resource of a target was at the base. */
  readonly before: (target: Target, resource: Resource) => Before;
}

/** Checks resources by the CEL rules of their definitions, and definitions by whether their rules can be used. */
export async function judgeRules(
  renderings: readonly RenderedTarget[],
  judges: RuleJudges,
): Promise<Omit<Judgement, 'ofTargets'>> {
  const subjects = renderings.flatMap(({ target, resources }) =>
    resources.map((resource): Subject => ({ target, resource, before: judges.before(target, resource) })),
  );
  const resources = subjects.map(({ resource }) => resource);
  const [custom, definitions] = await Promise.all([
    judgeCustomResources(subjects, judges),
    judgeDefinitions(resources, judges),
  ]);
  const judgements = subjects.flatMap((subject, index) =>
    [custom[index], definitions[index]].flatMap((judgement) =>
      judgement === undefined ? [] : [{ ...judgement, subject }],
    ),
  );
  return {
    judged: judgements.flatMap(({ subject: { target, resource }, violations }) =>
      violations.map((violation) => ({ target, resource, violation })),
    ),
    notValidated: notValidated(judgements),
    undecided: judgements.flatMap(({ subject: { target, resource }, unchecked }) =>
      unchecked.length === 0 ? [] : [{ target, resource, rule: CUSTOM_RESOURCE_RULE }],
    ),
  };
}

/** One for each kind and reason, with the first of the resources. */
function notValidated(
  judgements: readonly (RuleJudgement & { readonly subject: Subject })[],
): NotValidated[] {
  const groups = new Map<string, { kind: string; reason: string; resources: Set<string> }>();
  for (const { subject, unchecked } of judgements) {
    for (const reason of unchecked) {
      const kind = `${apiVersionOf(subject.resource)} ${subject.resource.kind}`;
      const key = JSON.stringify([kind, reason]);
      const group = groups.get(key) ?? { kind, reason, resources: new Set<string>() };
      group.resources.add(describeResource(subject.resource));
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ kind, reason, resources }) => ({
    subject: kind,
    reason: `the CEL rules of ${named([...resources].toSorted())} are not checked: ${reason}`,
    concern: 'schemas',
  }));
}

function named([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
