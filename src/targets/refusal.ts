import type { Severity, Violation } from '../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../model/foundObject.ts';
import type { NotFollowed } from '../model/target.ts';
import type { Told } from '../model/told.ts';

/** Why nothing can be rendered of what an operator's object declares. */
export interface Refusal {
  /** A sentence for the author. */
  readonly refused: string;
  /** What is wrong, where it is a mistake and not something that only the operator can do. */
  readonly violation?: Violation | undefined;
  /** The object that has the mistake, where it is not the one that is followed. */
  readonly object?: FoundObject | undefined;
  /** As {@link ObjectViolation.absent}. */
  readonly absent?: ObjectViolation['absent'];
  /** True: the files are this repository's, of another revision than the commit. */
  readonly otherRevision?: boolean | undefined;
}

/**
 * Something that only the operator, or only with other settings Hydrant, can do; or what
 * follows from a mistake of an object.
 */
export function refuse(reason: string, mistake?: ObjectViolation): Refusal {
  return { refused: reason, ...mistake };
}

/** The source of a target of which nothing can be rendered. */
export function notRendered({ refused, otherRevision = false }: Refusal): NotFollowed {
  return { tool: 'none', reason: refused, ...(otherRevision && { otherRevision }) };
}

/** What a mistake is called, and the field of an object that has it. */
type Place = Pick<ObjectViolation, 'object'> & Pick<Violation, 'rule' | 'fieldPath'>;

/** A mistake in an object by which its operator fails. */
export function mistake({ object, ...place }: Place, told: Told): ObjectViolation {
  return { object, violation: violationOf(place, 'error', told) };
}

/** What in an object may be a mistake, or will be one. */
export function possibleMistake({ object, ...place }: Place, told: Told): ObjectViolation {
  return { object, violation: violationOf(place, 'warning', told) };
}

/** Nothing can be rendered because of a mistake. @param place without an object for the one that is followed. */
export function refuseMistake(
  { object, ...place }: Omit<Place, 'object'> & Partial<Place>,
  told: Told,
): Refusal {
  return { refused: told.text, violation: violationOf(place, 'error', told), object };
}

function violationOf(
  { rule, fieldPath }: Omit<Place, 'object'>,
  severity: Severity,
  { text, about }: Told,
): Violation {
  return { rule, severity, message: text, about, fieldPath };
}

/** True for a refusal among what might have been rendered. */
export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

/** The mistakes behind refusals. @param followed the object whose target is refused. */
export function mistakesOf(refusals: readonly Refusal[], followed: FoundObject): ObjectViolation[] {
  return refusals.flatMap(({ violation, absent, object = followed }) =>
    violation === undefined ? [] : [{ object, violation, ...(absent !== undefined && { absent }) }],
  );
}
