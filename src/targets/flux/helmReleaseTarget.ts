import { entriesAt, filledText, flagAt } from '../../model/fields.ts';
import type { NotValidated } from '../../model/finding.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { keyed } from '../../model/keyedSource.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import type { HelmSource, RenderStep, StepHooks } from '../../model/renderSource.ts';
import { capabilitiesOf } from '../clusterOf.ts';
import { type FollowedObject, partlyRendered } from '../operator.ts';
import { isRefusal, mistakesOf, notRendered } from '../refusal.ts';
import { appliedPlace } from './appliedPlace.ts';
import type { ReleaseChart } from './chart.ts';
import { nameInSource } from './chartName.ts';
import { chartWaits } from './filesWait.ts';
import type { FluxContext } from './fluxContext.ts';
import { identify } from './identity.ts';
import { installedFlux } from './installedFlux.ts';
import { namespaceOf } from './knownObjects.ts';
import { postRendererEdits } from './kustomizationEdits.ts';
import { releaseChart } from './releaseChart.ts';
import { releaseName } from './releaseName.ts';
import { releasePlace } from './releasePlace.ts';
import { releaseRecord } from './releaseRecord.ts';
import { releaseValues } from './releaseValues.ts';
import { metadataStep, stepsOf } from './steps.ts';

/**
 * What a HelmRelease installs.
 * https://fluxcd.io/flux/components/helm/helmreleases/
 */
export async function helmReleaseTarget(context: FluxContext, object: FoundObject): Promise<FollowedObject> {
  const { resource } = object;
  const { manifest } = resource;
  const chart = await releaseChart(context, object);
  const folder = isRefusal(chart) ? null : chart.folder;
  const identity = identify(object, folder, context.settings);
  const target = { ...identity, kind: 'HelmRelease', path: folder ?? '.' } as const;
  const own = isRefusal(chart) ? undefined : chart.name;
  const release = releasePlace(resource, own ?? nameInSource(context, object));
  const appliesTo = { ...appliedPlace(object, context.settings), release };
  const said = { ...target, appliesTo, filesWait: chartWaits(context, object) };
  if (isRefusal(chart)) {
    const record = releaseRecord(object, said);
    const refused = { target: { ...target, source: notRendered(chart) }, record, folders: [] };
    return { target: refused, violations: mistakesOf([chart], object), notValidated: [] };
  }
  const { layers, origins, violations, notValidated } = releaseValues(context, object, {
    targetId: identity.id,
    chartLayers: chart.values.length,
  });
  const source: HelmSource = {
    tool: 'helm',
    chart: chart.place,
    releaseName: releaseName(specOf(manifest), resource.name),
    namespace: filledText(manifest, Kind.HelmRelease('spec', 'targetNamespace')) ?? namespaceOf(resource),
    values: [...chart.values, ...layers],
    ...capabilities(context, identity.cluster),
    ...actionOf(manifest),
    ...stepsOf(postRendering(context, object)),
  };
  const record = releaseRecord(object, {
    ...said,
    layers: [...chart.values.map(() => null), ...origins],
    needsNewVersion: chart.needsNewVersion,
  });
  return {
    target: {
      target: { ...target, source: keyed(source) },
      record,
      folders: folder === null ? [] : [folder],
    },
    violations,
    notValidated: [...gapsOf(identity.id, chart, manifest), ...notValidated],
  };
}

/** What only the cluster knows, or is rendered otherwise than Flux does. */
function gapsOf(id: string, { partial }: ReleaseChart, manifest: ManifestObject): NotValidated[] {
  const keeps = flagAt(manifest, Kind.HelmRelease('spec', 'upgrade', 'preserveValues'));
  const reason = '`upgrade.preserveValues` keeps values of the last release, which only the cluster knows';
  return [
    ...(partial === undefined ? [] : [partlyRendered(id, partial)]),
    ...(keeps ? [partlyRendered(id, reason)] : []),
  ];
}

function specOf(manifest: ManifestObject): ManifestObject {
  const spec = valueAt(manifest, Kind.HelmRelease('spec'));
  return isObject(spec) ? spec : {};
}

/** helm-controller uses Helm's library, which asks the cluster what it serves. */
function capabilities(
  { settings }: FluxContext,
  cluster: string | null,
): Pick<HelmSource, 'kubeVersion' | 'apiVersions' | 'served'> {
  const { kubeVersion, apiVersions } = capabilitiesOf(cluster, settings);
  const served = { version: kubeVersion, only: true };
  return { kubeVersion, ...(apiVersions.length > 0 && { apiVersions }), served };
}

/**
 * How the release is installed. Tests are run, and so made, only where they are switched on.
 * https://fluxcd.io/flux/components/helm/helmreleases/#install-configuration
 */
function actionOf(
  manifest: ManifestObject,
): Pick<HelmSource, 'includeCrds' | 'skipTests' | 'hooks' | 'skipSchemaValidation'> {
  const install = Kind.HelmRelease('spec', 'install');
  // `skipCRDs` is the older way to say it.
  const crds =
    textAt(manifest, [...install, 'crds']) ??
    (flagAt(manifest, [...install, 'skipCRDs']) ? 'Skip' : 'Create');
  return {
    includeCrds: crds !== 'Skip',
    ...(!flagAt(manifest, Kind.HelmRelease('spec', 'test', 'enable')) && { skipTests: true }),
    ...(flagAt(manifest, [...install, 'disableHooks']) && { hooks: 'omit' as const }),
    ...(flagAt(manifest, [...install, 'disableSchemaValidation']) && { skipSchemaValidation: true }),
  };
}

/**
 * The post-renderers, and the common metadata as the last of them.
 * https://fluxcd.io/flux/components/helm/helmreleases/#post-renderers
 */
function postRendering(context: FluxContext, object: FoundObject): RenderStep[] {
  const { manifest } = object.resource;
  const steps = [...postRenderers(manifest), ...metadataStep(manifest)];
  const hooks = steps.length === 0 ? undefined : hooksOf(context, object);
  return hooks === undefined ? steps : steps.map((step) => ({ ...step, hooks }));
}

/** As `postRenderStrategy` says, which is `combined` by default since Flux 2.9, and `nohooks` before. */
function hooksOf(context: FluxContext, object: FoundObject): StepHooks | undefined {
  const strategy =
    textAt(object.resource.manifest, [
      ...Kind.HelmRelease('spec'),
      ...Kind.ReleaseSpec('postRenderStrategy'),
    ]) ?? (installedFlux(context, object).postRendersHooks ? 'combined' : 'nohooks');
  return strategy === 'nohooks' ? 'omit' : strategy === 'separate' ? 'separate' : undefined;
}

type PostRenderStep = Extract<RenderStep, { readonly hooks?: StepHooks }>;

function postRenderers(manifest: ManifestObject): PostRenderStep[] {
  return entriesAt(manifest, Kind.HelmRelease('spec', 'postRenderers')).flatMap(
    ({ item }): PostRenderStep[] => {
      const kustomize = valueAt(item, Kind.PostRenderer('kustomize'));
      const edits = isObject(kustomize) ? postRendererEdits(kustomize) : {};
      return Object.keys(edits).length === 0 ? [] : [{ step: 'kustomize', edits }];
    },
  );
}
