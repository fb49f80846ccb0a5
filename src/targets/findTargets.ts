import picomatch from 'picomatch';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { environmentOf } from './environment.ts';
import { readKustomizations } from './kustomize/readKustomizations.ts';
import { rootsOf } from './kustomize/rootsOf.ts';

/**
 * What operators would apply of a commit, sorted by id.
 *
 * A kustomization that no other one refers to is a target; one that others refer to is a
 * base. A Component is never a target. Kustomizations that only refer to each other in a
 * circle are represented by the first of them, so that the mistake is seen.
 * `settings.targets` then includes and excludes by glob of the folder.
 */
export async function findTargets(
  snapshot: Snapshot,
  settings: Pick<Settings, 'targets'>,
): Promise<Target[]> {
  const kustomizations = await readKustomizations(snapshot);
  const selected = selector(settings.targets);
  return rootsOf(kustomizations)
    .filter(selected)
    .sort()
    .map((path) => ({ id: path, kind: 'kustomize', path, cluster: null, environment: environmentOf(path) }));
}

function selector({ include, exclude }: Settings['targets']): (path: string) => boolean {
  const included = include.length === 0 ? () => true : picomatch([...include], { dot: true });
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true });
  return (path) => included(path) && !excluded(path);
}
