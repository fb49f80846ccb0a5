import { styleText } from 'node:util';
import { CONCERNS, type Finding } from '../model/finding.ts';
import { apiVersionOf, describeResource } from '../model/resource.ts';
import type { Change, Review, TargetResult, Verdict } from '../model/review.ts';
import { exceptionText } from './exceptionText.ts';
import { changeCounts, effect, gapsOf, groupFindings, headline, isUnknown, waiting } from './figures.ts';
import type { ReportOptions } from './reportOptions.ts';
import { type SharedChange, shareChanges } from './sharedChanges.ts';
import { detailsOf, placeOf } from './subject.ts';
import { oneLine, oneName, visible } from './visible.ts';
import { whereOf, whereTitle } from './where.ts';
import { count, enumerate, someOf } from './words.ts';

type Format = Parameters<typeof styleText>[0];
type Paint = (format: Format, text: string) => string;

/**
 * A review for a terminal: what fails it and what is new, as compilers print it (`path:line: error [rule]
 * message`), the affected targets, what changes in them, how many findings there were before, what was not validated,
 * and a last line with the verdict.
 * @param options.color adds ANSI colours.
 * @param options.all prints the findings that there were before.
 */
export function renderText(review: Review, { color = false, all = false }: ReportOptions = {}): string {
  const paint: Paint = (format, text) => (color ? styleText(format, text, { validateStream: false }) : text);
  const parts = [
    findingsText(review, paint),
    targetsTable(review, paint),
    changesText(review, paint),
    existingText(review, { all, paint }),
    exceptedText(review, paint),
    gapsText(review, paint),
    verdictText(review, paint),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function targetsTable({ targets, changes }: Review, paint: Paint): string {
  const affected = targets.filter((target) => target.affected);
  if (affected.length === 0) return '';
  const rows = affected.map((target) => ({
    cells: [
      target.id,
      whereOf(target) || '-',
      statusOf(target.status, target.baseFailed),
      summaryOf(
        target,
        changes.filter((change) => change.target === target.id),
      ),
    ],
    bad: target.status === 'failed',
  }));
  const head = ['TARGET', whereTitle(affected).toUpperCase(), 'STATUS', 'CHANGES'];
  const all = [head, ...rows.map(({ cells }) => cells)].map((cells) => cells.map((cell) => oneName(cell)));
  const widths = head.map((_, column) =>
    all.reduce((widest, cells) => Math.max(widest, cells[column]?.length ?? 0), 0),
  );
  return all
    .map((cells, row) => {
      const line = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      if (row === 0) return paint('bold', line.join('  ').trimEnd());
      const text = line.join('  ').trimEnd();
      return rows[row - 1]?.bad === true ? paint('red', text) : text;
    })
    .join('\n');
}

function statusOf(status: TargetResult['status'], baseFailed: boolean): string {
  return baseFailed && status === 'rendered' ? 'rendered (not at the base)' : status;
}

function summaryOf(target: TargetResult, changes: readonly Change[]): string {
  if (isUnknown(target)) return 'unknown';
  return (
    [changeCounts(changes).join(', '), changes.length === 0 ? '' : waiting(target)].join(' ').trim() || 'none'
  );
}

/** Every change, with a diff that several targets share printed once. */
function changesText({ changes, targets }: Review, paint: Paint): string {
  return shareChanges(changes, targets)
    .map((shared) => changeText(shared, paint))
    .join('\n\n');
}

function changeText(
  { resource, change, previousName, diff, targets, effects, asIn }: SharedChange,
  paint: Paint,
): string {
  const before = previousName === null ? '' : `, was ${previousName}`;
  const title = `${change} ${apiVersionOf(resource)} ${describeResource(resource)}${before}`;
  const lines = visible(diff)
    .split('\n')
    .map((line) => paintDiff(line, paint));
  const same = asIn === null ? [] : [`shown as in ${asIn}; elsewhere name prefix, namespace or hash differ`];
  const notes = [...effects, ...same].map((note) => `  ${oneLine(note)}`);
  return [paint('bold', oneName(title)), `  in ${oneName(someOf(targets))}`, ...notes, ...lines].join('\n');
}

function paintDiff(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line);
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('@@') ? paint('cyan', line) : line;
}

function findingsText(review: Review, paint: Paint): string {
  const { errors, warnings, failing } = groupFindings(review);
  return [...errors, ...failing, ...warnings].map((finding) => findingText(finding, paint)).join('\n');
}

function existingText(
  review: Review,
  { all, paint }: { readonly all: boolean; readonly paint: Paint },
): string {
  const { existing } = groupFindings(review);
  if (all) return existing.map((finding) => findingText(finding, paint)).join('\n');
  const shown = existing.length === 1 ? 'is not shown; --all shows it' : 'are not shown; --all shows them';
  return existing.length === 0 ? '' : paint('dim', `${count(existing.length, 'existing finding')} ${shown}`);
}

function findingText(finding: Finding, paint: Paint): string {
  const { severity, status, rule } = finding;
  const word = status === 'existing' ? `${severity} (existing)` : severity;
  const colour = severity === 'error' ? 'red' : 'yellow';
  const subject = detailsOf(finding).map((part) => oneName(part));
  const first = `${paint('bold', placeOf(finding))}${paint(status === 'existing' ? 'dim' : colour, `${word}:`)} ${oneLine(finding.message)} ${paint('dim', `[${oneName(rule)}]`)}`;
  return subject.length === 0 ? first : `${first}\n  ${paint('dim', subject.join(' · '))}`;
}

function exceptedText({ excepted }: Review, paint: Paint): string {
  if (excepted.length === 0) return '';
  const lines = excepted.map((finding) => {
    const { message, rule } = finding;
    const first = `  ${placeOf(finding)}${oneLine(message)} [${oneName(rule)}]`;
    const subject = detailsOf(finding).map((part) => oneName(part));
    const details = [...subject, oneLine(exceptionText(finding.exception))].join(' · ');
    return `${first}\n    ${paint('dim', details)}`;
  });
  return [paint('bold', 'Excepted'), ...lines].join('\n');
}

function gapsText({ notValidated }: Review, paint: Paint): string {
  const gaps = gapsOf(notValidated);
  if (gaps.length === 0) return '';
  const lines = gaps.map(
    ({ subject, reason, concerns }) =>
      `  ${oneName(subject)}: ${oneLine(reason)} ${paint('dim', `(${concerns.join(', ')})`)}`,
  );
  return [paint('bold', 'Not validated'), ...lines].join('\n');
}

function verdictText(review: Review, paint: Paint): string {
  const { existing, fixed } = groupFindings(review);
  const others = [
    ...(existing.length > 0 ? [`${existing.length} existing`] : []),
    ...(fixed.length > 0 ? [`${fixed.length} fixed`] : []),
  ];
  const excepted =
    review.excepted.length === 0 ? '' : `; ${count(review.excepted.length, 'finding')} excepted`;
  const verdicts = CONCERNS.map((concern) => `${concern} ${review.verdicts[concern]}`).join(', ');
  const tail =
    others.length === 0
      ? ''
      : ` (and ${count(existing.length + fixed.length, 'finding')} not new: ${enumerate(others)})`;
  return [
    effect(review, oneLine),
    verdicts,
    paint(VERDICT_FORMATS[review.verdict], `${review.verdict}: ${headline(review)}${tail}${excepted}`),
  ].join('\n');
}

const VERDICT_FORMATS: Readonly<Record<Verdict, Format>> = {
  success: ['bold', 'green'],
  failure: ['bold', 'red'],
  neutral: ['bold', 'yellow'],
  skipped: 'bold',
};
