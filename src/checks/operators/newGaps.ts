import { affectedIds, type ComparedTarget } from '../../model/comparedTarget.ts';
import type { Gap } from '../../model/judgement.ts';

/** The gaps of the head that the pull request brings in, or whose target it affects. */
export function newGaps(
  base: readonly Gap[],
  head: readonly Gap[],
  compared: readonly ComparedTarget[],
): Gap[] {
  const textOf = ({ subject, reason, concern }: Gap) => JSON.stringify([subject, reason, concern]);
  const before = new Set(base.map(textOf));
  const affected = affectedIds(compared);
  return head.filter((gap) => affected.has(gap.subject) || !before.has(textOf(gap)));
}
