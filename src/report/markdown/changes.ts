import { groupBy } from '../../model/groupBy.ts';
import { describeResource } from '../../model/resource.ts';
import type { Change } from '../../model/review.ts';
import { type SharedChange, shareChanges } from '../sharedChanges.ts';
import { count } from '../words.ts';
import { fenced, htmlCode, prose } from './escape.ts';
import { targetNames } from './links.ts';
import type { Item, Section } from './shorten.ts';

/**
 * The rendered difference: a folded part for the targets, in it one for each resource. A
 * resource that differs in the same way in several targets is shown once, with all of them.
 */
export function changesSection(changes: readonly Change[]): Section {
  const byTargets = groupBy(shareChanges(changes), ({ targets }) => JSON.stringify(targets));
  return {
    open: '### Rendered changes\n',
    items: [...byTargets.values()].flatMap(itemsOf),
    close: '',
    omitted: (units) => `**${count(units, 'more changed resource')}** not shown: too long for a comment.\n`,
    share: 0.5,
  };
}

/** Changes that are all in the same targets; a single one needs no part around it. */
function itemsOf(shared: readonly SharedChange[]): Item[] {
  const names = targetNames(shared[0]?.targets ?? [], { html: true });
  if (shared.length === 1) return shared.map((change) => itemOf(change, ` in ${names}`));
  const title = `${names}: ${count(shared.length, 'resource')}`;
  const group = { open: `<details><summary>${title}</summary>\n`, close: '</details>\n' };
  return shared.map((change) => ({ ...itemOf(change, ''), group }));
}

function itemOf(shared: SharedChange, place: string): Item {
  const { resource, change, previousName, diff, targets, effects } = shared;
  const before = previousName === null ? '' : ` (was ${htmlCode(previousName)})`;
  const lines = diff.split('\n');
  const added = lines.filter((line) => line.startsWith('+')).length;
  const removed = lines.filter((line) => line.startsWith('-')).length;
  const name = htmlCode(describeResource(resource));
  const summary = `${ICONS[change]} ${change} ${name}${before}${place} (+${added} −${removed})`;
  const effect = effects.length === 0 ? '' : `${effects.map(prose).join('; ')}\n\n`;
  return {
    text: `<details><summary>${summary}</summary>\n\n${effect}${fenced('diff', diff)}\n\n</details>\n`,
    units: targets.length,
  };
}

const ICONS = { added: '🟢', changed: '🟡', renamed: '🔵', removed: '🔴' } as const;
