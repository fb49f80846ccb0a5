import { gobwasMatcher } from '../../dialects/glob.ts';
import { flagAt, listAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { DirectorySource } from '../../model/renderSource.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { SourceContext } from './sourceContext.ts';
import { inRepository } from './thisCommit.ts';

/**
 * Plain manifests in a folder.
 * @see https://github.com/argoproj/argo-cd/blob/master/reposerver/repository/repository.go (findManifests)
 */
export function directorySource({ source, tree }: SourceContext, folder: string): DirectorySource | Refusal {
  if (flagAt(source, Kind.ApplicationSource('directory', 'disableExtensionFilter'))) {
    return refuse(
      'directory.disableExtensionFilter makes manifests of files of any name, which Hydrant does not do',
    );
  }
  const include = textAt(source, Kind.ApplicationSource('directory', 'include')) ?? '';
  const exclude = textAt(source, Kind.ApplicationSource('directory', 'exclude')) ?? '';
  const directory: DirectorySource = {
    tool: 'directory',
    path: folder,
    ...inRepository(tree),
    recurse: flagAt(source, Kind.ApplicationSource('directory', 'recurse')),
    ...(include === '' ? {} : { include }),
    ...(exclude === '' ? {} : { exclude }),
  };
  const jsonnet = firstJsonnet(tree.snapshot, directory);
  const configured = (['extVars', 'tlas', 'libs'] as const).some(
    (field) => listAt(source, Kind.ApplicationSource('directory', 'jsonnet', field)).length > 0,
  );
  if (jsonnet !== null || configured) {
    return refuse(`${jsonnet ?? 'directory.jsonnet'} is Jsonnet, which Hydrant does not evaluate`);
  }
  return directory;
}

/** The first Jsonnet file that Argo CD would evaluate among the manifests. */
function firstJsonnet(
  snapshot: Snapshot,
  { path, recurse, include, exclude }: DirectorySource,
): string | null {
  const prefix = path === '.' ? '' : `${path}/`;
  const included = include === undefined ? () => true : gobwasMatcher(include);
  const excluded = exclude === undefined ? () => false : gobwasMatcher(exclude);
  for (const { kind, path: file } of snapshot.entries.values()) {
    if ((kind !== 'file' && kind !== 'symlink') || !file.endsWith('.jsonnet') || !file.startsWith(prefix))
      continue;
    const name = file.slice(prefix.length);
    if ((recurse || !name.includes('/')) && included(name) && !excluded(name)) return file;
  }
  return null;
}
