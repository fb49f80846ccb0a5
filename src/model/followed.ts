import type { NotValidated } from './finding.ts';
import type { FoundObject, ObjectViolation } from './foundObject.ts';
import type { OperatorRecord } from './operatorRecord.ts';
import type { Target } from './target.ts';

/** The targets and further objects that an operator makes of objects, with what is wrong on the way. */
export interface Followed {
  readonly targets: readonly FollowedTarget[];
  /** Objects that the operator makes of others. */
  readonly made: readonly FoundObject[];
  readonly violations: readonly ObjectViolation[];
  readonly notValidated: readonly NotFollowedPart[];
}

/** Something that an operator's objects declare and that is not followed. */
export interface NotFollowedPart extends NotValidated {
  /** A digest of what decides it: where base and head differ in this, the pull request changes what it gives. */
  readonly decidedBy?: string | undefined;
  /** The object, where it could declare any number of targets: what goes with it is unknown. */
  readonly object?: FoundObject | undefined;
}

/** A target with what the object that declares it says of it. */
export interface FollowedTarget {
  readonly target: Target;
  /** Without `children`, which are known only after rendering. */
  readonly record: Omit<OperatorRecord, 'children'>;
  /** Folders of this repository that it applies: an overlay or chart there is no target of its own. */
  readonly folders: readonly string[];
}
