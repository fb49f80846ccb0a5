import { filledText, objectAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { HelmReleasePlace } from '../../model/operatorRecord.ts';
import type { Resource } from '../../model/resource.ts';
import { namespaceOf } from './knownObjects.ts';
import { releaseName } from './releaseName.ts';

/**
 * What tells the release of a HelmRelease from others: where one of these changes,
 * helm-controller uninstalls the release and installs another.
 * https://github.com/fluxcd/helm-controller/blob/main/internal/action/verify.go (ReleaseTargetChanged)
 * @param chart the name of its chart; null where nobody knows.
 */
export function releasePlace(resource: Resource, chart: string | null): HelmReleasePlace {
  const { manifest, name } = resource;
  const own = namespaceOf(resource);
  const namespace = filledText(manifest, Kind.HelmRelease('spec', 'targetNamespace')) ?? own;
  const storage = filledText(manifest, Kind.HelmRelease('spec', 'storageNamespace')) ?? own;
  const stored = storage === own ? '' : ` (stored in ${storage})`;
  const spec = objectAt(manifest, Kind.HelmRelease('spec')) ?? {};
  const strategy = textAt(manifest, [
    ...Kind.HelmRelease('spec', 'upgrade'),
    ...Kind.ReleaseUpgrade('chartNameChangeStrategy'),
  ]);
  return {
    name: `${namespace}/${releaseName(spec, name)}${stored}`,
    chart,
    takesOtherCharts: strategy === 'InPlaceUpdate',
  };
}
