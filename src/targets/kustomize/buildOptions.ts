import type { KustomizeSource } from '../../model/renderSource.ts';
import type { Settings } from '../../model/settings.ts';

/** Both ways to write the option. */
const UNRESTRICTED = /(?:^|\s)--load-restrictor[=\s]+(["']?)LoadRestrictionsNone\1(?:\s|$)/;

/** One for each time that an option of charts is given. */
const CHARTS = /(?:^|\s)--helm-(kube-version|api-versions)[=\s]+(["']?)([^\s"']+)\2(?=\s|$)/g;

/**
 * What the options of `kustomize build` that Argo CD is given change of a rendering: files may
 * come from outside of a kustomization's folder, and charts are told a version. Charts are rendered
 * in any case, plugins in none, and the order of resources does not matter.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/#kustomize-build-optionsparameters
 */
export function buildOptions({
  kustomize,
}: Pick<Settings, 'kustomize'>): Pick<KustomizeSource, 'unrestricted' | 'charts'> {
  const given = [...kustomize.buildOptions.matchAll(CHARTS)];
  const valuesOf = (option: string) =>
    given.flatMap(([, name, , value]) => (name === option && value !== undefined ? [value] : []));
  const [kubeVersion, apiVersions] = [valuesOf('kube-version').at(-1), valuesOf('api-versions')];
  const charts = {
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(apiVersions.length > 0 && { apiVersions }),
  };
  return {
    ...(UNRESTRICTED.test(kustomize.buildOptions) && { unrestricted: true }),
    ...(given.length > 0 && { charts }),
  };
}
