import { affectedIds, type ComparedTarget } from '../../model/comparedTarget.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import type { Gap } from '../../model/judgement.ts';
import { knownAs } from '../../model/knownAs.ts';

/** What a commit has that is not validated, and its objects. */
interface GapsOfCommit {
  readonly gaps: readonly Gap[];
  readonly objects: readonly FoundObject[];
}

/**
 * The gaps that the pull request brings in, whose target it affects, or of which it changes what
 * decides them. An object that could have declared anything, and is gone, leaves a gap as well.
 */
export function newGaps(base: GapsOfCommit, head: GapsOfCommit, compared: readonly ComparedTarget[]): Gap[] {
  const before = new Set(base.gaps.map(keyOf));
  const affected = affectedIds(compared);
  const left = head.gaps.filter((gap) => affected.has(gap.subject) || !before.has(keyOf(gap)));
  return [...left, ...removedGaps(base, head)];
}

function keyOf({ subject, reason, concern, decidedBy }: Gap): string {
  return JSON.stringify([subject, reason, concern, decidedBy]);
}

function removedGaps(base: GapsOfCommit, head: GapsOfCommit): Gap[] {
  const there = new Set(head.objects.map(knownAs));
  return base.gaps.flatMap(({ subject, reason, concern, object }) => {
    if (object === undefined || there.has(knownAs(object))) return [];
    const gone = `it is removed, and what goes with it is not known: ${reason}`;
    return [{ subject, reason: gone, ...(concern && { concern }) }];
  });
}
