import type { Gap } from '../../model/judgement.ts';
import { affectedIds, type Sides } from '../../model/sides.ts';

/** What operators leave open is worth a word where the pull request brings it in, or affects its target. */
export function newGaps(base: readonly Gap[], head: readonly Gap[], sides: readonly Sides[]): Gap[] {
  const textOf = ({ subject, reason, concern }: Gap) => JSON.stringify([subject, reason, concern]);
  const before = new Set(base.map(textOf));
  const affected = affectedIds(sides);
  return head.filter((gap) => affected.has(gap.subject) || !before.has(textOf(gap)));
}
