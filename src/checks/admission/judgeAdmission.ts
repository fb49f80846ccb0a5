import type { Engine } from '../../engine/engine.ts';
import type { AdmissionResult } from '../../engine/protocol/admission.ts';
import type { Violation } from '../../model/finding.ts';
import type { Target } from '../../model/target.ts';
import { askOnce } from '../cel/askOnce.ts';
import { givenObject } from '../cel/givenObject.ts';
import type { RuledSubject } from '../cel/subject.ts';
import type { SchemaSet } from '../schemas/schemaSet.ts';
import { admissionResource } from './admissionResource.ts';
import type { AdmissionSet } from './admissionSet.ts';

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
      if (set.policies.length + set.ambiguous.length === 0) continue;
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

async function judgeBy(
  set: AdmissionSet,
  group: readonly RuledSubject[],
  { engine, schemasOf, signal }: AdmissionContext,
): Promise<AdmissionResult[]> {
  const resources = group.map((subject) => admissionResource(subject, schemasOf(subject.target)));
  const manifests = (of: AdmissionSet['policies']) => of.map(({ manifest }) => manifest);
  const failed = (reason: string): AdmissionResult => ({
    violations: [],
    unchecked: set.policies.map(({ name }) => ({ policy: name, reason })),
  });
  const results = await askOnce(resources, async (batch) => {
    const reply = await engine.checkAdmission(
      {
        policies: manifests(set.policies),
        bindings: manifests(set.bindings),
        params: set.params.map(({ manifest }) => givenObject(manifest)),
        namespaces: manifests(set.namespaces),
        resources: batch,
      },
      signal,
    );
    const { problem } = reply;
    return problem === undefined ? reply.results : batch.map(() => failed(problem));
  });
  const ambiguous = set.ambiguous.map((policy) => ({ policy, reason: 'its forms for this cluster differ' }));
  return results.map((result = failed('it gave no answer')) => ({
    ...result,
    unchecked: [...result.unchecked, ...ambiguous],
  }));
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
