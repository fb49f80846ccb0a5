import type { NotValidated } from '../../model/finding.ts';
import { onResource } from '../../model/judgement.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import { apiVersionOf, describeResource } from '../../model/resource.ts';
import type { Check } from '../check.ts';
import { type CommitJudgement, judgeCommits } from '../judgeCommits.ts';
import { CUSTOM_RESOURCE_RULE, judgeCustomResources } from './customResourceRules.ts';
import { judgeDefinitions } from './definitionRules.ts';
import type { RuleJudgement } from './judgement.ts';
import type { RuleJudges } from './ruleJudges.ts';
import type { RuledSubject } from './subject.ts';

/** Checks resources by the CEL rules of their definitions, and definitions by whether their rules can be used. */
export const celCheck: Check = {
  concern: 'schemas',
  judge: (compared, { base, head }) =>
    judgeCommits(compared, (side, renderings) =>
      judgeSide(renderings, (side === 'base' ? base : head).judges.rules),
    ),
};

async function judgeSide(
  renderings: readonly RenderedTarget[],
  judges: RuleJudges,
): Promise<CommitJudgement> {
  const subjects = renderings.flatMap(({ target, resources }) =>
    resources.map(
      (resource): RuledSubject => ({ target, resource, before: judges.before(target, resource) }),
    ),
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
    violations: judgements.flatMap(({ subject: { target, resource }, violations }) =>
      onResource(target, resource, violations),
    ),
    gaps: notValidated(judgements),
    undecided: judgements.flatMap(({ subject: { target, resource }, unchecked }) =>
      unchecked.length === 0 ? [] : [{ target, resource, rule: CUSTOM_RESOURCE_RULE }],
    ),
  };
}

/** One for each kind and reason, with the first of the resources. */
function notValidated(
  judgements: readonly (RuleJudgement & { readonly subject: RuledSubject })[],
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
