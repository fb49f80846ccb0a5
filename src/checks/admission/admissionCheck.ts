import type { ComparedTarget } from '../../model/comparedTarget.ts';
import type { Gap } from '../../model/judgement.ts';
import { onResource } from '../../model/judgement.ts';
import type { Rendering } from '../../model/rendering.ts';
import { describeResource, identityOf, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { isChanged, type RuledSubject } from '../cel/subject.ts';
import type { Check } from '../check.ts';
import { type CommitJudgement, joinCommits } from '../judgeCommits.ts';
import type { Judges } from '../judges.ts';
import type { World } from '../world.ts';
import type { AdmissionSet } from './admissionSet.ts';
import { bothSets } from './bothSets.ts';
import {
  type AdmissionContext,
  type AdmissionJudgement,
  admissionRule,
  judgeAdmission,
} from './judgeAdmission.ts';

/**
 * Asks the ValidatingAdmissionPolicies of each cluster about the resources that the merge
 * changes there, and about all of the cluster's where the policies themselves change. The
 * base's policies judge the head, too: no pull request switches off what judges it. Those
 * that only the head has come on top.
 */
export const admissionCheck: Check = { concern: 'policies', judge: judgeBoth };

async function judgeBoth(compared: readonly ComparedTarget[], world: World) {
  const [base, head] = [world.base.judges, world.head.judges];
  const { before: setsBefore, after: setsAfter, differ } = bothSets(compared);
  const baseForHead = forHead(setsBefore, setsAfter);
  const judged = compared.filter(({ affected, target }) => affected || differ(target));
  const known = judged.filter((one) => one.head?.status !== 'failed');
  const [before, after] = await Promise.all([
    judgeSide(subjectsBefore(known), { ...base.rules, setsOf: (target) => [setsBefore(target)] }),
    judgeSide(
      subjectsAfter(judged, head),
      {
        ...head.rules,
        setsOf: (target) => (differ(target) ? [baseForHead(target), setsAfter(target)] : [setsAfter(target)]),
      },
      (subject) => differ(subject.target) || isChanged(subject),
    ),
  ]);
  return joinCommits(before, after);
}

/** The base's sets for the head's resources: one object for each, so that its resources are asked about together. */
function forHead(
  setsBefore: (target: Target) => AdmissionSet,
  setsAfter: (target: Target) => AdmissionSet,
): (target: Target) => AdmissionSet {
  const known = new Map<AdmissionSet, Map<AdmissionSet, AdmissionSet>>();
  return (target) => {
    const [before, after] = [setsBefore(target), setsAfter(target)];
    const alike = known.get(before) ?? new Map<AdmissionSet, AdmissionSet>();
    const set = alike.get(after) ?? withNamespaces(before, after);
    known.set(before, alike.set(after, set));
    return set;
  };
}

/** The base's set knows the Namespaces that only the head has. */
function withNamespaces(before: AdmissionSet, after: AdmissionSet): AdmissionSet {
  const known = new Set(before.namespaces.map(({ name }) => name));
  const added = after.namespaces.filter(({ name }) => !known.has(name));
  return { ...before, namespaces: [...before.namespaces, ...added] };
}

/** Resources of the base as updates that change nothing, where the head has them: what is asked of the one is asked of the other. */
function subjectsBefore(compared: readonly ComparedTarget[]): RuledSubject[] {
  return compared.flatMap(({ base, head }) => {
    if (base?.status !== 'rendered') return [];
    const { target, resources } = base;
    const kept = new Set(resourcesOf(head).map(identityOf));
    return resources.map((resource): RuledSubject => {
      const there = kept.has(identityOf(resource)) ? resource : null;
      return { target, resource, before: { status: 'known', resource: there } };
    });
  });
}

function subjectsAfter(compared: readonly ComparedTarget[], { rules }: Judges): RuledSubject[] {
  return compared.flatMap(({ target, head }) =>
    resourcesOf(head).map(
      (resource): RuledSubject => ({ target, resource, before: rules.before(target, resource) }),
    ),
  );
}

function resourcesOf(rendering: Rendering | null): readonly Resource[] {
  return rendering?.status === 'rendered' ? rendering.resources : [];
}

/** @param counts whether it matters that nobody knows what is said of a subject; it does not where nothing of it changes. */
async function judgeSide(
  subjects: readonly RuledSubject[],
  context: AdmissionContext,
  counts: (subject: RuledSubject) => boolean = () => true,
): Promise<CommitJudgement> {
  const resources = subjects.map(({ resource }) => resource);
  const judgements = await judgeAdmission(subjects, context);
  return {
    violations: subjects.flatMap(({ target, resource }, index) =>
      onResource(target, resource, judgements[index]?.violations ?? []),
    ),
    gaps: [...notValidated(subjects, judgements, counts), ...mutating(resources)],
    undecided: subjects.flatMap(({ target, resource }, index) =>
      (judgements[index]?.unchecked ?? []).map(({ policy }) => ({
        target,
        resource,
        rule: admissionRule(policy),
      })),
    ),
  };
}

/** One for each policy and reason, with the first of the resources. */
function notValidated(
  subjects: readonly RuledSubject[],
  judgements: readonly AdmissionJudgement[],
  counts: (subject: RuledSubject) => boolean,
): Gap[] {
  const groups = new Map<string, { policy: string; reason: string; resources: Set<string> }>();
  for (const [index, subject] of subjects.entries()) {
    if (!counts(subject)) continue;
    const { resource } = subject;
    for (const { policy, reason } of judgements[index]?.unchecked ?? []) {
      const key = JSON.stringify([policy, reason]);
      const group = groups.get(key) ?? { policy, reason, resources: new Set<string>() };
      group.resources.add(describeResource(resource));
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ policy, reason, resources }) => ({
    subject: `ValidatingAdmissionPolicy ${policy}`,
    reason: `it is not known what it says of ${named([...resources].toSorted())}: ${reason}`,
  }));
}

function named([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function mutating(resources: readonly Resource[]): Gap[] {
  return resources
    .filter(
      ({ group, kind }) => group === 'admissionregistration.k8s.io' && kind === 'MutatingAdmissionPolicy',
    )
    .map(({ kind, name }) => ({
      subject: `${kind} ${name}`,
      reason: 'what it changes when objects are applied is not looked at',
    }));
}
