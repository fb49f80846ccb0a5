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
