import type { Engine } from '../../engine/engine.ts';
import type { AdmissionResource, AdmissionResult } from '../../engine/protocol/admission.ts';
import type { Violation } from '../../model/finding.ts';
import type { Target } from '../../model/target.ts';
import { askOnce } from '../cel/askOnce.ts';
import { givenObject } from '../cel/givenObject.ts';
import type { RuledSubject } from '../cel/subject.ts';
import type { SchemaSet } from '../schemas/schemaSet.ts';
import { admissionResource } from './admissionResource.ts';
import type { AdmissionSet } from './admissionSet.ts';
import { agreedAnswer } from './agreedAnswer.ts';

/** What the policies of a cluster say of one resource. */
export interface AdmissionJudgement {
  readonly violations: readonly Violation[];
  readonly unchecked: AdmissionResult['unchecked'];
}

export interface AdmissionContext {
  readonly engine: Engine;
  /** The sets that decide on a target's resources, each for itself. */
  readonly setsOf: (target: Target) => readonly AdmissionSet[];
  readonly schemasOf: (target: Target) => SchemaSet;
  readonly signal?: AbortSignal | undefined;
}

/** The rule that a policy's findings have. */
export function admissionRule(policy: string): string {
  return `admission/${policy}`;
}

/**
 * Asks the ValidatingAdmissionPolicies of each subject's cluster what they would say of it.
 * Of what several sets say alike, the strictest counts.
 * @returns a judgement for each subject, in their order.
 */
export async function judgeAdmission(
  subjects: readonly RuledSubject[],
  context: AdmissionContext,
): Promise<AdmissionJudgement[]> {
  const bySet = new Map<AdmissionSet, RuledSubject[]>();
  for (const subject of subjects) {
    for (const set of context.setsOf(subject.target)) {
      if (set.policies.length + set.unsure.length === 0) continue;
      const group = bySet.get(set);
      if (group === undefined) bySet.set(set, [subject]);
      else group.push(subject);
    }
  }
  const answers = new Map<RuledSubject, AdmissionResult[]>();
  await Promise.all(
    [...bySet].map(async ([set, group]) => {
      const results = await judgeBy(set, group, context);
      for (const [index, subject] of group.entries())
        answers.set(subject, [...(answers.get(subject) ?? []), ...results.slice(index, index + 1)]);
    }),
  );
  return subjects.map((subject) => judgementOf(answers.get(subject) ?? []));
}

/** Asks once for each form of what is not sure, with what is sure the first time. */
async function judgeBy(
  set: AdmissionSet,
  group: readonly RuledSubject[],
  context: AdmissionContext,
): Promise<AdmissionResult[]> {
  const resources = group.map((subject) => admissionResource(subject, context.schemasOf(subject.target)));
  const count = set.unsure.reduce((most, { forms }) => Math.max(most, forms.length), 1);
  const rounds = await Promise.all(
    Array.from({ length: count }, (_, round) => askRound({ set, round, resources }, context)),
  );
  return group.map((_, index) =>
    agreedAnswer(
      set.unsure,
      rounds.flatMap((results) => results[index] ?? []),
    ),
  );
}

/** Asks about all that is sure in the first round, and in each about the next form of what is not. */
async function askRound(
  asked: {
    readonly set: AdmissionSet;
    readonly round: number;
    readonly resources: readonly AdmissionResource[];
  },
  { engine, signal }: AdmissionContext,
): Promise<AdmissionResult[]> {
  const { set, round, resources } = asked;
  const forms = set.unsure.flatMap((one) => one.forms[round] ?? []);
  const policies = [...(round === 0 ? set.policies : []), ...forms.map(({ policy }) => policy)];
  const bindings = [...(round === 0 ? set.bindings : []), ...forms.flatMap((form) => form.bindings)];
  const manifests = (of: AdmissionSet['policies']) => of.map(({ manifest }) => manifest);
  const failed = (reason: string): AdmissionResult => ({
    violations: [],
    unchecked: policies.map(({ name }) => ({ policy: name, reason })),
  });
  const results = await askOnce(resources, async (batch) => {
    const reply = await engine.checkAdmission(
      {
        policies: manifests(policies),
        bindings: manifests(bindings),
        params: set.params.map(({ manifest }) => givenObject(manifest)),
        namespaces: manifests(set.namespaces),
        resources: batch,
      },
      signal,
    );
    const { problem } = reply;
    return problem === undefined ? reply.results : batch.map(() => failed(problem));
  });
  return results.map((result = failed('it gave no answer')) => result);
}

function refusal(about: {
  readonly said: string;
  readonly policy: string;
  readonly binding: string;
}): string {
  return `${about.said} (ValidatingAdmissionPolicy ${about.policy}, bound by ${about.binding})`;
}

function judgementOf(results: readonly AdmissionResult[]): AdmissionJudgement {
  const violations = new Map<string, Violation>();
  for (const { policy, binding, action, message } of results.flatMap((result) => result.violations)) {
    const key = JSON.stringify([policy, message]);
    if (action === 'warn' && violations.has(key)) continue;
    const about = { said: message, policy, binding };
    violations.set(key, {
      rule: admissionRule(policy),
      severity: action === 'deny' ? 'error' : 'warning',
      message: refusal(about),
      about,
      fieldPath: null,
    });
  }
  return { violations: [...violations.values()], unchecked: results.flatMap(({ unchecked }) => unchecked) };
}
