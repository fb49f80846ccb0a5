import { groupBy } from '../../model/groupBy.ts';
import type { Review, TargetResult } from '../../model/review.ts';
import { isUnknown } from '../figures.ts';
import { count } from '../words.ts';
import { foldedNames } from './links.ts';
import type { Section } from './shorten.ts';

/**
 * The affected targets of which the changes do not tell all: those that do not render, were not validated, are
 * removed, have no base to compare with, or render what they did. Each state once, with the targets' names.
 */
export function targetsSection({ targets, changes }: Pick<Review, 'targets' | 'changes'>): Section {
  const changed = new Set(changes.map(({ target }) => target));
  const affected = targets.filter((target) => target.affected);
  const states = groupBy(affected, (target) => stateOf(target, changed.has(target.id)));
  const told = Object.entries(STATES).flatMap(([state, words]) => {
    const ids = (states.get(state) ?? []).map(({ id }) => id);
    if (ids.length === 0) return [];
    return [{ text: `- ${words}: ${foldedNames(ids)}`, units: ids.length }];
  });
  return {
    open: '### Other targets\n',
    items: told,
    close: '',
    omitted: (units) => `**${count(units, 'more affected target')}** not shown.\n`,
    share: 0.15,
  };
}

/** Empty where the changes say all there is to say. */
function stateOf(target: TargetResult, changes: boolean): string {
  const { status, baseFailed } = target;
  if (status === 'removed') return isUnknown(target) ? 'removedUnknown' : 'removed';
  if (status !== 'rendered') return status;
  if (baseFailed) return 'newlyRendered';
  return changes ? '' : 'same';
}

const STATES = {
  failed: '❌ does not render',
  notValidated: '⚠️ not validated',
  newlyRendered: '✅ rendered, but not at the base',
  removed: '➖ removed',
  removedUnknown: '➖ removed, and what it had is not known',
  same: '✅ rendered, no change',
} as const;
