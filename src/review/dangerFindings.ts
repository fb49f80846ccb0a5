import { type Danger, findDangers, forcesChanges, takenHosts } from '../checks/danger/findDangers.ts';
import { isApplied, ownerKey, ownersOf } from '../checks/ownership/owned.ts';
import { movedResources } from '../compare/moved.ts';
import { pairResources } from '../compare/resources.ts';
import type { Rendering } from '../model/rendering.ts';
import { identityOf, idOnly, type Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { renderedOnce } from './acrossTargets.ts';
import type { SingleFinding } from './findings.ts';
import type { Placer } from './placer.ts';
import { fateOf } from './prunes.ts';
import type { BothSides, Sides } from './renderSides.ts';
import { unchangedVersions } from './unchangedVersions.ts';

/**
 * What merging would do to the clusters that a diff does not say. Such findings compare two
 * commits, so they are always new. Nothing is said of a target that one of them cannot render.
 */
export async function dangerFindings(
  found: BothSides,
  { placer, ...snapshots }: { readonly placer: Placer; readonly base: Snapshot; readonly head: Snapshot },
): Promise<SingleFinding[]> {
  const stays = staysElsewhere(found);
  const dangers = [
    ...found.sides.filter(isKnown).flatMap((side) => dangersOf(side, found, stays)),
    ...takenHosts(renderedOnce(found.base), renderedOnce(found.head)),
  ];
  const [placed, unchanged] = await Promise.all([
    Promise.all(dangers.map((danger) => toFinding(danger, placer))),
    unchangedVersions(found, snapshots),
  ]);
  return [...placed, ...unchanged];
}

function isKnown({ affected, base, head }: Sides): boolean {
  return affected && base?.status === 'rendered' && head?.status !== 'failed';
}

function dangersOf(
  { target, base, head }: Sides,
  found: BothSides,
  stays: ReturnType<typeof staysElsewhere>,
): Danger[] {
  const [before, after] = [resourcesOf(base), resourcesOf(head)];
  const declared = found.head.declared.get(target.id)?.resource;
  const fate = (resource: Resource) => fateOf({ resource, target, gone: head === null }, found.base);
  return findDangers({
    target,
    pairs: pairResources(before, after)
      .filter((pair) => pair.head !== null || !stays(target, pair.base))
      .map((pair) => ({ target, ...pair })),
    moves: movedResources(before, after),
    fateOf: fate,
    forced: declared !== undefined && forcesChanges(declared),
  });
}

/** True for a resource that another object applies at the head, or that an overlay has which went to another folder. */
function staysElsewhere({ head, sides }: BothSides) {
  const applied = ownersOf(renderedOnce(head));
  const arrived = new Set(
    sides.filter((side) => side.base === null).flatMap((side) => resourcesOf(side.head).map(identityOf)),
  );
  return (target: Target, resource: Resource): boolean =>
    applied.has(ownerKey(target, resource)) || (!isApplied(target) && arrived.has(identityOf(resource)));
}

function resourcesOf(rendering: Rendering | null): readonly Resource[] {
  return rendering?.status === 'rendered' ? rendering.resources : [];
}

async function toFinding(
  { target, resource, removed, violation }: Danger,
  placer: Placer,
): Promise<SingleFinding> {
  const { fieldPath, message } = violation;
  // No line of the head causes what is no longer there.
  const location = removed ? null : await placer.of({ target, resource, fieldPath, message });
  return { ...violation, status: 'new', resource: idOnly(resource), target: target.id, location };
}
