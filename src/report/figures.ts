import { type Concern, concernOf, type Finding, type NotValidated } from '../model/finding.ts';
import { groupBy } from '../model/groupBy.ts';
import type { Change, Review, TargetMove, TargetResult } from '../model/review.ts';
import { count, enumerate, NO_TARGETS, someOf } from './words.ts';

/** Findings by what they mean for the author, in the review's order. */
export interface FindingGroups {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Existing errors that fail the check as new ones do, by the gate `all`. */
  readonly failing: readonly Finding[];
  /** The other existing ones. */
  readonly existing: readonly Finding[];
  readonly fixed: readonly Finding[];
}

/** Something that was not validated, with all the checks that have not seen it. */
export interface Gap {
  readonly subject: string;
  readonly reason: string;
  readonly concerns: readonly Concern[];
}

/** So many sentences of an {@link effect} leave room for the lists after it, however long they are. */
export const MOST_SENTENCES = 8;

/** Sorts a review's findings, of one concern when it is named. */
export function groupFindings(
  { findings, gate }: Pick<Review, 'findings' | 'gate'>,
  concern?: Concern,
): FindingGroups {
  const own = findings.filter(({ rule }) => concern === undefined || concernOf(rule) === concern);
  const fresh = own.filter(({ status }) => status === 'new');
  const older = own.filter(({ status }) => status === 'existing');
  const fails = ({ severity }: Finding) => gate === 'all' && severity === 'error';
  return {
    errors: fresh.filter(({ severity }) => severity === 'error'),
    warnings: fresh.filter(({ severity }) => severity === 'warning'),
    failing: older.filter(fails),
    existing: older.filter((finding) => !fails(finding)),
    fixed: own.filter(({ status }) => status === 'fixed'),
  };
}

/** What was not validated, each subject and reason once. */
export function gapsOf(items: readonly NotValidated[]): Gap[] {
  return [...groupBy(items, ({ subject, reason }) => JSON.stringify([subject, reason])).values()].flatMap(
    (group) => {
      const [first] = group;
      if (first === undefined) return [];
      const concerns = [...new Set(group.map(({ concern }) => concern))];
      return [{ subject: first.subject, reason: first.reason, concerns }];
    },
  );
}

/** `2 new errors and 1 new warning`; empty where there is nothing new. Existing errors that fail the check count too. */
export function newFindings({ errors, warnings, failing }: FindingGroups): string {
  return enumerate([
    ...(errors.length > 0 ? [count(errors.length, 'new error')] : []),
    ...(failing.length > 0 ? [count(failing.length, 'existing error')] : []),
    ...(warnings.length > 0 ? [count(warnings.length, 'new warning')] : []),
  ]);
}

/** One line that says how the review ends, such as `2 new errors and 1 new warning`. */
export function headline(review: Review): string {
  const found = newFindings(groupFindings(review));
  const gaps = gapsOf(review.notValidated).length;
  switch (review.verdict) {
    case 'failure':
      return found;
    case 'neutral':
      return `No new errors, but ${count(gaps, 'item')} not validated`;
    case 'success':
      return found === '' ? 'No new findings' : `No new errors, ${found}`;
    case 'skipped':
      return 'Nothing to review';
  }
}

/**
 * A sentence on what merging would do to the targets, and further ones on what is unknown.
 * @param shown makes a sentence with names of the repository fit to be shown.
 * @param most how many sentences with names there may be; the others are counted.
 */
export function effect(
  review: Review,
  shown: (sentence: string) => string,
  most: number = Number.POSITIVE_INFINITY,
): string {
  return [effectOnTargets(review), ...restOfEffect(review, shown, most)].join(' ');
}

/** What merging does beyond the differences themselves, in at most so many sentences with names, and what it fixes. */
export function restOfEffect(
  review: Review,
  shown: (sentence: string) => string,
  most: number = MOST_SENTENCES,
): string[] {
  const fixed = groupFindings(review).fixed.length;
  const named = [...gathered(review), ...stopped(review), ...moved(review)].map((sentence) =>
    shown(sentence),
  );
  const more = named.length - most;
  const rest = more > 0 ? [`${count(more, 'more sentence')} like these not shown.`] : [];
  const thanks = fixed === 0 ? [] : [`Thank you: it fixes ${count(fixed, 'finding')}.`];
  return [...named.slice(0, most), ...rest, ...thanks];
}

/** Says of which targets the operator applies changes again. */
function gathered({ targets }: Review): string[] {
  const resumed = targets.filter(({ resumes }) => resumes).map(({ id }) => id);
  if (resumed.length === 0) return [];
  return [`${someOf(resumed)}: nothing holds changes back any more, so all that has gathered is applied.`];
}

/** Says of which targets the operator applies no changes any more. */
function stopped({ targets }: Review): string[] {
  const held = targets.filter(({ stops }) => stops !== undefined);
  return [...groupBy(held, ({ stops }) => stops ?? '')].map(
    ([why, group]) =>
      `${someOf(group.map(({ id }) => id))}: from now on no change rolls out by itself (${why}).`,
  );
}

