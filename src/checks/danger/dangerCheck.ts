import { movedResources } from '../../compare/moved.ts';
import { type RemovalOf, removalsOf } from '../../compare/removals.ts';
import { pairResources } from '../../compare/resources.ts';
import type { ComparedTarget } from '../../model/comparedTarget.ts';
import { ANY_HEEDED } from '../../model/heeded.ts';
import type { SubjectViolation } from '../../model/judgement.ts';
import type { Rendering } from '../../model/rendering.ts';
import { identityOf, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { Check } from '../check.ts';
import { isApplied, ownerKey, ownersOf } from '../ownership/owned.ts';
import { renderedOnce } from '../ownership/ownershipCheck.ts';
import type { World } from '../world.ts';
import { type Danger, findDangers, takenHosts } from './findDangers.ts';

/**
 * What merging would do to the clusters that a diff does not say. Such findings compare two
 * commits, so they are always new. Nothing is said of a target that one of them cannot render.
 */
export const dangerCheck: Check = {
  concern: 'policies',
  judge: async (compared, world) => {
    const stays = staysElsewhere(compared, world);
    const removalOf = removalsOf({ compared, base: world.base.discovery, head: world.head.discovery });
    const dangers = [
      ...compared.filter(isKnown).flatMap((one) => dangersOf(one, world, { stays, removalOf })),
      ...takenHosts(renderedOnce(world.base.discovery), renderedOnce(world.head.discovery)),
    ];
    return { before: [], after: dangers.map(violationOf), gaps: [], undecided: [] };
  },
};

function violationOf({ target, resource, removed, violation }: Danger): SubjectViolation {
  const subject = { is: 'resource', target, resource } as const;
  // No line of the head causes what is no longer there.
  return removed ? { subject, violation, location: null } : { subject, violation };
}

function isKnown({ affected, base, head, handedOver }: ComparedTarget): boolean {
  return affected && handedOver !== true && base?.status === 'rendered' && head?.status !== 'failed';
}

function dangersOf(
  { target, base, head }: ComparedTarget,
  { head: { discovery: atHead } }: World,
  { stays, removalOf }: { readonly stays: ReturnType<typeof staysElsewhere>; readonly removalOf: RemovalOf },
): Danger[] {
  const [before, after] = [resourcesOf(base), resourcesOf(head)];
  const record = atHead.declared.get(target.id);
  return findDangers({
    target,
    pairs: pairResources(before, after)
      .filter((pair) => pair.head !== null || !stays(target, pair.base))
      .map((pair) => ({ target, ...pair })),
    moves: movedResources(before, after),
    fateOf: (resource) => removalOf(target, resource).fate,
    forced: record?.forces ?? false,
    heeds: record?.heeds ?? ANY_HEEDED,
  });
}

/** True for a resource that another object applies at the head, or that an overlay has which went to another folder. */
function staysElsewhere(compared: readonly ComparedTarget[], { head }: World) {
  const applied = ownersOf(renderedOnce(head.discovery));
  const arrived = new Set(
    compared.filter((one) => one.base === null).flatMap((one) => resourcesOf(one.head).map(identityOf)),
  );
  return (target: Target, resource: Resource): boolean =>
    applied.has(ownerKey(target, resource)) || (!isApplied(target) && arrived.has(identityOf(resource)));
}

function resourcesOf(rendering: Rendering | null): readonly Resource[] {
  return rendering?.status === 'rendered' ? rendering.resources : [];
}
