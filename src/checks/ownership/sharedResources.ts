import type { Violation } from '../../model/finding.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import { describeResource, nameOnly, type Resource, type ResourceName } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { type Owner, ownersOf } from './owned.ts';

/** The rule of a resource that has two owners. */
const RULE = 'ownership/shared-resource';

/** A violation with the resource and the target that it is about. */
export interface OwnedViolation {
  readonly target: Target;
  readonly resource: Resource;
  readonly violation: Violation;
  /** The ids of the other targets that it is about. */
  readonly others: readonly string[];
}

/**
 * Resources that two operators' objects apply to one cluster: each takes the other's
 * changes back, and each may prune what the other still wants. A finding on both.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/ (SharedResourceWarning)
 */
export function findSharedResources(renderings: readonly RenderedTarget[]): OwnedViolation[] {
  return [...ownersOf(renderings).values()].filter(areSeveral).flatMap(violationsOf);
}

function areSeveral(owners: readonly Owner[]): boolean {
  return new Set(owners.map(({ target }) => target.id)).size > 1;
}

function violationsOf(owners: readonly Owner[]): OwnedViolation[] {
  return owners.map(({ target, resource }) => {
    const others = [...new Set(owners.map((owner) => owner.target.id))].filter((id) => id !== target.id);
    const about = { ...nameOnly(resource), others };
    return {
      target,
      resource,
      others,
      violation: { rule: RULE, severity: 'error', message: isShared(about), about, fieldPath: null },
    };
  });
}

function isShared(about: ResourceName & { readonly others: readonly string[] }): string {
  return `${describeResource(about)} is applied by ${about.others.join(' and ')} as well; keep it in one of them`;
}
