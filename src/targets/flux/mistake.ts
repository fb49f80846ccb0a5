import type { Violation } from '../../model/finding.ts';
import type { ObjectViolation } from '../../model/foundObject.ts';

/** What a mistake is called, and where it is. */
type Place = Pick<ObjectViolation, 'object'> & Pick<Violation, 'rule' | 'fieldPath'>;

/** A mistake in an object by which Flux fails. */
export function mistake({ object, rule, fieldPath }: Place, message: string): ObjectViolation {
  return { object, violation: { rule, severity: 'error', message, fieldPath } };
}

/** What in an object may be a mistake, or will be one. */
export function doubt({ object, rule, fieldPath }: Place, message: string): ObjectViolation {
  return { object, violation: { rule, severity: 'warning', message, fieldPath } };
}
