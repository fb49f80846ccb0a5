import type { Gap } from '../figures.ts';
import { linesToPaste } from '../linesToPaste.ts';
import { count } from '../words.ts';
import { code, fenced, prose } from './escape.ts';
import type { Section } from './shorten.ts';

/** The section that lists what was not validated, and why. */
export function gapsSection(gaps: readonly Gap[]): Section {
  return {
    open: '### Not validated\n',
    head: '| What | Why | Checks |\n|---|---|---|',
    items: gaps.map(({ subject, reason, concerns }) => ({
      text: `| ${code(subject)} | ${withCode(reason)} | ${concerns.join(', ')} |`,
      units: 1,
    })),
    close: pasteText(gaps),
    omitted: (units) => `**${count(units, 'more item')}** not validated and not shown.\n`,
    share: 0.1,
  };
}

/** A reason, with what stands between its backticks as code. */
function withCode(reason: string): string {
  const parts = reason.split('`');
  if (parts.length % 2 === 0) return prose(reason);
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : spaced(part))).join('');
}

/** A sentence keeps the spaces at its ends, which stand beside code. */
function spaced(part: string): string {
  return `${/^\s/.test(part) ? ' ' : ''}${prose(part)}${/\S\s+$/.test(part) ? ' ' : ''}`;
}

function pasteText(gaps: readonly Gap[]): string {
  const lines = linesToPaste(gaps);
  if (lines.length === 0) return '';
  return `\nTo have more of it validated, put this into \`.hydrant.yaml\` on the base branch:\n\n${fenced('yaml', lines.join('\n'))}`;
}
