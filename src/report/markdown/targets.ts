import { groupBy } from '../../model/groupBy.ts';
import type { Change, Review, TargetResult } from '../../model/review.ts';
import { changeCounts, isUnknown, waiting } from '../figures.ts';
import { whereOf, whereTitle } from '../where.ts';
import { count } from '../words.ts';
import { code, prose } from './escape.ts';
import type { Section } from './shorten.ts';

/** The affected targets: what changes in each, and whether it renders. */
export function targetsSection({ targets, changes }: Pick<Review, 'targets' | 'changes'>): Section {
  const byTarget = groupBy(changes, ({ target }) => target);
  const affected = targets.filter((target) => target.affected);
  return {
    open: '### Affected targets\n',
    head: `| Target | ${whereTitle(affected)} | Status | Resources |\n|---|---|---|---|`,
    items: affected.map((target) => ({ text: row(target, byTarget.get(target.id) ?? []), units: 1 })),
    close: '',
    omitted: (units) => `**${count(units, 'more affected target')}** not shown.\n`,
    share: 0.15,
  };
}

function row(target: TargetResult, changes: readonly Change[]): string {
  const { id, status, baseFailed } = target;
  const removed = status === 'removed' && isUnknown(target) ? 'not known' : '';
  const nothing = status === 'rendered' ? 'no change' : removed;
  const cells = [
    code(id),
    prose(whereOf(target)),
    `${STATUSES[status]}${baseFailed && status === 'rendered' ? ', but not at the base' : ''}`,
    [changeCounts(changes).join(', '), prose(waiting(target, changes))].join(' ').trim() || nothing,
  ];
  return `| ${cells.join(' | ')} |`;
}

const STATUSES: Readonly<Record<TargetResult['status'], string>> = {
  rendered: '✅ rendered',
  failed: '❌ does not render',
  notValidated: '⚠️ not validated',
  removed: '➖ removed',
};
