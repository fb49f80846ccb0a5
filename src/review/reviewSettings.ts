import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { readSettings, type SettingsProblem } from '../settings/readSettings.ts';
import type { SingleFinding } from './findings.ts';

/** The rule of a problem in the settings. */
export const SETTINGS_RULE = 'render/settings';

/**
 * The settings in force (the base branch's), with a finding for each problem in them: an
 * error when they are broken where they are in force, a warning when the head introduces
 * the problem, or mends the base's.
 */
export async function reviewSettings(
  inForce: Snapshot,
  head: Snapshot,
): Promise<{ settings: Settings; findings: SingleFinding[] }> {
  const [base, proposed] = await Promise.all([readSettings(inForce), readSettings(head)]);
  const mended = base.problems.length > 0 && proposed.problems.length === 0;
  const known = new Set(base.problems.map(({ message }) => message));
  return {
    settings: base.settings,
    findings: [
      ...base.problems.map((problem) =>
        finding(problem, mended ? 'warning' : 'error', placeIn(problem, inForce, head)),
      ),
      ...proposed.problems
        .filter(({ message }) => !known.has(message))
        .map((problem) => finding(problem, 'warning', placeIn(problem, head, head))),
    ],
  };
}

function finding(
  { message }: SettingsProblem,
  severity: SingleFinding['severity'],
  location: SingleFinding['location'],
): SingleFinding {
  const rule = SETTINGS_RULE;
  return { rule, severity, message, fieldPath: null, resource: null, status: 'new', target: null, location };
}

/** The line is true for the head only while its file is the one that was read. */
function placeIn({ path, line }: SettingsProblem, read: Snapshot, head: Snapshot): SingleFinding['location'] {
  const same = read.entries.get(path)?.oid === head.entries.get(path)?.oid;
  return same ? { path, startLine: line, endLine: line } : null;
}
