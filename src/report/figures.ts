import { type Concern, concernOf, type Finding, type NotValidated } from '../model/finding.ts';
import type { Change, Review } from '../model/review.ts';
import { count, enumerate, groupBy } from './words.ts';

/** Findings by what they mean for the author, in the review's order. */
export interface FindingGroups {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly existing: readonly Finding[];
  readonly fixed: readonly Finding[];
}

/** Something that was not validated, with all the checks that have not seen it. */
export interface Gap {
  readonly subject: string;
  readonly reason: string;
  readonly concerns: readonly Concern[];
}

/** Sorts findings, of one concern when it is named. */
export function groupFindings(findings: readonly Finding[], concern?: Concern): FindingGroups {
  const own = findings.filter(({ rule }) => concern === undefined || concernOf(rule) === concern);
  const fresh = own.filter(({ status }) => status === 'new');
  return {
    errors: fresh.filter(({ severity }) => severity === 'error'),
    warnings: fresh.filter(({ severity }) => severity === 'warning'),
    existing: own.filter(({ status }) => status === 'existing'),
    fixed: own.filter(({ status }) => status === 'fixed'),
  };
}

/** What was not validated, each subject and reason once. */
export function gapsOf(items: readonly NotValidated[]): Gap[] {
  return groupBy(items, ({ subject, reason }) => JSON.stringify([subject, reason])).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const concerns = [...new Set(group.map(({ concern }) => concern))];
    return [{ subject: first.subject, reason: first.reason, concerns }];
  });
}

/** `2 new errors and 1 new warning`; empty where there is nothing new. */
export function newFindings({ errors, warnings }: FindingGroups): string {
  return enumerate([
    ...(errors.length > 0 ? [count(errors.length, 'new error')] : []),
    ...(warnings.length > 0 ? [count(warnings.length, 'new warning')] : []),
  ]);
}

/** One line that says how the review ends, such as `2 new errors and 1 new warning`. */
export function headline(review: Review): string {
  const found = newFindings(groupFindings(review.findings));
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

/** One sentence on what merging would do to the targets. */
export function effect({ targets, changes }: Review): string {
  if (targets.length === 0) return 'No target: no folder has a kustomization that could be applied.';
  const affected = targets.filter((target) => target.affected).length;
  const share = `${affected === targets.length ? `all ${affected}` : `${affected} of ${targets.length}`}`;
  const noun = targets.length === 1 ? 'target' : 'targets';
  if (affected === 0) return `No target is affected (of ${targets.length}).`;
  if (changes.length === 0)
    return `Merging changes no rendered resource; ${share} ${noun} were rendered anew.`;
  return `Merging ${enumerate(effects(changes))} in ${share} ${noun}.`;
}

/** `2 added`, `1 changed`, ... of the kinds of change that there are. */
export function changeCounts(changes: readonly Change[]): string[] {
  return (['added', 'changed', 'renamed', 'removed'] as const)
    .map((kind) => ({ kind, number: changes.filter(({ change }) => change === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `${number} ${kind}`);
}

function effects(changes: readonly Change[]): string[] {
  const verbs = { added: 'adds', changed: 'changes', renamed: 'renames', removed: 'removes' } as const;
  return (['added', 'changed', 'renamed', 'removed'] as const)
    .map((kind) => ({ verb: verbs[kind], number: changes.filter(({ change }) => change === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ verb, number }) => `${verb} ${count(number, 'resource')}`);
}
