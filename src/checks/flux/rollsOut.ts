import { Kind } from '../../model/kinds.ts';
import { textAt, valueAt } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';

const SPEC = Kind.HelmRelease('spec', 'chart', 'spec');

/**
 * Whether Flux installs a changed chart of a Git repository or bucket only when the chart's
 * version is another one.
 * https://fluxcd.io/flux/components/source/helmcharts/#reconcile-strategy
 */
export function needsNewVersion({ kind, manifest }: Resource): boolean {
  if (kind !== 'HelmRelease' || valueAt(manifest, Kind.HelmRelease('spec', 'chartRef')) !== undefined)
    return false;
  const source = textAt(manifest, [...SPEC, 'sourceRef', 'kind']);
  const strategy = textAt(manifest, [...SPEC, 'reconcileStrategy']) ?? 'ChartVersion';
  return strategy === 'ChartVersion' && (source === 'GitRepository' || source === 'Bucket');
}
