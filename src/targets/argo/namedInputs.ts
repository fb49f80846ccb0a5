import { textsAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, type ManifestValue } from '../../model/manifest.ts';
import type { NamedInput } from '../../model/remoteInputs.ts';
import { argoObjects, specOf } from './argoObjects.ts';
import { sourceText } from './declaredSources.ts';
import { chartNamed } from './remoteChart.ts';

/** What an Application's sources, or an ApplicationSet's template and generators, have Argo CD fetch. */
export function argoInputs(object: FoundObject): NamedInput[] {
  const isApplied =
    argoObjects([object], 'Application').length + argoObjects([object], 'ApplicationSet').length;
  return isApplied === 0 ? [] : sourcesIn(specOf(object)).flatMap(inputsOf);
}

/** Everything below a value that names a repository, however deep in generators it stands. */
function sourcesIn(value: ManifestValue): ManifestObject[] {
  if (Array.isArray(value)) return value.flatMap(sourcesIn);
  if (!isObject(value)) return [];
  const own = sourceText(value, 'repoURL') === '' ? [] : [value];
  return [...own, ...Object.values(value).flatMap(sourcesIn)];
}

function inputsOf(source: ManifestObject): NamedInput[] {
  const url = sourceText(source, 'repoURL');
  const chart = chartNamed(source);
  const isChart = sourceText(source, 'chart') !== '' || /^oci:\/\//i.test(url);
  const repository: NamedInput[] = !isChart
    ? [{ kind: 'repository', repository: url }]
    : chart === null
      ? []
      : [{ kind: 'chart', ...chart }];
  const files = textsAt(source, Kind.ApplicationSource('helm', 'valueFiles'))
    .filter((file) => /^https?:\/\//i.test(file))
    .map((url): NamedInput => ({ kind: 'file', url }));
  return [...repository, ...files];
}
