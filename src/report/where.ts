import type { Target } from '../model/target.ts';

/** Where a target is applied: its cluster, and its environment where that says more. */
export function whereOf({ cluster, environment }: Pick<Target, 'cluster' | 'environment'>): string {
  if (cluster === null) return environment ?? '';
  return environment === null || environment === cluster ? cluster : `${cluster} (${environment})`;
}

/** What the column of {@link whereOf} is called. */
export function whereTitle(targets: readonly Pick<Target, 'cluster'>[]): string {
  return targets.some(({ cluster }) => cluster !== null) ? 'Cluster' : 'Environment';
}
