import { flagAt, objectAt, objectsAt, textsAt } from '../../model/fields.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import type { ChartPlace, HelmSource, ValuesLayer } from '../../model/renderSource.ts';
import { capabilitiesOf } from '../clusterOf.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { substitute } from './buildEnvironment.ts';
import { escapeSetValue } from './helmParameter.ts';
import { mistake } from './mistake.ts';
import type { SourceContext } from './sourceContext.ts';
import { inRepository } from './thisCommit.ts';
import { placeOfValueFile, valueFileLayers } from './valueFiles.ts';

/**
 * A chart with what the Application's `helm` says: values files under `values` or
 * `valuesObject`, and parameters over both.
 * @see https://github.com/argoproj/argo-cd/blob/master/reposerver/repository/repository.go (helmTemplate)
 */
export async function helmSource(context: SourceContext, chart: ChartPlace): Promise<HelmSource | Refusal> {
  const { application, destination, source } = context;
  const helm = objectAt(source, ['helm']) ?? {};
  const files = await valueFileLayers(context, textsAt(helm, ['valueFiles']));
  if (isRefusal(files)) return files;
  const parameterFiles = await fileParameters(context, helm);
  if (isRefusal(parameterFiles)) return parameterFiles;
  const capabilities = capabilitiesIn(context, helm);
  if (isRefusal(capabilities)) return capabilities;
  return {
    tool: 'helm',
    chart,
    releaseName: textOr(helm, 'releaseName', application.resource.name),
    namespace: textOr(helm, 'namespace', destination.namespace === '' ? 'default' : destination.namespace),
    values: [...files, ...ownValues(helm), ...parameters(context, helm), ...parameterFiles],
    ...capabilities,
    includeCrds: !flagAt(helm, ['skipCrds']),
    ...(flagAt(helm, ['skipTests']) ? { skipTests: true } : {}),
    ...(flagAt(helm, ['skipSchemaValidation']) ? { skipSchemaValidation: true } : {}),
  };
}

function textOr(helm: ManifestObject, field: string, otherwise: string): string {
  const value = textAt(helm, [field]) ?? '';
  return value === '' ? otherwise : value;
}

function ownValues(helm: ManifestObject): ValuesLayer[] {
  const object = objectAt(helm, ['valuesObject']);
  if (object !== undefined) return [{ inline: object }];
  const text = textAt(helm, ['values']) ?? '';
  return text === '' ? [] : [{ text }];
}

/** Of parameters of one name the last counts; helm lays texts over the others. */
function parameters({ environment }: SourceContext, helm: ManifestObject): ValuesLayer[] {
  const sets = { plain: new Map<string, string>(), strings: new Map<string, string>() };
  for (const parameter of objectsAt(helm, ['parameters'])) {
    const name = textAt(parameter, ['name']) ?? '';
    const value = escapeSetValue(substitute(textAt(parameter, ['value']) ?? '', environment));
    (flagAt(parameter, ['forceString']) ? sets.strings : sets.plain).set(name, value);
  }
  return [
    ...[...sets.plain].map(([name, value]) => ({ set: `${name}=${value}` })),
    ...[...sets.strings].map(([name, value]) => ({ set: `${name}=${value}`, forceString: true })),
  ];
}

async function fileParameters(
  context: SourceContext,
  helm: ManifestObject,
): Promise<ValuesLayer[] | Refusal> {
  const layers = new Map<string, ValuesLayer>();
  for (const [index, parameter] of objectsAt(helm, ['fileParameters']).entries()) {
    const name = textAt(parameter, ['name']) ?? '';
    const fieldPath = [...context.fieldPath, 'helm', 'fileParameters', index, 'path'];
    const place = await placeOfValueFile(context, textAt(parameter, ['path']) ?? '', fieldPath);
    if (isRefusal(place)) return place;
    if ('chartFile' in place) {
      return refuse(
        `the parameter ${name} is the content of a file in a packed chart, which Hydrant does not read`,
      );
    }
    layers.set(name, { setFile: { name, file: place.file, ...inRepository(place.tree) } });
  }
  return [...layers.values()];
}

/** The Application's own capabilities, or those of the cluster it goes to. */
function capabilitiesIn(
  { argo, destination, fieldPath }: SourceContext,
  helm: ManifestObject,
): Pick<HelmSource, 'kubeVersion' | 'apiVersions'> | Refusal {
  const cluster = capabilitiesOf(destination.cluster, argo.settings);
  const version = textOr(helm, 'kubeVersion', cluster.kubeVersion);
  // As k8s.io/apimachinery's ParseGeneric: what follows the numbers is left out.
  const numbers = /^\s*v?(\d+(?:\.\d+)+)/.exec(version)?.[1];
  if (numbers === undefined) {
    return mistake(`${version} is no Kubernetes version`, [...fieldPath, 'helm', 'kubeVersion']);
  }
  const own = textsAt(helm, ['apiVersions']);
  const apiVersions = own.length > 0 ? own : cluster.apiVersions;
  return { kubeVersion: numbers, ...(apiVersions.length > 0 ? { apiVersions } : {}) };
}
