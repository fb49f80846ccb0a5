import { yamlValues } from '../../dialects/yamlValues.ts';
import { filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, isObject, textAt, valueAt } from '../../model/manifest.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { FluxContext } from './fluxContext.ts';
import { findSource, readReference } from './reference.ts';

/**
 * The name of a release's chart as its source has it: that in a Helm repository, or the last part of
 * a registry's path, which `helm push` takes from the chart. Null for a chart in Git, which says it
 * itself.
 * https://helm.sh/docs/topics/registries/#the-push-subcommand
 */
export function nameInSource(context: FluxContext, release: FoundObject): string | null {
  const { manifest } = release.resource;
  if (!isObject(valueAt(manifest, Kind.HelmRelease('spec', 'chartRef'))))
    return nameInRepository(release, Kind.HelmRelease('spec', 'chart', 'spec'));
  const source = findSource(context, readReference(release, Kind.HelmRelease('spec', 'chartRef')));
  if (source?.resource.kind === 'HelmChart') return nameInRepository(source, Kind.HelmChart('spec'));
  if (source?.resource.kind !== 'OCIRepository') return null;
  const url = textAt(source.resource.manifest, Kind.OCIRepository('spec', 'url')) ?? '';
  return /([^/]+)\/*$/.exec(url)?.[1] ?? null;
}

function nameInRepository({ resource: { manifest } }: FoundObject, spec: FieldPath): string | null {
  const kind = textAt(manifest, [...spec, 'sourceRef', 'kind']);
  return kind === 'HelmRepository' ? (filledText(manifest, [...spec, 'chart']) ?? null) : null;
}

/** The name that a `Chart.yaml` says; null where it cannot be read. */
export async function nameInFile(snapshot: Snapshot, file: string): Promise<string | null> {
  const [chart] = yamlValues(new TextDecoder().decode(await snapshot.read(file)), '1.1');
  return isObject(chart) ? (filledText(chart, ['name']) ?? null) : null;
}
