import { CHART_FILE, KUSTOMIZATION_FILES } from '../../model/entryFiles.ts';
import { isObject, type ManifestObject } from '../../model/manifest.ts';
import type { Snapshot } from '../../model/snapshot.ts';

export type SourceType = 'kustomize' | 'helm' | 'directory' | 'plugin';

const TYPES = ['kustomize', 'helm', 'directory', 'plugin'] as const;

/** The types whose fields a source has: Argo CD takes one, and refuses several. */
export function explicitTypes(source: ManifestObject): SourceType[] {
  return TYPES.filter((type) => isObject(source[type]));
}

/**
 * The tool that Argo CD takes for a folder whose source names none. As there, a file whose
 * name only ends in `Chart.yaml` counts, and the last in order of names decides.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/app/discovery/discovery.go (AppType)
 */
export function typeOfFolder(snapshot: Snapshot, folder: string): SourceType {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const names = [...snapshot.entries.values()]
    .filter(({ kind, path }) => (kind === 'file' || kind === 'symlink') && path.startsWith(prefix))
    .map(({ path }) => path.slice(prefix.length))
    .filter((name) => !name.includes('/'))
    .toSorted();
  const types = names.flatMap((name): SourceType[] => {
    if (KUSTOMIZATION_FILES.some((file) => file === name)) return ['kustomize'];
    return name.endsWith(CHART_FILE) ? ['helm'] : [];
  });
  return types.at(-1) ?? 'directory';
}
