import { entriesAt, flagAt, objectAt, textsAt } from '../../model/fields.ts';
import type { FieldOrigin } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { ChartPlace, HelmSource, ValuesLayer } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { capabilitiesOf } from '../clusterOf.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { substitute } from './buildEnvironment.ts';
import { escapeSetValue } from './helmParameter.ts';
import { kubeVersionNumbers } from './kubeVersion.ts';
import { mistake } from './mistake.ts';
import { originOf, type SourceContext } from './sourceContext.ts';
import { inRepository } from './thisCommit.ts';
import { placeOfValueFile, valueFileLayers } from './valueFiles.ts';

/** A chart with its values, and the fields of the Application that give those. */
export interface ApplicationChart {
  readonly source: HelmSource;
  readonly layers: OperatorRecord['layers'];
}

/** A layer of values with the field that gives it; null for a file. */
interface DeclaredLayer {
  readonly layer: ValuesLayer;
  readonly origin: FieldOrigin | null;
}

/**
 * A chart with what the Application's `helm` says: values files under `values` or
 * `valuesObject`, and parameters over both.
 * @see https://github.com/argoproj/argo-cd/blob/master/reposerver/repository/repository.go (helmTemplate)
 */
export async function helmSource(
  context: SourceContext,
  chart: ChartPlace,
): Promise<ApplicationChart | Refusal> {
  const { application, destination, source } = context;
  const helm = objectAt(source, Kind.ApplicationSource('helm')) ?? {};
  const files = await valueFileLayers(context, textsAt(helm, Kind.ApplicationHelm('valueFiles')));
  if (isRefusal(files)) return files;
  const parameterFiles = await fileParameters(context, helm);
  if (isRefusal(parameterFiles)) return parameterFiles;
  const capabilities = capabilitiesIn(context, helm);
  if (isRefusal(capabilities)) return capabilities;
  const values = [
    ...files.map(ofFile),
    ...ownValues(context),
    ...parameters(context),
    ...parameterFiles.map(ofFile),
  ];
  const rendered: HelmSource = {
    tool: 'helm',
    chart,
    releaseName: textOr(helm, 'releaseName', application.resource.name),
    namespace: textOr(helm, 'namespace', destination.namespace === '' ? 'default' : destination.namespace),
    values: values.map(({ layer }) => layer),
    ...capabilities,
    includeCrds: !flagAt(helm, Kind.ApplicationHelm('skipCrds')),
    ...(flagAt(helm, Kind.ApplicationHelm('skipTests')) ? { skipTests: true } : {}),
    ...(flagAt(helm, Kind.ApplicationHelm('skipSchemaValidation')) ? { skipSchemaValidation: true } : {}),
  };
  return { source: rendered, layers: values.map(({ origin }) => origin) };
}

function ofFile(layer: ValuesLayer): DeclaredLayer {
  return { layer, origin: null };
}

function textOr(
  helm: ManifestObject,
  field: 'releaseName' | 'namespace' | 'kubeVersion',
  otherwise: string,
): string {
  const value = textAt(helm, Kind.ApplicationHelm(field)) ?? '';
  return value === '' ? otherwise : value;
}

function ownValues(context: SourceContext): DeclaredLayer[] {
  const [object, text] = [
    Kind.ApplicationSource('helm', 'valuesObject'),
    Kind.ApplicationSource('helm', 'values'),
  ];
  const inline = objectAt(context.source, object);
  if (inline !== undefined) return [{ layer: { inline }, origin: originOf(context, object) }];
  const values = textAt(context.source, text) ?? '';
  return values === '' ? [] : [{ layer: { text: values }, origin: originOf(context, text) }];
}

/** Of parameters of one name the last counts; helm lays texts over the others. */
function parameters(context: SourceContext): DeclaredLayer[] {
  const path = Kind.ApplicationSource('helm', 'parameters');
  const all = originOf(context, path);
  const sets = { plain: new Map<string, DeclaredLayer>(), strings: new Map<string, DeclaredLayer>() };
  for (const { index, item } of entriesAt(context.source, path)) {
    const name = textAt(item, Kind.HelmParameter('name')) ?? '';
    const value = substitute(textAt(item, Kind.HelmParameter('value')) ?? '', context.environment);
    const set = `${name}=${escapeSetValue(value)}`;
    const origin = all && { ...all, fieldPath: [...all.fieldPath, index, ...Kind.HelmParameter('value')] };
    if (flagAt(item, Kind.HelmParameter('forceString')))
      sets.strings.set(name, { layer: { set, forceString: true }, origin });
    else sets.plain.set(name, { layer: { set }, origin });
  }
  return [...sets.plain.values(), ...sets.strings.values()];
}

async function fileParameters(
  context: SourceContext,
  helm: ManifestObject,
): Promise<ValuesLayer[] | Refusal> {
  const layers = new Map<string, ValuesLayer>();
  for (const { index, item: parameter } of entriesAt(helm, Kind.ApplicationHelm('fileParameters'))) {
    const name = textAt(parameter, Kind.HelmFileParameter('name')) ?? '';
    const fieldPath = [...context.fieldPath, 'helm', 'fileParameters', index, 'path'];
    const place = await placeOfValueFile(
      context,
      textAt(parameter, Kind.HelmFileParameter('path')) ?? '',
      fieldPath,
    );
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

/**
 * The Application's own capabilities, or those of the cluster it goes to: Argo CD gives what that
 * serves to the program as `--api-versions`, with the kinds.
 * https://github.com/argoproj/argo-cd/blob/master/util/argo/argo.go (APIResourcesToStrings)
 */
function capabilitiesIn(
  { argo, destination, fieldPath }: SourceContext,
  helm: ManifestObject,
): Pick<HelmSource, 'kubeVersion' | 'apiVersions' | 'served'> | Refusal {
  const cluster = capabilitiesOf(destination.cluster, argo.settings);
  const version = textOr(helm, 'kubeVersion', cluster.kubeVersion);
  const numbers = kubeVersionNumbers(version);
  if (numbers === undefined) {
    const problem = told('kube-version', { version })`${'version'} is no Kubernetes version`;
    return mistake(problem, [...fieldPath, 'helm', 'kubeVersion']);
  }
  const own = textsAt(helm, Kind.ApplicationHelm('apiVersions'));
  if (own.length > 0) return { kubeVersion: numbers, apiVersions: own };
  const { apiVersions } = cluster;
  return {
    kubeVersion: numbers,
    ...(apiVersions.length > 0 ? { apiVersions } : {}),
    served: { version: cluster.kubeVersion },
  };
}
