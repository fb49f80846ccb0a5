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
  readonly notValidated: readonly NotValidated[];
}

/** A target with what the object that declares it says of it. */
export interface FollowedTarget {
  readonly target: Target;
  /** Without `children`, which are known only after rendering. */
  readonly record: Omit<OperatorRecord, 'children'>;
  /** Folders of this repository that it applies: an overlay or chart there is no target of its own. */
  readonly folders: readonly string[];
}