/** Says which targets are applied elsewhere from now on, and what becomes of what they had. */
function moved({ targets }: Review): string[] {
  const moves = targets.flatMap(({ id, waits, moves: move }) =>
    move === undefined ? [] : [{ id, waits, move }],
  );
  return [...groupBy(moves, ({ move, waits }) => JSON.stringify([move, waits])).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { from, to, effect: old } = first.move;
    const ids = someOf(group.map(({ id }) => id));
    const held = first.waits === undefined ? '' : ` ${notRolledOut(first.waits)}`;
    return [`${ids}: moves from ${from} to ${to}, where all of it is applied anew${held}. ${OLD[old](from)}`];
  });
}

const OLD: Readonly<Record<TargetMove['effect'], (from: string) => string>> = {
  leavesBehind: (from) => `What it had in ${from} stays there.`,
  removes: (from) => `What it had as ${from} is uninstalled before that.`,
  unknown: (from) => `What it had in ${from} stays there, unless both are one cluster.`,
};

/** Beside the changes of a target: why they do not roll out. */
export function waiting({ waits }: Pick<TargetResult, 'waits'>): string {
  return waits === undefined ? '' : notRolledOut(waits);
}

function notRolledOut(waits: string): string {
  return `(does not roll out: ${waits})`;
}

/**
 * How many targets merging affects, and what is not known of them.
 * @param options.briefly true where the resources are told already.
 */
export function effectOnTargets(
  { targets, changes, notValidated }: Review,
  { briefly = false }: { readonly briefly?: boolean } = {},
): string {
  if (targets.length === 0 && notValidated.length > 0)
    return 'No target is known: what is listed as not validated may declare some.';
  if (targets.length === 0) return `No target: ${NO_TARGETS}`;
  const affected = targets.filter((target) => target.affected);
  if (affected.length === 0) return `No target is affected (of ${targets.length}).`;
  const share =
    affected.length < targets.length ? `${affected.length} of ` : targets.length > 1 ? 'all ' : '';
  const unknown = affected.filter(isUnknown).length;
  const nothing = unknown === affected.length ? '' : ' and changes no rendered resource';
  const differs = briefly ? '' : `: it ${effects(changes)}`;
  const what = changes.length === 0 ? nothing : differs;
  return `Merging affects ${share}${count(targets.length, 'target')}${what}.${notKnown(unknown, affected.length)}${againstNothing(affected)}`;
}

/** What merging does to it is not known: it does not render, or is removed and never did. */
export function isUnknown({ status, baseFailed }: TargetResult): boolean {
  return status === 'failed' || status === 'notValidated' || (status === 'removed' && baseFailed);
}

function notKnown(unknown: number, affected: number): string {
  if (unknown === 0) return '';
  const all = affected === 1 ? 'it' : 'them';
  const which = unknown === affected ? all : `${unknown} of them`;
  return ` What it does to ${which} is not known: ${unknown === 1 ? 'it' : 'they'} could not be rendered.`;
}

/** Says how many targets have no base to compare with, so that all they have counts as new. */
function againstNothing(affected: Review['targets']): string {
  const number = affected.filter(({ status, baseFailed }) => baseFailed && status === 'rendered').length;
  if (number === 0) return '';
  const all = number === 1 ? 'it has' : 'they have';
  return ` ${count(number, 'target')} could not be rendered at the base, so all that ${all} counts as new.`;
}

/** `2 added`, `1 changed`, ... of the kinds of change that there are. */
export function changeCounts(changes: readonly Change[]): string[] {
  return kindsOf(changes).map(({ kind, number }) => `${number} ${kind}`);
}

/** `adds 1 and changes 3 resources`. */
function effects(changes: readonly Change[]): string {
  const kinds = kindsOf(changes);
  const last = kinds.at(-1)?.number ?? 0;
  return `${enumerate(kinds.map(({ kind, number }) => `${VERBS[kind]} ${number}`))} ${last === 1 ? 'resource' : 'resources'}`;
}

const VERBS = {
  added: 'adds',
  changed: 'changes',
  renamed: 'renames',
  removed: 'removes',
  'left behind': 'leaves behind',
  'perhaps removed': 'may remove',
} as const;

function kindsOf(changes: readonly Change[]) {
  const kinds = changes.map(kindOf);
  return (['added', 'changed', 'renamed', 'removed', 'left behind', 'perhaps removed'] as const)
    .map((kind) => ({ kind, number: kinds.filter((one) => one === kind).length }))
    .filter(({ number }) => number > 0);
}

/** A removed resource may stay in the cluster, or nobody can tell. */
export function kindOf({ change, removal }: Pick<Change, 'change' | 'removal'>): keyof typeof VERBS {
  if (change !== 'removed' || removal === undefined || removal.reason === null) return change;
  return removal.fate === 'kept' ? 'left behind' : 'perhaps removed';
}
