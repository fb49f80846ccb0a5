import type { BothCommits } from '../discovery/renderCommits.ts';
import type { ComparedTarget } from '../model/comparedTarget.ts';
import { isLeftOut, type Rendering } from '../model/rendering.ts';
import type { TargetResult } from '../model/review.ts';

/** What a review says of each target as a whole. */
export function targetResults(both: BothCommits): TargetResult[] {
  return both.compared.filter(({ handedOver }) => handedOver !== true).map((one) => targetResult(one, both));
}

function targetResult({ target, affected, base, head }: ComparedTarget, both: BothCommits): TargetResult {
  const { source: _, ...shown } = target;
  const [before, after] = [both.base, both.head].map(({ declared }) => declared.get(target.id));
  const waits = after?.waits ?? null;
  const resumes = waits === null && after !== undefined && (before?.waits ?? null) !== null;
  return {
    ...shown,
    affected,
    status: statusOf(head),
    baseFailed: affected && base?.status === 'failed',
    ...(waits !== null && { waits }),
    ...(resumes && { resumes }),
  };
}

function statusOf(head: Rendering | null): TargetResult['status'] {
  if (head === null) return 'removed';
  if (head.status === 'rendered') return 'rendered';
  return isLeftOut(head) ? 'notValidated' : 'failed';
}
