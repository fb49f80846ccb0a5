import type { ComparedTarget } from '../../model/comparedTarget.ts';
import type { Violation } from '../../model/finding.ts';
import type { Gap, SubjectViolation } from '../../model/judgement.ts';
import { causeOf, type FailedRendering, isLeftOut, type Rendering } from '../../model/rendering.ts';
import type { Check } from '../check.ts';
import { isScaffold } from './scaffold.ts';
import { wantsValues } from './wantsValues.ts';

/**
 * A target that does not render is a finding, unless what it needs is remote, or only its
 * operator can render it: that is nobody's mistake, but not validated. Either way schemas and
 * policies have not seen the target, and that is said. So is a part that is not rendered. What
 * lies in a folder of templates and never rendered is nobody's mistake either, nor a chart without
 * an object that only lacks values.
 */
export const renderCheck: Check = {
  concern: 'render',
  judge: async (compared) => {
    const affected = compared.filter((one) => one.affected);
    const after = affected.map(({ base, head }) => failureOf(head, base));
    return {
      before: affected.map(({ base, head }) => failureOf(base, head)).filter((failure) => failure !== null),
      after: after.filter((failure) => failure !== null),
      gaps: affected.flatMap((one, index) => gapsOf(one, after[index] ?? null)),
      undecided: [],
    };
  },
};

function failureOf(rendering: Rendering | null, other: Rendering | null): SubjectViolation | null {
  if (rendering?.status !== 'failed' || isLeftOut(rendering)) return null;
  if (isScaffold(rendering.target) && other?.status !== 'rendered') return null;
  if (wantsValues(rendering, other)) return null;
  return { subject: { is: 'failure', rendering }, violation: violationOf(rendering) };
}

function violationOf({ problem }: FailedRendering): Violation {
  const { kind, message } = problem;
  return { rule: `render/${kind}`, severity: 'error', message, about: causeOf(problem), fieldPath: null };
}

/** A new failure fails the render check; where it is not new, only its gap keeps that from being green. */
function gapsOf(
  { base, head, target: { id: subject } }: ComparedTarget,
  failure: SubjectViolation | null,
): Gap[] {
  const last = head ?? base;
  if (last === null) return [];
  if (last.status === 'rendered') {
    if (head === null) return [];
    return [
      ...(last.leftOut ?? []).flatMap((reason) => unseen(subject, reason)),
      ...unknownBefore(base).map((reason): Gap => ({ subject, reason, concern: 'render' })),
    ];
  }
  const why = whyUnseen(last, failure !== null);
  const reason = head === null ? `it is removed, and what goes with it is not known: ${why}` : why;
  return unseen(subject, reason).map((gap) =>
    gap.concern === 'render' && failure !== null ? { ...gap, unlessNew: failure } : gap,
  );
}

function whyUnseen(last: FailedRendering, isFinding: boolean): string {
  if (isLeftOut(last)) return last.problem.message;
  if (isFinding) return 'the target does not render';
  if (isScaffold(last.target)) return 'it does not render where it is, in a folder of templates';
  return last.problem.wantsValues !== undefined
    ? `it needs values that no object of this repository gives: ${last.problem.message}`
    : 'the target does not render';
}

/** Neither schemas nor policies have seen what is not rendered. */
function unseen(subject: string, reason: string): Gap[] {
  return (['render', 'schemas', 'policies'] as const).map((concern) => ({ subject, reason, concern }));
}

/** What was applied before by somebody who alone could render it may go now, and nobody can say what. */
function unknownBefore(base: Rendering | null): string[] {
  if (base?.status !== 'failed' || !isLeftOut(base)) return [];
  return [`what it had at the base is not known, nor what of that goes: ${base.problem.message}`];
}
