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
}

/** As many targets as are named beside one: what a thousand apply is told a thousand times, and each time short. */
const MOST_NAMED = 10;

/**
 * Resources that two operators' objects apply to one cluster: each takes the other's
 * changes back, and each may prune what the other still wants. A finding on both.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/ (SharedResourceWarning)
 * @param unknown ids of targets that could not be rendered at the other commit: of what they own nothing is said.
 */
export function findSharedResources(
  renderings: readonly RenderedTarget[],
  unknown: ReadonlySet<string> = new Set(),
): OwnedViolation[] {
  return [...ownersOf(renderings).values()].flatMap((owners) => {
    const ids = [...new Set(owners.map(({ target }) => target.id))];
    if (ids.length < 2 || ids.some((id) => unknown.has(id))) return [];
    return owners.map((owner) => violationOf(owner, ids));
  });
}

function violationOf({ target, resource }: Owner, ids: readonly string[]): OwnedViolation {
  const others = ids.slice(0, MOST_NAMED + 1).filter((id) => id !== target.id);
  const named = others.slice(0, MOST_NAMED);
  const more = ids.length - 1 - named.length;
  const about = { ...nameOnly(resource), others: named, ...(more > 0 && { more }) };
  return {
    target,
    resource,
    violation: { rule: RULE, severity: 'error', message: isShared(about), about, fieldPath: null },
  };
}

function isShared({ others, more, ...resource }: Shared): string {
  const all = [...others, ...(more === undefined ? [] : [`${more} more`])];
  return `${describeResource(resource)} is applied by ${all.join(' and ')} as well; keep it in one of them`;
}

type Shared = ResourceName & { readonly others: readonly string[]; readonly more?: number };
