import type { ManifestObject } from '../../model/manifest.ts';
import { shownAddress } from '../../model/remoteInputs.ts';
import type { ChartPlace } from '../../model/renderSource.ts';
import type { FollowContext } from '../followContext.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { sourceText } from './declaredSources.ts';

/** The chart of a source in a Helm repository or a registry, where the settings allow it to be fetched. */
export async function remoteChart(
  source: ManifestObject,
  { remote }: FollowContext,
): Promise<ChartPlace | Refusal> {
  const url = sourceText(source, 'repoURL');
  const version = sourceText(source, 'targetRevision') || '*';
  const wanted = chartNamed(source);
  if (wanted === null) return refuse(`${shownAddress(url)} is no address of an OCI artifact`);
  const fetched = await remote.chart({ ...wanted, version });
  return 'refused' in fetched ? refuse(fetched.refused) : fetched.place;
}

/** The chart that a source names; null where it names none. */
export function chartNamed(source: ManifestObject): { repository: string; chart: string } | null {
  const chart = sourceText(source, 'chart');
  const url = sourceText(source, 'repoURL');
  return chart === '' ? artifact(url) : { repository: repositoryOf(url), chart };
}

/**
 * Argo CD writes a registry of charts without scheme.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/helm/client.go (IsHelmOciRepo)
 */
function repositoryOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `oci://${url}`;
}

/** `oci://registry/folder/name` without `chart` is the artifact itself. */
function artifact(url: string): { repository: string; chart: string } | null {
  const { repository, chart } = /^(?<repository>oci:\/\/.+)\/(?<chart>[^/]+)\/*$/.exec(url)?.groups ?? {};
  return repository === undefined || chart === undefined ? null : { repository, chart };
}
