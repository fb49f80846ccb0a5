import { keyed } from '../../model/keyedSource.ts';
import type { Settings } from '../../model/settings.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Target } from '../../model/target.ts';
import { capabilitiesOf } from '../clusterOf.ts';
import { environmentOf } from '../environment.ts';
import { placeOf } from '../placeOf.ts';
import { rootsOf } from '../rootsOf.ts';
import { type Chart, findCharts } from './findCharts.ts';

/**
 * Charts as targets of their own: each with its `values.yaml`, and once more with every
 * `values-<environment>.yaml` over it. A chart that another one takes in (`file://`) and a
 * library chart are none; of those that only take in each other the first one is, so that it is said.
 */
export async function chartTargets(
  snapshot: Snapshot,
  settings: Pick<Settings, 'clusters' | 'kubernetesVersion'>,
): Promise<Target[]> {
  const charts = await findCharts(snapshot);
  const roots = new Set(rootsOf(charts.map((chart) => ({ ...chart, isPart: chart.library }))));
  return charts
    .filter(({ folder }) => roots.has(folder))
    .flatMap((chart) => [
      targetOf(chart, null, settings),
      ...chart.environments.map((environment) => targetOf(chart, environment, settings)),
    ]);
}

function targetOf(
  { folder, name }: Chart,
  values: Chart['environments'][number] | null,
  settings: Pick<Settings, 'clusters' | 'kubernetesVersion'>,
): Target {
  const { cluster } = placeOf(`${folder}/Chart.yaml`, settings);
  return {
    id: values === null ? folder : `${folder}:${values.file.slice(values.file.lastIndexOf('/') + 1)}`,
    kind: 'helm',
    path: folder,
    cluster: null,
    environment: values?.name ?? environmentOf(folder),
    source: keyed({
      tool: 'helm',
      chart: { path: folder },
      releaseName: name,
      namespace: 'default',
      values: values === null ? [] : [{ file: values.file }],
      ...capabilitiesOf(cluster, settings),
      includeCrds: true,
    }),
  };
}
