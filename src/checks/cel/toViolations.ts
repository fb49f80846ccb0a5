import type { RuleResult } from '../../engine/protocol/customResources.ts';
import type { Violation } from '../../model/finding.ts';

/** The broken rules of a result as errors of one rule of Hydrant's. */
export function toViolations({ violations }: RuleResult, rule: string): Violation[] {
  return violations.map(({ fieldPath, message }) => ({
    rule,
    severity: 'error',
    message,
    // The words of the rule's author, or of what compiles it.
    about: { said: message },
    fieldPath: fieldPath.length === 0 ? null : fieldPath,
  }));
}
