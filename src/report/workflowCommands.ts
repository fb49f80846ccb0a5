import type { Finding } from '../model/finding.ts';
import type { Review } from '../model/review.ts';
import { gapsOf, groupFindings, headline } from './figures.ts';
import { detailsOf } from './subject.ts';
import { oneLine, oneName } from './visible.ts';
import { count } from './words.ts';

/**
 * A review as commands of a workflow of GitHub Actions, which makes annotations of them: what is new, the worst
 * first, because it shows ten of a level in a step; then what was not validated, and the verdict.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderWorkflowCommands(review: Review): string {
  const { errors, warnings, failing, existing } = groupFindings(review);
  const older = existing.length > 0 ? ` (and ${count(existing.length, 'existing finding')})` : '';
  const lines = [
    ...[...errors, ...failing, ...warnings].map(commandOf),
    ...gapsOf(review.notValidated).map(({ subject, reason }) =>
      command('warning', { title: 'Not validated' }, `${oneName(subject)}: ${oneLine(reason)}`),
    ),
    command('notice', { title: `Hydrant: ${review.verdict}` }, `${headline(review)}${older}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function commandOf(finding: Finding): string {
  const { severity, status, rule, location } = finding;
  const properties = {
    ...(location !== null && {
      file: location.path,
      line: String(location.startLine),
      endLine: String(location.endLine),
    }),
    title: oneName(rule, 200),
  };
  const details = detailsOf(finding).map((part) => oneName(part));
  const sentence = `${oneLine(finding.message)}${status === 'existing' ? ' (existing)' : ''}`;
  return command(
    severity,
    properties,
    [sentence, ...(details.length === 0 ? [] : [details.join(' · ')])].join('\n'),
  );
}

function command(
  level: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${level} ${written.join(',')}::${data(message)}`;
}

/**
 * A message can begin no command of its own:
 * https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
