import type { Severity, Violation } from '../../model/finding.ts';
import type { ObjectViolation } from '../../model/foundObject.ts';
import type { Told } from '../../model/told.ts';

/** What a mistake is called, and where it is. */
type Place = Pick<ObjectViolation, 'object'> & Pick<Violation, 'rule' | 'fieldPath'>;

/** A mistake in an object by which Flux fails. */
export function mistake(place: Place, told: Told): ObjectViolation {
  return violationAt(place, 'error', told);
}

/** What in an object may be a mistake, or will be one. */
export function possibleMistake(place: Place, told: Told): ObjectViolation {
  return violationAt(place, 'warning', told);
}

function violationAt(
  { object, rule, fieldPath }: Place,
  severity: Severity,
  { text, about }: Told,
): ObjectViolation {
  return { object, violation: { rule, severity, message: text, about, fieldPath } };
}
