import { apiVersionOf, describeResource } from '../../model/resource.ts';
import type { Change } from '../../model/review.ts';
import { count, groupBy } from '../words.ts';
import { fenced, htmlCode } from './escape.ts';
import type { Item, Section } from './shorten.ts';

const NAMED_TARGETS = 3;

/**
 * The rendered difference: a folded part for the targets, in it one for each resource. A
 * resource that differs in the same way in several targets is shown once, with all of them.
 */
export function changesSection(changes: readonly Change[]): Section {
  const same = groupBy(changes, ({ resource, change, previousName, diff }) =>
    JSON.stringify([apiVersionOf(resource), resource.kind, resource.name, change, previousName, diff]),
  );
  const byTargets = groupBy(same, (group) => JSON.stringify(targetsOf(group)));
  return {
    open: '### Rendered changes\n',
    items: byTargets.flatMap(itemsOf),
    close: '',
    omitted: (units) => `**${count(units, 'more changed resource')}** not shown: too long for a comment.\n`,
    share: 0.5,
  };
}

/** Changes that are equal but for the target, all of the same targets. */
function itemsOf(groups: readonly (readonly Change[])[]): Item[] {
  const targets = targetsOf(groups[0] ?? []);
  const title = `${namesOf(targets)}: ${count(groups.length, 'resource')}`;
  const group = { open: `<details><summary>${title}</summary>\n`, close: '</details>\n' };
  return groups.flatMap((equal) => {
    const [first] = equal;
    return first === undefined
      ? []
      : [{ text: resourceText(first, equal.length > 1), units: equal.length, group }];
  });
}

function resourceText({ resource, change, previousName, diff }: Change, shared: boolean): string {
  // Equal changes of several targets are in a namespace each.
  const name = describeResource(shared ? { ...resource, namespace: null } : resource);
  const before = previousName === null ? '' : `, was ${htmlCode(previousName)}`;
  const lines = diff.split('\n');
  const added = lines.filter((line) => line.startsWith('+')).length;
  const removed = lines.filter((line) => line.startsWith('-')).length;
  const summary = `${ICONS[change]} ${change} ${htmlCode(name)}${before} (+${added} −${removed})`;
  return `<details><summary>${summary}</summary>\n\n${fenced('diff', diff)}\n\n</details>`;
}

function targetsOf(group: readonly Change[]): string[] {
  return group.map(({ target }) => target);
}

function namesOf(targets: readonly string[]): string {
  const names = targets.slice(0, NAMED_TARGETS).map(htmlCode);
  const more = targets.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${count(more, 'more target')}` : names.join(', ');
}

const ICONS = { added: '🟢', changed: '🟡', renamed: '🔵', removed: '🔴' } as const;
