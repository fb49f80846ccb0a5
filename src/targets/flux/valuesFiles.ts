import path from 'node:path';
import { yamlValues } from '../../dialects/yamlValues.ts';
import { filledText, flagAt, textsAt } from '../../model/fields.ts';
import { type FieldPath, isObject, type ManifestObject, type ManifestValue } from '../../model/manifest.ts';
import type { ValuesLayer } from '../../model/renderSource.ts';
import type { ReleaseChart } from './chart.ts';
import { pathInTree } from './tree.ts';

/**
 * The values files of a chart's spec, which Flux puts in place of the chart's `values.yaml`.
 * Of a chart in Git they are files of the repository, of a fetched one files of the chart.
 * https://fluxcd.io/flux/components/source/helmcharts/#values-files
 * @param git null for a fetched chart; the chart's own values, where it is a folder with any.
 */
export function valuesFiles(
  manifest: ManifestObject,
  spec: FieldPath,
  git: { readonly defaults: { readonly path: string; readonly text: string } | null } | null,
): ValuesLayer[] {
  // `valuesFile` is the older name of a first one.
  const single = filledText(manifest, [...spec, 'valuesFile']);
  const files = [
    ...(single === undefined ? [] : [single]),
    ...textsAt(manifest, [...spec, 'valuesFiles']),
  ].map(pathInTree);
  if (files.length === 0 || (files.length === 1 && files[0] === 'values.yaml')) return [];
  const ignore = flagAt(manifest, [...spec, 'ignoreMissingValuesFiles']) ? { ignoreMissing: true } : {};
  if (git === null) return files.map((chartFile) => ({ chartFile, ...ignore }));
  const layers = files.map((file): ValuesLayer => ({ file, ...ignore }));
  const { defaults } = git;
  if (defaults === null || files.some((file) => path.posix.normalize(file) === defaults.path)) return layers;
  return [{ inline: nothingOf(defaults.text) }, ...layers];
}

/** Values files of a packed chart, whose own `values.yaml` cannot be taken away: they lie over it. */
export function packedValues(values: readonly ValuesLayer[]): Pick<ReleaseChart, 'values' | 'partial'> {
  const hasOwn = values.some((layer) => 'chartFile' in layer && layer.chartFile === 'values.yaml');
  if (values.length === 0 || hasOwn) return { values };
  return {
    values,
    partial:
      "`valuesFiles` take the place of the chart's values.yaml, but of a packed chart lie over it here",
  };
}

/**
 * Values that take away what a chart's own values say: Helm deletes what is null. Mappings
 * stay, as those of subcharts have to.
 * https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key
 */
function nothingOf(text: string): ManifestObject {
  const [values] = yamlValues(text, '1.1');
  return isObject(values) ? withoutValues(values) : {};
}

function withoutValues(values: ManifestObject): ManifestObject {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]): [string, ManifestValue] => [
      key,
      isObject(value) ? withoutValues(value) : null,
    ]),
  );
}
