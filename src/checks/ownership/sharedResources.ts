import type { Violation } from '../../model/finding.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import { describeResource, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { type Owner, ownersOf } from './owned.ts';

/** The rule of a resource that has two owners. */
const RULE = 'ownership/shared-resource';

/** A violation with the resource and the target that it is about. */
export interface OwnedViolation {
  readonly target: Target;
  readonly resource: Resource;
  readonly violation: Violation;
}

/**
 * Resources that two operators' objects apply to one cluster: each takes the other's
 * changes back, and each may prune what the other still wants. A finding on both.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/ (SharedResourceWarning)
 */
export function findSharedResources(renderings: readonly RenderedTarget[]): OwnedViolation[] {
  return [...ownersOf(renderings).values()].filter(isShared).flatMap(violationsOf);
}

function isShared(owners: readonly Owner[]): boolean {
  return new Set(owners.map(({ target }) => target.id)).size > 1;
}

function violationsOf(owners: readonly Owner[]): OwnedViolation[] {
  return owners.map(({ target, resource }) => {
    const others = [...new Set(owners.map((owner) => owner.target.id))].filter((id) => id !== target.id);
    const message = `${describeResource(resource)} is applied by ${others.join(' and ')} as well; keep it in one of them`;
    return { target, resource, violation: { rule: RULE, severity: 'error', message, fieldPath: null } };
  });
}
