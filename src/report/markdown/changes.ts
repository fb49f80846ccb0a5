import { groupBy } from '../../model/groupBy.ts';
import { describeResource } from '../../model/resource.ts';
import type { Change, TargetResult } from '../../model/review.ts';
import { applicationOf, placesOf } from '../applications.ts';
import { dangerOf } from '../danger.ts';
import { changeCounts, waiting } from '../figures.ts';
import { type SharedChange, shareChanges } from '../sharedChanges.ts';
import { count } from '../words.ts';
import { code, fenced, htmlCode, prose } from './escape.ts';
import { foldedNames, namesOf, targetNames } from './links.ts';
import type { Item, Section } from './shorten.ts';

/** Short differences are open, as long as there are few lines of them in all. */
const OPEN = { lines: 14, allLines: 60 };

/**
 * The rendered difference, by application, the most dangerous first. A resource that differs in
 * the same way in several targets is shown once, with all of them.
 */
export function changesSection(changes: readonly Change[], targets: readonly TargetResult[]): Section {
  const shared = shareChanges(changes, targets).toSorted((a, b) => dangerOf(a) - dangerOf(b));
  const known = new Map(targets.map((target) => [target.id, target]));
  const opened = openOf(shared);
  const applications = groupBy(shared, ({ targets: [id = ''] }) => {
    const target = known.get(id);
    return target === undefined ? id : applicationOf(target);
  });
  return {
    open: '### What changes\n',
    items: [...applications].flatMap(([application, group]) =>
      itemsOf(group, { application, known, opened, changes }),
    ),
    close: '',
    omitted: (units) => `**${count(units, 'more changed resource')}** not shown: too long for a comment.\n`,
    share: 0.5,
  };
}

interface Context {
  readonly application: string;
  readonly known: ReadonlyMap<string, TargetResult>;
  readonly opened: ReadonlySet<SharedChange>;
  readonly changes: readonly Change[];
}

/** The first ones that are short, until there are enough lines. */
function openOf(shared: readonly SharedChange[]): Set<SharedChange> {
  const opened = new Set<SharedChange>();
  let left = OPEN.allLines;
  for (const change of shared) {
    const lines = change.diff.split('\n').length;
    if (lines > OPEN.lines || lines > left) continue;
    left -= lines;
    opened.add(change);
  }
  return opened;
}

/** The changes of one application. Where all are in the same targets, its title alone says which. */
function itemsOf(shared: readonly SharedChange[], context: Context): Item[] {
  const ids = [...new Set(shared.flatMap(({ targets }) => targets))];
  const everywhere = shared.every(({ targets }) => targets.length === ids.length);
  const own = new Set(ids);
  const counts = changeCounts(context.changes.filter(({ target }) => own.has(target)));
  const places = everywhere ? placesOf(ids.flatMap((id) => context.known.get(id) ?? [])) : '';
  const where = places === '' ? '' : ` in ${prose(places)}`;
  const names = everywhere ? foldedNames(ids, `${counts.join(', ')} in `) : counts.join(', ');
  const open = `#### ${code(context.application)}${where}\n\n${names}\n`;
  const group = { open, close: '' };
  return shared.map((change) => ({ ...itemOf(change, { ...context, everywhere }), group }));
}

function itemOf(shared: SharedChange, context: Context & { readonly everywhere: boolean }): Item {
  const { resource, change, previousName, diff, targets, removal } = shared;
  const before = previousName === null ? '' : ` (was ${htmlCode(previousName)})`;
  const lines = diff.split('\n');
  const added = lines.filter((line) => line.startsWith('+')).length;
  const removed = lines.filter((line) => line.startsWith('-')).length;
  const name = htmlCode(describeResource(resource));
  const place = context.everywhere ? '' : ` in ${targetNames(targets, { html: true })}`;
  const same = targets.length > 1 && context.everywhere ? `, the same in ${targets.length} targets` : '';
  const stays = change === 'removed' && removal?.fate === 'kept' ? ' from Git' : '';
  const summary = `${ICONS[change]} ${change}${stays} ${name}${before}${place}${same} (+${added} −${removed})`;
  const open = context.opened.has(shared) ? '<details open>' : '<details>';
  const notes = notesOf(shared, context).map((note) => `${note}\n\n`);
  return {
    text: `${open}<summary>${summary}</summary>\n\n${notes.join('')}${fenced('diff', diff)}\n\n</details>\n`,
    units: targets.length,
  };
}

/** What the difference does not show: what the operator does, what holds it back, and where it is. */
function notesOf(
  { effects, targets, asIn }: SharedChange,
  { known, everywhere }: Pick<Context, 'known'> & { readonly everywhere: boolean },
): string[] {
  const waits = groupBy(
    targets.flatMap((id) => known.get(id) ?? []),
    (target) => waiting(target),
  );
  const held = [...waits].flatMap(([why, group]) => {
    if (why === '') return [];
    const some = group.length < targets.length ? `${namesOf(group.map(({ id }) => id))} ` : '';
    return [`⏸️ ${some}${prose(why)}`];
  });
  const shown =
    asIn === null ? [] : [`Shown as in ${code(asIn)}; elsewhere only name prefix, namespace or hash differ.`];
  return [
    ...(effects.length === 0 ? [] : [effects.map(prose).join('; ')]),
    ...held,
    ...(everywhere || targets.length <= 3 ? [] : [`In ${namesOf(targets)}.`]),
    ...shown,
  ];
}

const ICONS = { added: '🟢', changed: '🟡', renamed: '🔵', removed: '🔴' } as const;
