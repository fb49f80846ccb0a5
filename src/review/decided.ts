import { identityOf } from '../model/resource.ts';
import type { Judged, Judgement, Undecided } from './judged.ts';

/** What was wrong at the base, without that of which nobody knows whether it still is. */
export function decided(
  before: readonly Judged[],
  { undecided }: Pick<Judgement, 'undecided'>,
): readonly Judged[] {
  const unknown = new Set(undecided.map(keyOf));
  return before.filter(({ target, resource, violation: { rule } }) => {
    const rules = [rule, rule.slice(0, rule.indexOf('/') + 1)];
    return !rules.some((one) => unknown.has(keyOf({ target, resource, rule: one })));
  });
}

function keyOf({ target, resource, rule }: Undecided): string {
  return JSON.stringify([rule, target.id, identityOf(resource)]);
}
