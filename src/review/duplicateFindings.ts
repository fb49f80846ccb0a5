import { compareFindings } from '../compare/findings.ts';
import type { SourceViolation } from '../model/finding.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { onTargets, type SingleFinding } from './findings.ts';

/**
 * The keys of files that stand twice in a mapping: those of the head with their status, and those
 * of the base that are gone. They stay the same where their file gets another name, too.
 */
export function duplicateFindings(
  base: readonly SourceViolation[],
  head: readonly SourceViolation[],
  context: {
    readonly base: Snapshot;
    readonly head: Snapshot;
    /** The targets whose render reads a file. */
    readonly targetsOf: (path: string) => readonly string[];
  },
): SingleFinding[] {
  const isIn = (snapshot: Snapshot, { location }: SourceViolation) => snapshot.entries.has(location.path);
  const { statuses, fixed } = compareFindings(
    base,
    head,
    (one) => `${one.location.path}\n${fingerprintOf(one)}`,
    [
      {
        base: (one) => (isIn(context.head, one) ? null : fingerprintOf(one)),
        head: (one) => (isIn(context.base, one) ? null : fingerprintOf(one)),
      },
    ],
  );
  return [
    ...head.flatMap((violation, index) =>
      onTargets(violation, statuses[index] ?? 'new', context.targetsOf(violation.location.path)),
    ),
    ...fixed.flatMap((violation) => onTargets({ ...violation, location: null }, 'fixed', [])),
  ];
}

/** Lines move; the rule, the resource and the sentence stay. */
function fingerprintOf({ rule, message, resource, fieldPath }: SourceViolation): string {
  return JSON.stringify([rule, message, resource, fieldPath]);
}
