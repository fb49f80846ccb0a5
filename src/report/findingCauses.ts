import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/groupBy.ts';

/** Findings of one rule, and of one sentence where they say the same. */
export interface FindingCause {
  readonly rule: string;
  readonly severity: Finding['severity'];
  /** The sentence that all of them say; null where each says its own. */
  readonly message: string | null;
  readonly findings: readonly Finding[];
}

/** What a reader has to see first. */
const FIRST = ['secret/', 'render/', 'settings/', 'danger/data-loss', 'schema/', 'references/', 'danger/'];

/**
 * Findings by rule and cause, the worst first: errors before warnings, secrets before what does not
 * render, that before the rest, and what many targets have before what few have.
 */
export function causesOf(findings: readonly Finding[]): FindingCause[] {
  const groups = groupBy(findings, ({ rule, severity }) => JSON.stringify([severity, rule]));
  return [...groups.values()]
    .flatMap((group): FindingCause[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { rule, severity, message } = first;
      const same = group.every((finding) => finding.message === message);
      return [{ rule, severity, message: same ? message : null, findings: group.toSorted(byReach) }];
    })
    .toSorted((a, b) => badness(a) - badness(b) || reach(b) - reach(a));
}

function badness({ severity, rule }: FindingCause): number {
  const index = FIRST.findIndex((start) => rule.startsWith(start));
  return (severity === 'error' ? 0 : FIRST.length + 1) + (index < 0 ? FIRST.length : index);
}

function reach({ findings }: FindingCause): number {
  return new Set(findings.flatMap(({ targets }) => targets)).size;
}

function byReach(a: Finding, b: Finding): number {
  return b.targets.length - a.targets.length;
}
