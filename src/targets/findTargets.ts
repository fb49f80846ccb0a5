import picomatch from 'picomatch';
import { keyed } from '../model/keyedSource.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { environmentOf } from './environment.ts';
import { chartTargets } from './helm/chartTargets.ts';
import { buildOptions } from './kustomize/buildOptions.ts';
import { readKustomizations } from './kustomize/readKustomizations.ts';
import { placeOf } from './placeOf.ts';
import { rootsOf } from './rootsOf.ts';

/**
 * The targets that a commit's files make without any operator's object, sorted by id.
 *
 * A kustomization that no other one refers to is a target; one that others refer to is a
 * base. A Component is never a target. Kustomizations that only refer to each other in a
 * circle are represented by the first of them, so that the mistake is seen, and so are
 * charts. Charts are targets with each of their values files, unless a kustomization
 * inflates them. `settings.targets` then includes and excludes by glob of the folder.
 */
export async function findTargets(
  snapshot: Snapshot,
  settings: Pick<Settings, 'targets' | 'clusters' | 'kubernetesVersion' | 'kustomize'>,
): Promise<Target[]> {
  const [kustomizations, charts] = await Promise.all([
    readKustomizations(snapshot),
    chartTargets(snapshot, settings),
  ]);
  const selected = folderSelector(settings.targets);
  const folders = rootsOf(kustomizations.map((one) => ({ ...one, isPart: one.component })));
  const used = new Set(kustomizations.flatMap(({ references }) => references));
  const ownCharts = charts.filter(({ path }) => !used.has(path));
  const overlays = folders.map((path) => kustomizeTarget(path, buildOptions(settings)));
  return [...overlays, ...besideKustomizations(ownCharts, folders)]
    .filter(({ path }) => selected(path))
    .map((target) => placed(target, settings))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Argo CD takes a folder that has both for a kustomization, so that the chart has another id. */
function besideKustomizations(charts: readonly Target[], folders: readonly string[]): Target[] {
  const taken = new Set(folders);
  return charts.map((chart) => (taken.has(chart.id) ? { ...chart, id: `${chart.id}:Chart.yaml` } : chart));
}

/** Where a folder's resources are applied, as far as the settings or its place in `clusters/` tell. */
function placed(target: Target, settings: Pick<Settings, 'clusters'>): Target {
  const { cluster, environment } = placeOf(`${target.path}/.`, settings);
  return { ...target, cluster, environment: target.environment ?? environment };
}

/** The target of a folder that Kustomize builds. */
export function kustomizeTarget(path: string, options: ReturnType<typeof buildOptions> = {}): Target {
  return {
    id: path,
    kind: 'kustomize',
    path,
    cluster: null,
    environment: environmentOf(path),
    source: keyed({ tool: 'kustomize', path, ...options }),
  };
}

/** Whether the settings want what stands in a folder. */
export function folderSelector({ include, exclude }: Settings['targets']): (path: string) => boolean {
  const included = include.length === 0 ? () => true : picomatch([...include], { dot: true });
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true });
  return (path) => included(path) && !excluded(path);
}
