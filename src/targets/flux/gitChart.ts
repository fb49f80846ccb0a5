import path from 'node:path';
import { filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { type FieldPath, type ManifestObject, textAt } from '../../model/manifest.ts';
import type { ChartPlace } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { type Refusal, refuse, refuseMistake } from '../refusal.ts';
import type { ReleaseChart } from './chart.ts';
import { nameInFile } from './chartName.ts';
import type { FluxContext } from './fluxContext.ts';
import { isIn } from './readFolders.ts';
import { type Reference, title } from './reference.ts';
import { isInPlace } from './sparseMounts.ts';
import { inSubmodule } from './submodule.ts';
import { pathInTree, type SourceTree } from './tree.ts';
import { packedValues, valuesFiles } from './valuesFiles.ts';

/** A chart in this repository: a folder, or a package that was committed. */
export async function gitChart(
  context: FluxContext,
  owner: FoundObject,
  {
    spec,
    reference,
    tree,
  }: { readonly spec: FieldPath; readonly reference: Reference; readonly tree: SourceTree },
): Promise<ReleaseChart | Refusal> {
  const { snapshot } = context;
  if (tree.mounts?.every(isInPlace) === false) {
    const reason = 'is put together of others (`spec.include`), which is not followed for charts';
    return refuse(`${title(reference)} ${reason}`);
  }
  const { manifest } = owner.resource;
  const needsNewVersion = waitsForVersion(manifest, spec);
  const place = pathInTree(textAt(manifest, [...spec, 'chart']) ?? '');
  if (snapshot.entries.get(place)?.kind === 'file') {
    return {
      place: { ...(await packed(context, place)), ignore: tree.ignore ?? '' },
      folder: null,
      needsNewVersion,
      ...packedValues(valuesFiles(manifest, spec, { defaults: null })),
    };
  }
  const file = path.posix.join(place, 'Chart.yaml');
  const submodule = inSubmodule(snapshot, place);
  if (submodule !== null) return submodule;
  const isThere = tree.mounts?.some(({ to }) => isIn(place, to)) !== false;
  if (!isThere || snapshot.entries.get(file)?.kind !== 'file') {
    const names = { path: place, source: title(reference) };
    const noChart = told('not-a-chart', names)`${'path'} is not a chart in ${'source'}`;
    const at = { rule: 'render/missing-path', object: owner, fieldPath: [...spec, 'chart'] };
    return tree.certain ? refuseMistake(at, noChart) : refuse(noChart.text);
  }
  const values = valuesFiles(manifest, spec, { defaults: await ownValues(snapshot, place) });
  return {
    place: { path: place, ignore: tree.ignore ?? '' },
    folder: place,
    name: await nameInFile(snapshot, file),
    values,
    needsNewVersion,
  };
}

async function ownValues(snapshot: FluxContext['snapshot'], chart: string) {
  const file = path.posix.join(chart, 'values.yaml');
  if (snapshot.entries.get(file)?.kind !== 'file') return null;
  return { path: file, text: new TextDecoder().decode(await snapshot.read(file)) };
}

/**
 * True unless each revision of the source is to be a version of its own; so for a HelmChart as for
 * a HelmRelease's template of one.
 * https://fluxcd.io/flux/components/source/helmcharts/#reconcile-strategy
 */
function waitsForVersion(manifest: ManifestObject, spec: FieldPath): boolean {
  return (filledText(manifest, [...spec, 'reconcileStrategy']) ?? 'ChartVersion') === 'ChartVersion';
}

async function packed({ snapshot, remote }: FluxContext, file: string): Promise<ChartPlace> {
  return { archive: remote.archives.add(path.posix.basename(file), await snapshot.read(file)), file };
}
