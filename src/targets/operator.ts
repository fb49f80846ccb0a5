import type { NotValidated } from '../model/finding.ts';
import type { FollowedTarget, ObjectViolation } from '../model/foundObject.ts';

/** What one object of an operator declares, with what is to be said of it. */
export interface FollowedObject extends Remarks {
  readonly target: FollowedTarget;
}

/** What is wrong on the way to a target, and what its rendering lacks of what its operator would apply. */
export interface Remarks {
  readonly violations: readonly ObjectViolation[];
  readonly notValidated: readonly NotValidated[];
}

/** That a target's rendering is not all that its operator would apply. */
export function partly(subject: string, reason: string): NotValidated {
  return { subject, reason, concern: 'render' };
}
