import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/groupBy.ts';
import type { ExceptedFinding } from '../model/review.ts';
import type { Settings, SettingsException } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type Told, told } from '../model/told.ts';
import { exceptionMatcher } from './exceptionMatcher.ts';
import { mergeFindings, type SingleFinding } from './mergeFindings.ts';

/** The rule of an exception that no longer holds. */
const EXPIRED_RULE = 'settings/expired-exception';

export interface Sorted {
  /** What counts, and a finding for each exception that has expired; equal ones of several targets as one. */
  readonly findings: readonly Finding[];
  readonly excepted: readonly ExceptedFinding[];
}

/**
 * Takes out the findings that an exception is made for: by a policy itself, or by the settings.
 * Of several the first counts. Whether one has expired is told by the younger of two commits,
 * the head and the one that the settings are of, so that the same commits give the same review
 * and an old date in the head alone prolongs nothing.
 */
export function applyExceptions(
  findings: readonly SingleFinding[],
  context: {
    readonly settings: Settings;
    readonly settingsCommit: Snapshot;
    readonly head: Snapshot;
    readonly compared: readonly ComparedTarget[];
  },
): Sorted {
  const { exceptions } = context.settings;
  const today = dayOf(Math.max(context.head.committedAt, context.settingsCommit.committedAt));
  const folders = new Map(context.compared.map(({ target: { id, path } }) => [id, path]));
  const matchers = exceptions.map((exception) => exceptionMatcher(exception, folders));
  const valid = exceptions.filter((exception) => !isExpired(exception, today));
  const exceptionOf = (finding: SingleFinding): Exception | null => {
    if (finding.exceptedBy !== undefined) return { source: finding.exceptedBy, reason: null, expires: null };
    const found = valid.find((exception) => matchers[exceptions.indexOf(exception)]?.(finding));
    return found === undefined ? null : describe(found);
  };
  const sorted = findings.map((finding) => ({ finding, exception: exceptionOf(finding) }));
  const expired = exceptions.flatMap((exception, index) => {
    if (!isExpired(exception, today)) return [];
    const back = findings.filter((finding) => finding.status !== 'fixed' && matchers[index]?.(finding));
    return [expiredFinding(exception, back, context)];
  });
  return {
    findings: mergeFindings([
      ...sorted.flatMap(({ finding, exception }) => (exception === null ? [finding] : [])),
      ...expired,
    ]),
    excepted: merged(sorted),
  };
}

type Exception = ExceptedFinding['exception'];

function describe({ at, reason, expires }: SettingsException): Exception {
  return { source: `${at.path} line ${at.line}`, reason, expires: expires ?? null };
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

function isExpired({ expires }: SettingsException, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** Equal ones of several targets as one, by exception. What is gone needs none. */
function merged(
  sorted: readonly { readonly finding: SingleFinding; readonly exception: Exception | null }[],
): ExceptedFinding[] {
  const groups = groupBy(
    sorted.filter(({ finding, exception }) => exception !== null && finding.status !== 'fixed'),
    ({ exception }) => JSON.stringify(exception),
  );
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const exception = group[0]?.exception ?? null;
      if (exception === null) return [];
      return mergeFindings(group.map(({ finding }) => finding)).map((finding) => ({ ...finding, exception }));
    });
}

function expiredFinding(
  { rule, at, reason, expires = '' }: SettingsException,
  back: readonly SingleFinding[],
  { settingsCommit, head }: { readonly settingsCommit: Snapshot; readonly head: Snapshot },
): SingleFinding {
  const same = settingsCommit.entries.get(at.path)?.oid === head.entries.get(at.path)?.oid;
  const inUse = back.length > 0;
  const { text, about } = expired({ path: at.path, line: at.line, rule, reason, day: expires, inUse });
  return {
    rule: EXPIRED_RULE,
    severity: 'warning',
    message: text,
    about,
    fieldPath: null,
    resource: null,
    status: back.some(({ status }) => status === 'new') ? 'new' : 'existing',
    target: null,
    location: same ? { path: at.path, startLine: at.line, endLine: at.line } : null,
  };
}

interface Expired {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly reason: string;
  readonly day: string;
  /** What the exception was made for is still there. */
  readonly inUse: boolean;
}

function expired(facts: Expired): Told {
  const again = ({ inUse }: Expired) => (inUse ? ' What it was made for counts again.' : '');
  return told('expired', {
    ...facts,
  })`\`${'path'}\` line ${'line'}: the exception from ${'rule'} (${'reason'}) expired on ${'day'}; remove it, or give it a later day.${again}`;
}
