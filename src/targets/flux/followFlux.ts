import type { Followed } from '../../model/followed.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { FollowContext } from '../followContext.ts';
import { readKustomizations } from '../kustomize/readKustomizations.ts';
import { checkApiVersions } from './checkApiVersions.ts';
import { checkDependencies } from './checkDependencies.ts';
import { checkSources } from './checkSources.ts';
import type { FluxContext } from './fluxContext.ts';
import { fluxInstanceTarget } from './fluxInstanceTarget.ts';
import { helmReleaseTarget } from './helmReleaseTarget.ts';
import { GROUPS, KnownObjects } from './knownObjects.ts';
import { kustomizationTarget } from './kustomizationTarget.ts';
import { resourceSetTarget } from './resourceSetTarget.ts';

/**
 * The targets that Flux's objects declare, and what is wrong with their references. Flux
 * makes no objects of others that would declare anything.
 */
export async function followFlux(context: FollowContext): Promise<Followed> {
  const known = new KnownObjects(context.objects);
  const kustomizations = known.ofKind(GROUPS.kustomize, 'Kustomization');
  const releases = known.ofKind(GROUPS.helm, 'HelmRelease');
  const flux: FluxContext = { ...context, known, kustomizations: once(context.snapshot) };
  const operated = [
    ...known.ofKind(GROUPS.operator, 'ResourceSet').map((object) => resourceSetTarget(flux, object)),
    ...known.ofKind(GROUPS.operator, 'FluxInstance').map((object) => fluxInstanceTarget(flux, object)),
  ];
  const awaited = await Promise.all([
    ...kustomizations.map((object) => kustomizationTarget(flux, object)),
    ...releases.map((object) => helmReleaseTarget(flux, object)),
  ]);
  const followed = [...awaited, ...operated];
  return {
    targets: followed.map(({ target }) => target),
    made: [],
    violations: distinct([
      ...checkApiVersions(flux),
      ...checkSources(flux),
      ...checkDependencies(flux, [...kustomizations, ...releases]),
      ...followed.flatMap(({ violations }) => violations),
    ]),
    notValidated: followed.flatMap(({ notValidated }) => notValidated),
  };
}

/** A source that several targets share is said to be wrong once. */
function distinct(violations: readonly ObjectViolation[]): ObjectViolation[] {
  const said = new Map<FoundObject, Set<string>>();
  return violations.filter(({ object, violation }) => {
    const texts = said.get(object) ?? new Set();
    said.set(object, texts);
    const text = JSON.stringify(violation);
    return !texts.has(text) && texts.add(text);
  });
}

function once(snapshot: Snapshot): FluxContext['kustomizations'] {
  let read: ReturnType<typeof readKustomizations> | undefined;
  return () => (read ??= readKustomizations(snapshot));
}
