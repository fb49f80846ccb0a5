import type { TargetResult } from '../model/review.ts';
import { count, enumerate } from './words.ts';

/** What tells where a target belongs. */
export type Placed = Pick<TargetResult, 'id' | 'kind' | 'path' | 'cluster' | 'environment'>;

/** Folders that only hold an application's overlays. */
const HOLDERS = new Set(['overlays', 'environments', 'envs', 'env']);

/**
 * What the overlays of one application have in common, as people call it: `apps/myapp` of
 * `apps/myapp/overlays/production`, `myapp` of the Application `myapp-production`.
 */
export function applicationOf({ id, kind, path, cluster, environment }: Placed): string {
  const own = new Set([cluster, environment]);
  if (kind === 'kustomize' || kind === 'helm') {
    const steps = path.split('/').filter((step) => !HOLDERS.has(step) && !own.has(step));
    return steps.length === 0 ? path : steps.join('/');
  }
  const name = id.split(/[/ ]/).at(-1) ?? id;
  const place = [environment, cluster].find((one) => one !== null && name.endsWith(`-${one}`));
  return typeof place === 'string' ? name.slice(0, -place.length - 1) : name;
}

/**
 * Where targets are applied, in few words: `production and staging (5 clusters)`, `4 environments, 40 targets`.
 * Empty where neither environment nor cluster is known.
 */
export function placesOf(targets: readonly Placed[]): string {
  const environments = distinct(targets.map(({ environment }) => environment));
  const clusters = distinct(targets.map(({ cluster }) => cluster));
  const total =
    clusters.length > 1 && clusters.length !== environments.length
      ? `${clusters.length} clusters`
      : `${targets.length} targets`;
  const names = [environments, clusters].find((list) => list.length > 0);
  if (names === undefined) return '';
  if (names.length > MOST_NAMED) {
    const all = count(names.length, names === clusters ? 'cluster' : 'environment');
    return targets.length > names.length ? `${all} (${total})` : all;
  }
  const more = targets.length > names.length ? ` (${total})` : '';
  return `${enumerate(names)}${more}`;
}

const MOST_NAMED = 3;

function distinct(names: readonly (string | null)[]): string[] {
  return [...new Set(names.filter((name) => name !== null))].toSorted();
}
