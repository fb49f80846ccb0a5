import type { Location, Severity } from '../model/finding.ts';
import { type Judgement, NO_JUDGEMENT, type SubjectViolation } from '../model/judgement.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { readSettings, type SettingsProblem } from './readSettings.ts';

/** The rule of a problem in the settings. */
export const SETTINGS_RULE = 'render/settings';

/**
 * The settings in force (the base branch's), and what is wrong with them: an
 * error when they are broken where they are in force, a warning when the head introduces
 * the problem, or mends the base's.
 */
export async function reviewSettings(
  settingsCommit: Snapshot,
  head: Snapshot,
): Promise<{ readonly settings: Settings; readonly judgement: Judgement }> {
  const [base, proposed] = await Promise.all([readSettings(settingsCommit), readSettings(head)]);
  const mended = base.problems.length > 0 && proposed.problems.length === 0;
  const after = [
    ...base.problems.map((problem) =>
      onFile(problem, mended ? 'warning' : 'error', placeIn(problem, settingsCommit, head)),
    ),
    ...problemsBesides(base.problems, proposed.problems).map((problem) =>
      onFile(problem, 'warning', placeIn(problem, head, head)),
    ),
  ];
  // Settings that are in force judge both commits: nothing is compared.
  return { settings: base.settings, judgement: { ...NO_JUDGEMENT, after } };
}

/** The problems that are not among the known ones: each of these stands for one, wherever it stands. */
function problemsBesides(
  known: readonly SettingsProblem[],
  problems: readonly SettingsProblem[],
): SettingsProblem[] {
  const left = known.map(keyOf);
  return problems.filter((problem) => {
    const at = left.indexOf(keyOf(problem));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function keyOf({ about }: SettingsProblem): string {
  return JSON.stringify(about);
}

function onFile(
  { path, message, about }: SettingsProblem,
  severity: Severity,
  location: Location | null,
): SubjectViolation {
  return {
    subject: { is: 'file', path, resource: null, targets: [] },
    violation: { rule: SETTINGS_RULE, severity, message, about, fieldPath: null },
    location,
  };
}

/** The line is true for the head only while its file is the one that was read. */
function placeIn({ path, line }: SettingsProblem, read: Snapshot, head: Snapshot): Location | null {
  const same = read.entries.get(path)?.oid === head.entries.get(path)?.oid;
  return same ? { path, startLine: line, endLine: line } : null;
}
