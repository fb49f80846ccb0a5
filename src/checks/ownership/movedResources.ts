import type { RenderedTarget } from '../../model/rendering.ts';
import { describeResource, nameOnly, type ResourceName } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { type Owner, ownersOf } from './owned.ts';
import type { OwnedViolation } from './sharedResources.ts';

/** The rule of a resource that changes its owner. */
const RULE = 'ownership/moved-resource';

/** Whether the object that declares a target deletes what it no longer renders; null where that is unknown. */
export type Prunes = (target: Target) => boolean | null;

/**
 * Resources that leave one operator's object and appear in another of the same cluster. A
 * warning on the new owner that says what the old one's prune does in between.
 */
export function findMovedResources(
  base: readonly RenderedTarget[],
  head: readonly RenderedTarget[],
  prunes: Prunes,
): OwnedViolation[] {
  const before = ownersOf(base);
  const after = ownersOf(head);
  return [...after].flatMap(([key, now]) => {
    const old = before.get(key) ?? [];
    const left = without(old, now);
    const arrived = without(now, old);
    const [from] = left;
    if (from === undefined) return [];
    return arrived.map((owner) => violationOf(owner, from.target, prunes(from.target)));
  });
}

function without(owners: readonly Owner[], others: readonly Owner[]): Owner[] {
  const ids = new Set(others.map(({ target }) => target.id));
  return owners.filter(({ target }) => !ids.has(target.id));
}

function violationOf({ target, resource }: Owner, from: Target, prune: boolean | null): OwnedViolation {
  const about = { ...nameOnly(resource), from: from.id, to: target.id, prunes: prune };
  return {
    target,
    resource,
    violation: { rule: RULE, severity: 'warning', message: moves(about), about, fieldPath: null },
  };
}

type Move = ResourceName & { readonly from: string; readonly to: string; readonly prunes: boolean | null };

function moves(about: Move): string {
  const { from, to, prunes } = about;
  const effect = {
    true: `${from} prunes: if it syncs last, it deletes the resource until ${to} applies it again`,
    false: `${from} does not prune, so the resource stays while it changes hands`,
    null: `whether ${from} deletes it in between is not known`,
  }[`${prunes}`];
  return `${describeResource(about)} moves from ${from} to ${to}; ${effect}`;
}
