import path from 'node:path';
import picomatch from 'picomatch';
import type { ClusterSettings, Settings } from '../model/settings.ts';
import { environmentOf } from './environment.ts';

/**
 * The cluster that a file's objects are applied to, and its environment, by the settings'
 * `match` globs or by the folder below `clusters/`, as `flux bootstrap` lays it out.
 */
export function placeOf(
  file: string,
  { clusters }: Pick<Settings, 'clusters'>,
): { cluster: string | null; environment: string | null } {
  const known = clusters.find((cluster) => matches(file, cluster));
  const cluster = known?.name ?? /(?:^|\/)clusters\/([^/]+)\//.exec(file)?.[1] ?? null;
  const named = clusters.find(({ name }) => name === cluster);
  return { cluster, environment: named?.environment ?? environmentOf(path.posix.dirname(file)) };
}

function matches(file: string, { match }: ClusterSettings): boolean {
  const folder = path.posix.dirname(file);
  return match.some(
    (glob) => picomatch.isMatch(file, glob, { dot: true }) || picomatch.isMatch(folder, glob, { dot: true }),
  );
}
