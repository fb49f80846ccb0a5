import type { FoundObject } from '../model/foundObject.ts';
import type { Settings } from '../model/settings.ts';
import { clusterNamed } from './clusterOf.ts';

/** Folders whose children are named after environments, as the common repository layouts have it. */
const PARENTS = new Set(['overlays', 'environments', 'envs', 'clusters']);

/** Folder names that say an environment wherever they stand. */
const NAMES = new Set([
  'production',
  'prod',
  'staging',
  'stage',
  'development',
  'dev',
  'test',
  'testing',
  'qa',
  'uat',
  'preview',
  'sandbox',
]);

/** What tells the environment of the target that an object declares. */
interface Declared {
  readonly object: Pick<FoundObject, 'environment'>;
  /** Where the target is applied. */
  readonly cluster: string | null;
  /** Where its files stand; null where that is not known. */
  readonly folder: string | null;
}

/** That of its cluster where the settings say one, else that of its folder, else that of the object. */
export function environmentOfTarget(
  { object, cluster, folder }: Declared,
  settings: Pick<Settings, 'clusters'>,
): string | null {
  return (
    clusterNamed(cluster, settings)?.environment ??
    (folder === null ? null : environmentOf(folder)) ??
    object.environment
  );
}

/**
 * The environment that an overlay's folder names, or null: the folder below `overlays/`
 * (`apps/myapp/overlays/production`), or one with an environment's usual name
 * (`apps/staging`). The innermost wins.
 */
export function environmentOf(path: string): string | null {
  const folders = path.split('/');
  for (let index = folders.length - 1; index >= 0; index--) {
    const folder = folders[index] ?? '';
    if (NAMES.has(folder) || PARENTS.has(folders[index - 1] ?? '')) return folder;
  }
  return null;
}
