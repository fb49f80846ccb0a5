import type { Discovery } from '../model/discovery.ts';
import { type FoundObject, standing } from '../model/foundObject.ts';
import type { ManifestObject } from '../model/manifest.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import { describeResource } from '../model/resource.ts';
import type { TargetResult } from '../model/review.ts';
import { sameValue } from '../model/sameValue.ts';
import { targetMove } from './targetMove.ts';

/** The objects that declare the targets of both commits. */
interface DeclaredBoth {
  readonly base: Pick<Discovery, 'declared'>;
  readonly head: Pick<Discovery, 'declared'>;
}

/**
 * What an operator does with a target that no rendering shows: whether it applies changes by
 * itself, applies them again after it did not, or applies them elsewhere.
 */
export function rolloutOf(
  id: string,
  both: DeclaredBoth,
): Pick<TargetResult, 'waits' | 'stops' | 'resumes' | 'moves'> {
  const [before, after] = recordsOf(id, both);
  const waits = after?.waits ?? whyFilesWait(before, after) ?? whyHeldBack(id, both);
  const stops = whyStopped(before, after);
  const moves = targetMove(before, after);
  return {
    ...(waits !== null && { waits }),
    ...(stops !== null && { stops }),
    ...(isResumed(before, after) && { resumes: true as const }),
    ...(moves !== null && { moves }),
  };
}

/**
 * Whether merging makes an operator apply a target anew, apply what it held back, or hold back what
 * comes from now on, however equal what it renders to.
 */
export function isAppliedOtherwise(id: string, both: DeclaredBoth): boolean {
  const [before, after] = recordsOf(id, both);
  return isResumed(before, after) || whyStopped(before, after) !== null || targetMove(before, after) !== null;
}

type Record = OperatorRecord | undefined;

function recordsOf(id: string, { base, head }: DeclaredBoth): readonly [Record, Record] {
  return [base.declared.get(id), head.declared.get(id)];
}

function isResumed(before: Record, after: Record): boolean {
  return after !== undefined && whyNotApplied(after) === null && whyNotApplied(before) !== null;
}

/** Why changes do not reach the cluster from now on; null where they do, or did not at the base. */
function whyStopped(before: Record, after: Record): string | null {
  return before !== undefined && whyNotApplied(before) === null ? whyNotApplied(after) : null;
}

function whyNotApplied(record: Record): string | null {
  return record?.waits ?? record?.filesWait?.why ?? null;
}

/** Not said of a change that may come by the object itself, or by values of others: those are applied. */
function whyFilesWait(before: Record, after: Record): string | null {
  if (before === undefined || after?.filesWait?.mayComeOtherwise !== false) return null;
  return isSameObject(before.object, after.object) ? after.filesWait.why : null;
}

/**
 * Why a change of the object that declares a target does not reach the cluster: what applies that
 * object does not apply it by itself. The target's files do not come by its object.
 */
function whyHeldBack(id: string, both: DeclaredBoth, below: readonly string[] = []): string | null {
  const [before, after] = recordsOf(id, both);
  const parent = after?.appliedBy ?? null;
  // Objects may declare each other, and a root Application itself.
  if (after === undefined || parent === null || parent === id || below.includes(id)) return null;
  if (before !== undefined && isSameObject(standing(before.object), standing(after.object))) return null;
  const [, applier] = recordsOf(parent, both);
  // A parent that is there already applies its own files, whatever holds its object back.
  const why =
    applier?.waits ?? (both.base.declared.has(parent) ? null : whyHeldBack(parent, both, [...below, id]));
  if (applier === undefined || why === null) return null;
  const what = before === undefined ? 'its object' : 'the change of its object';
  return `${describeResource(applier.object.resource)}, which declares it, does not apply ${what}: ${why}`;
}

function isSameObject(one: FoundObject, other: FoundObject): boolean {
  return sameValue(said(one), said(other));
}

function said({ resource: { manifest } }: FoundObject): ManifestObject {
  const { status: _, ...rest } = manifest;
  return rest;
}
