import { compareFindings } from '../compare/findings.ts';
import type { SourceViolation } from '../model/finding.ts';
import type { SingleFinding } from './findings.ts';

/**
 * The findings on files themselves: those of the head with their status, and those of the
 * base that are gone. Existing ones count in files that the pull request changes.
 */
export function fileFindings(
  base: readonly SourceViolation[],
  head: readonly SourceViolation[],
  changed: ReadonlySet<string>,
): SingleFinding[] {
  const { statuses, fixed } = compareFindings(base, head, fingerprintOf);
  const found = head.map(
    (violation, index): SingleFinding => ({
      ...violation,
      status: statuses[index] ?? 'new',
      target: null,
    }),
  );
  return [
    ...found.filter(({ status, location }) => status === 'new' || changed.has(location?.path ?? '')),
    ...fixed.map(
      (violation): SingleFinding => ({ ...violation, status: 'fixed', target: null, location: null }),
    ),
  ];
}

/** Lines move; the rule, the file and the sentence stay. */
function fingerprintOf({ rule, message, location }: SourceViolation): string {
  return JSON.stringify([rule, message, location.path]);
}
