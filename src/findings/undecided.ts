import type { Judgement, SubjectViolation, Undecided } from '../model/judgement.ts';
import { identityOf } from '../model/resource.ts';

/** The base's violations, without those of rules that could not decide about the resource at the head. */
export function withoutUndecided({ before, undecided }: Judgement): readonly SubjectViolation[] {
  if (undecided.length === 0) return before;
  const unknown = new Set(undecided.map(keyOf));
  return before.filter(({ subject, violation: { rule } }) => {
    if (subject.is !== 'resource') return true;
    const { target, resource } = subject;
    const rules = [rule, rule.slice(0, rule.indexOf('/') + 1)];
    return !rules.some((one) => unknown.has(keyOf({ target, resource, rule: one })));
  });
}

function keyOf({ target, resource, rule }: Undecided): string {
  return JSON.stringify([rule, target.id, identityOf(resource)]);
}
