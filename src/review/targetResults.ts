import { wantsValues } from '../checks/rendering/wantsValues.ts';
import { rolloutOf } from '../compare/rollout.ts';
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
  return {
    ...shown,
    affected,
    status: statusOf(head, base),
    baseFailed: affected && base?.status === 'failed',
    ...rolloutOf(target.id, both),
  };
}

function statusOf(head: Rendering | null, base: Rendering | null): TargetResult['status'] {
  if (head === null) return 'removed';
  if (head.status === 'rendered') return 'rendered';
  return isLeftOut(head) || wantsValues(head, base) ? 'notValidated' : 'failed';
}
