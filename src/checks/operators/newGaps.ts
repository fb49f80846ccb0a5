import { affectedIds, type ComparedTarget } from '../../model/comparedTarget.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import type { Gap } from '../../model/judgement.ts';
import { knownAsIn } from '../../model/knownAs.ts';

/** What a commit has that is not validated, and its objects. */
interface GapsOfCommit {
  readonly gaps: readonly Gap[];
  readonly objects: readonly FoundObject[];
}

/**
 * The gaps that the pull request brings in, whose target it affects, or of which it changes what
 * decides them. An object that could have declared anything leaves a gap as well where it is gone,
 * or where all that it declares is known from now on: what it had before is not.
 */
export function newGaps(base: GapsOfCommit, head: GapsOfCommit, compared: readonly ComparedTarget[]): Gap[] {
  const before = new Set(base.gaps.map(keyOf));
  const known = new Set(base.gaps.map(({ subject }) => subject));
  const affected = affectedIds(compared);
  const left = head.gaps
    .filter((gap) => affected.has(gap.subject) || !before.has(keyOf(gap)))
    .filter(({ onlyOfChanges, subject }) => onlyOfChanges !== true || known.has(subject));
  return [...left, ...endedGaps(base, head)];
}

function keyOf({ subject, reason, concern, decidedBy }: Gap): string {
  return JSON.stringify([subject, reason, concern, decidedBy]);
}

function endedGaps(base: GapsOfCommit, head: GapsOfCommit): Gap[] {
  const there = new Set(head.objects.map(nameOf));
  const open = new Set(head.gaps.map(({ subject }) => subject));
  return base.gaps.flatMap(({ subject, reason, concern, object }) => {
    if (object === undefined || open.has(subject)) return [];
    const ends = there.has(nameOf(object))
      ? `what it had made is not known, nor what of that goes: ${reason}`
      : `it is removed, and what goes with it is not known: ${reason}`;
    return [{ subject, reason: ends, ...(concern && { concern }) }];
  });
}

/** An object that moves to another file is the same one. */
function nameOf(object: FoundObject): string {
  return knownAsIn('', object);
}
