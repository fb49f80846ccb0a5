import type { ClusterSettings, Settings } from '../model/settings.ts';

type Known = Pick<Settings, 'clusters'>;

/** The cluster of a name, where the settings list it. */
export function clusterNamed(name: string | null, { clusters }: Known): ClusterSettings | null {
  return clusters.find((cluster) => cluster.name === name) ?? null;
}

/** The cluster whose API server has an address, where the settings list it. */
export function clusterAt(server: string, { clusters }: Known): ClusterSettings | null {
  const wanted = normalizeServer(server);
  return (
    clusters.find((cluster) => cluster.server !== undefined && normalizeServer(cluster.server) === wanted) ??
    null
  );
}

/** What a cluster renders with: its own version, or that of all. */
export function capabilitiesOf(
  cluster: string | null,
  settings: Pick<Settings, 'clusters' | 'kubernetesVersion'>,
): { readonly kubeVersion: string; readonly apiVersions: readonly string[] } {
  const known = clusterNamed(cluster, settings);
  return {
    kubeVersion: known?.kubernetesVersion ?? settings.kubernetesVersion,
    apiVersions: known?.apiVersions ?? [],
  };
}

/** Addresses of one server differ by case, a slash at the end, and a port that goes without saying. */
function normalizeServer(server: string): string {
  const text = server.trim();
  return URL.canParse(text) ? new URL(text).href.replace(/\/+$/, '') : text.replace(/\/+$/, '');
}
