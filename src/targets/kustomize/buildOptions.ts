import type { KustomizeSource } from '../../model/renderSource.ts';
import type { Settings } from '../../model/settings.ts';

/** Both ways to write the option. */
const UNRESTRICTED = /(?:^|\s)--load-restrictor[=\s]+(["']?)LoadRestrictionsNone\1(?:\s|$)/;

/**
 * What the options of `kustomize build` that Argo CD is given change of a rendering: files may
 * come from outside of a kustomization's folder. Charts are rendered in any case, plugins in none,
 * and the order of resources does not matter.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/#kustomize-build-optionsparameters
 */
export function buildOptions({
  kustomize,
}: Pick<Settings, 'kustomize'>): Pick<KustomizeSource, 'unrestricted'> {
  return UNRESTRICTED.test(kustomize.buildOptions) ? { unrestricted: true } : {};
}
