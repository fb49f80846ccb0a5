import type { NotValidated, Violation } from '../../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import type { FieldPath } from '../../model/manifest.ts';
import type { FollowContext } from '../followContext.ts';
import type { Kustomization } from '../kustomize/readKustomizations.ts';
import type { KnownObjects } from './knownObjects.ts';

/** What Flux's objects are followed with. */
export interface FluxContext extends FollowContext {
  readonly known: KnownObjects;
  readonly notes: Notes;
  /** Every kustomization of the commit, read when first asked for. */
  readonly kustomizations: () => Promise<readonly Kustomization[]>;
}

/** What is to be said of objects on the way to their targets. */
export class Notes {
  readonly violations: ObjectViolation[] = [];
  readonly notValidated: NotValidated[] = [];

  error(rule: string, object: FoundObject, fieldPath: FieldPath, message: string): void {
    this.#violate(object, { rule, severity: 'error', message, fieldPath });
  }

  warning(rule: string, object: FoundObject, fieldPath: FieldPath, message: string): void {
    this.#violate(object, { rule, severity: 'warning', message, fieldPath });
  }

  /** Of a target's rendering, that it is not all that Flux would apply. */
  partial(targetId: string, reason: string): void {
    this.notValidated.push({ subject: targetId, reason, concern: 'render' });
  }

  #violate(object: FoundObject, violation: Violation): void {
    this.violations.push({ object, violation });
  }
}
