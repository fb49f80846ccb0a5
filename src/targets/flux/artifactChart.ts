import path from 'node:path';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { artifactTree } from './artifactTree.ts';
import type { ReleaseChart } from './chart.ts';
import type { FluxContext } from './fluxContext.ts';
import { type Reference, title } from './reference.ts';

/**
 * The chart that an ExternalArtifact holds, where it is a folder of this repository as it
 * stands there. Put together of several folders, it is a chart that the commit does not have.
 */
export function artifactChart(context: FluxContext, reference: Reference): ReleaseChart | Refusal {
  const tree = artifactTree(context, reference);
  if (isRefusal(tree)) return tree;
  const [only, ...others] = tree.mounts ?? [];
  const folder = /^(?<folder>.+)\/\*\*$/.exec(only?.from ?? '')?.groups?.['folder'];
  const chart = folder === undefined ? undefined : path.posix.join(folder, 'Chart.yaml');
  if (
    chart === undefined ||
    folder === undefined ||
    others.length > 0 ||
    only?.exclude !== undefined ||
    !context.snapshot.entries.has(chart)
  ) {
    return refuse(
      `${title(reference)} is not one chart's folder of this repository as it is, which is all that is followed for a HelmRelease`,
    );
  }
  return { place: { path: folder, ignore: tree.ignore ?? '' }, values: [], folder, needsNewVersion: false };
}
