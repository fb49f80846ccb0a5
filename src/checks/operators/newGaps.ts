import { affectedIds, type ComparedTarget } from '../../model/comparedTarget.ts';
import type { Gap } from '../../model/judgement.ts';

/** What operators leave open is worth a word where the pull request brings it in, or affects its target. */
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
