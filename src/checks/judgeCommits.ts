import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Gap, Judgement, SubjectViolation, Undecided } from '../model/judgement.ts';
import type { RenderedTarget, Rendering } from '../model/rendering.ts';

/** What a check says of one commit. */
export interface CommitJudgement {
  readonly violations: readonly SubjectViolation[];
  readonly gaps: readonly Gap[];
  readonly undecided: readonly Undecided[];
}

/**
 * Runs a check that looks at one commit at a time on the affected targets of both commits. The
 * base's rendering of a target that does not render at the head is left out: what it has there
 * would count as fixed.
 */
export async function judgeCommits(
  compared: readonly ComparedTarget[],
  judge: (commit: 'base' | 'head', renderings: readonly RenderedTarget[]) => Promise<CommitJudgement>,
): Promise<Judgement> {
  const affected = compared.filter((one) => one.affected);
  const comparable = affected.filter(({ head }) => head?.status !== 'failed');
  const [base, head] = await Promise.all([
    judge('base', renderedOf(comparable.map((one) => one.base))),
    judge('head', renderedOf(affected.map((one) => one.head))),
  ]);
  return joinCommits(base, head);
}

/** Joins both commits' judgements. Gaps of the base are dropped, because only the head is under review. */
export function joinCommits(base: CommitJudgement, head: CommitJudgement): Judgement {
  return { before: base.violations, after: head.violations, gaps: head.gaps, undecided: head.undecided };
}

/** The renderings that succeeded. */
export function renderedOf(renderings: readonly (Rendering | null)[]): RenderedTarget[] {
  return renderings.filter((rendering) => rendering?.status === 'rendered');
}
