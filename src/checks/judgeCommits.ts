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
 * Asks a check that looks at one commit at a time about the affected targets of both. The base's
 * of a target that the head cannot render are left out: nobody knows what became of them.
 */
export async function judgeCommits(
  compared: readonly ComparedTarget[],
  judge: (side: 'base' | 'head', renderings: readonly RenderedTarget[]) => Promise<CommitJudgement>,
): Promise<Judgement> {
  const affected = compared.filter((side) => side.affected);
  const comparable = affected.filter(({ head }) => head?.status !== 'failed');
  const [base, head] = await Promise.all([
    judge('base', renderedOf(comparable.map((side) => side.base))),
    judge('head', renderedOf(affected.map((side) => side.head))),
  ]);
  return joinCommits(base, head);
}

/** What a commit did not validate counts for the head alone: the base is not under review. */
export function joinCommits(base: CommitJudgement, head: CommitJudgement): Judgement {
  return { before: base.violations, after: head.violations, gaps: head.gaps, undecided: head.undecided };
}

/** Those that have resources. */
export function renderedOf(renderings: readonly (Rendering | null)[]): RenderedTarget[] {
  return renderings.filter((rendering) => rendering?.status === 'rendered');
}
