import type { Target } from '../../model/target.ts';

/** What a repository shows of itself that the settings have a place for. */
export interface Found {
  /** How many targets there are of each kind, such as `kustomize`, by kind. */
  readonly kinds: readonly { readonly kind: string; readonly number: number }[];
  /** Clusters by name, with their environment where all that is applied there agrees on one. */
  readonly clusters: readonly { readonly name: string; readonly environment: string | null }[];
  /** Whether there are policies where they are looked for by default. */
  readonly hasPolicies: boolean;
}

/** Counts targets and puts together their clusters. */
export function foundIn(
  targets: readonly Pick<Target, 'kind' | 'cluster' | 'environment'>[],
  files: Iterable<string>,
): Found {
  const kinds = [...new Set(targets.map(({ kind }) => kind))].toSorted();
  const names = [...new Set(targets.flatMap(({ cluster }) => cluster ?? []))].toSorted();
  return {
    kinds: kinds.map((kind) => ({ kind, number: targets.filter((target) => target.kind === kind).length })),
    clusters: names.map((name) => {
      const environments = new Set(
        targets.filter((one) => one.cluster === name).map((one) => one.environment),
      );
      const [environment = null] = environments;
      // Where nothing else is known, a cluster's folder tells its environment as well.
      return { name, environment: environments.size === 1 && environment !== name ? environment : null };
    }),
    hasPolicies: [...files].some((file) => file.startsWith('policies/') && file.endsWith('.rego')),
  };
}
