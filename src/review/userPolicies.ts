import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** One Rego file of the user. */
export interface PolicyModule {
  readonly path: string;
  readonly content: string;
}

/** The Rego files below the settings' policy folders, in order of their paths. */
export async function readUserPolicies(inForce: Snapshot, settings: Settings): Promise<PolicyModule[]> {
  const folders = settings.policies.paths.map((path) => path.replace(/^\.\//, '').replace(/\/+$/, ''));
  const paths = [...inForce.entries.values()]
    .filter(({ kind, path }) => kind === 'file' && path.endsWith('.rego'))
    .map(({ path }) => path)
    .filter((path) => folders.some((folder) => folder === '.' || path.startsWith(`${folder}/`)));
  return Promise.all(
    paths.map(async (path) => ({ path, content: new TextDecoder().decode(await inForce.read(path)) })),
  );
}
