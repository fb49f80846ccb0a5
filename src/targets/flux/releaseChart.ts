import { filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, isObject, textAt, valueAt } from '../../model/manifest.ts';
import type { RemoteChart } from '../../model/remoteInputs.ts';
import type { OtherCommit } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { isRefusal, type Refusal, refuse, refuseMistake } from '../refusal.ts';
import { artifactChart } from './artifactChart.ts';
import type { ReleaseChart } from './chart.ts';
import type { FluxContext } from './fluxContext.ts';
import { gitChart } from './gitChart.ts';
import { inTree } from './otherTree.ts';
import { findSource, missingSource, type Reference, readReference, title } from './reference.ts';
import { sourceTree } from './sourceTree.ts';
import { packedValues, valuesFiles } from './valuesFiles.ts';

/**
 * The chart of a HelmRelease: of its template `spec.chart`, or of the source that
 * `spec.chartRef` names.
 * https://fluxcd.io/flux/components/helm/helmreleases/#chart-template
 */
export async function releaseChart(
  context: FluxContext,
  release: FoundObject,
): Promise<ReleaseChart | Refusal> {
  const { manifest } = release.resource;
  if (isObject(valueAt(manifest, Kind.HelmRelease('spec', 'chartRef')))) {
    return referredChart(context, readReference(release, Kind.HelmRelease('spec', 'chartRef')));
  }
  if (!isObject(valueAt(manifest, Kind.HelmRelease('spec', 'chart', 'spec')))) {
    const { name } = release.resource;
    const noChart = told('no-chart', {
      name,
    })`HelmRelease ${'name'} names no chart: it needs spec.chart or spec.chartRef`;
    const fieldPath = Kind.HelmRelease('spec');
    return refuseMistake({ rule: 'flux/reference', object: release, fieldPath }, noChart);
  }
  return chartOf(context, release, Kind.HelmRelease('spec', 'chart', 'spec'));
}

async function referredChart(context: FluxContext, reference: Reference): Promise<ReleaseChart | Refusal> {
  if (reference.kind === 'ExternalArtifact') return artifactChart(context, reference);
  const source = findSource(context, reference);
  if (source === undefined) return notThere(reference);
  return reference.kind === 'OCIRepository'
    ? ociChart(context, source)
    : chartOf(context, source, Kind.HelmChart('spec'));
}

/** The chart of a HelmChart's spec, which is also what a HelmRelease's template is. */
async function chartOf(
  context: FluxContext,
  owner: FoundObject,
  spec: FieldPath,
): Promise<ReleaseChart | Refusal> {
  const { manifest } = owner.resource;
  const chart = textAt(manifest, [...spec, 'chart']) ?? '';
  const reference = readReference(owner, [...spec, 'sourceRef']);
  if (reference.kind !== 'HelmRepository') {
    const tree = await sourceTree(context, reference);
    if (isRefusal(tree)) return tree;
    const found = await gitChart(inTree(context, tree), owner, { spec, reference, tree });
    return isRefusal(found) || tree.other === undefined ? found : elsewhere(found, tree.other.repository);
  }
  const repository = findSource(context, reference);
  if (repository === undefined) return notThere(reference);
  const fetched = await fetchChart(context, {
    repository: textAt(repository.resource.manifest, Kind.HelmRepository('spec', 'url')) ?? '',
    chart,
    version: filledText(manifest, [...spec, 'version']) ?? '*',
  });
  return isRefusal(fetched) ? fetched : { ...fetched, ...packedValues(valuesFiles(manifest, spec, null)) };
}

function notThere(reference: Reference): Refusal {
  return refuse(`${title(reference)} is not in the repository`, missingSource(reference));
}

/** A chart of a folder of another repository, with its values files. */
function elsewhere(chart: ReleaseChart, repository: OtherCommit): ReleaseChart {
  const { place, values } = chart;
  return {
    ...chart,
    place: { ...place, repository },
    values: values.map((layer) => ('file' in layer ? { ...layer, repository } : layer)),
    folder: null,
  };
}

/**
 * A chart that an OCIRepository names by its whole address.
 * https://fluxcd.io/flux/components/source/ocirepositories/#reference
 */
async function ociChart(context: FluxContext, owner: FoundObject): Promise<ReleaseChart | Refusal> {
  const { manifest } = owner.resource;
  const ref = (field: 'digest' | 'semver' | 'semverFilter' | 'tag') =>
    filledText(manifest, Kind.OCIRepository('spec', 'ref', field));
  const url = (textAt(manifest, Kind.OCIRepository('spec', 'url')) ?? '').replace(/\/+$/, '');
  if (ref('semverFilter') !== undefined) {
    return refuse(
      `${owner.resource.kind} ${owner.resource.name} filters tags by a pattern (\`ref.semverFilter\`), which Hydrant does not follow`,
    );
  }
  const digest = ref('digest');
  const fetched = await fetchChart(context, {
    repository: url,
    chart: '',
    version: digest === undefined ? (ref('semver') ?? ref('tag') ?? 'latest') : `@${digest}`,
  });
  if (isRefusal(fetched) || filledText(manifest, Kind.OCIRepository('spec', 'ignore')) === undefined)
    return fetched;
  const partial = `\`ignore\` of ${owner.resource.kind} ${owner.resource.name} leaves out files of the chart, which are rendered here`;
  return { ...fetched, partial };
}

async function fetchChart({ remote }: FluxContext, wanted: RemoteChart): Promise<ReleaseChart | Refusal> {
  const fetched = await remote.chart(wanted);
  if ('refused' in fetched) return refuse(fetched.refused);
  return { place: fetched.place, values: [], folder: null, needsNewVersion: false };
}
