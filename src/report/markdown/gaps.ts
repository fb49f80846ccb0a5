import type { Gap } from '../figures.ts';
import { count } from '../words.ts';
import { code, prose } from './escape.ts';
import type { Section } from './shorten.ts';

/** The section that lists what was not validated, and why. */
export function gapsSection(gaps: readonly Gap[]): Section {
  return {
    open: '### Not validated\n',
    head: '| What | Why | Checks |\n|---|---|---|',
    items: gaps.map(({ subject, reason, concerns }) => ({
      text: `| ${code(subject)} | ${prose(reason)} | ${concerns.join(', ')} |`,
      units: 1,
    })),
    close: '',
    omitted: (units) => `**${count(units, 'more item')}** not validated and not shown.\n`,
    share: 0.1,
  };
}
