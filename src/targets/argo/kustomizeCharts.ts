import { objectAt, textsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { KustomizeSource } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { capabilitiesOf } from '../clusterOf.ts';
import type { Refusal } from '../refusal.ts';
import { kubeVersionNumbers } from './kubeVersion.ts';
import { mistake } from './mistake.ts';
import type { SourceContext } from './sourceContext.ts';

/**
 * What the charts of an Application's kustomization are told of the cluster: Argo CD adds the
 * Application's own version and API versions, else the cluster's, behind the options of `kustomize build`,
 * which hold for the charts of all bases as well.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/kustomize/kustomize.go (parseKustomizeBuildOptions)
 * @param given the options of the settings.
 */
export function kustomizeCharts(
  { argo, destination, fieldPath, source }: SourceContext,
  given: Pick<KustomizeSource, 'charts'>,
): Pick<KustomizeSource, 'charts'> | Refusal {
  const options = objectAt(source, Kind.ApplicationSource('kustomize')) ?? {};
  const cluster = capabilitiesOf(destination.cluster, argo.settings);
  const version = textAt(options, Kind.ApplicationKustomize('kubeVersion')) || cluster.kubeVersion;
  const kubeVersion = kubeVersionNumbers(version);
  if (kubeVersion === undefined) {
    const problem = told('kube-version', { version })`${'version'} is no Kubernetes version`;
    return mistake(problem, [...fieldPath, 'kustomize', 'kubeVersion']);
  }
  const said = textsAt(options, Kind.ApplicationKustomize('apiVersions'));
  const added = said.length > 0 ? said : cluster.apiVersions;
  const apiVersions = [...(given.charts?.apiVersions ?? []), ...added];
  return {
    charts: {
      kubeVersion,
      ...(apiVersions.length > 0 && { apiVersions }),
      ...(said.length === 0 && { served: { version: cluster.kubeVersion } }),
    },
  };
}
