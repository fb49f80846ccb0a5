import type { Violation } from '../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../model/foundObject.ts';
import type { NotFollowed } from '../model/target.ts';

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
