import path from 'node:path';
import { isObject, type ManifestObject } from '../../model/manifest.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { mergePatch } from './mergePatch.ts';
import { readYamlFile } from './yamlFile.ts';

/** Fields that no file in the folder changes. */
const KEPT = ['chart', 'path', 'repoURL', 'targetRevision'] as const;

/** The source, or what is wrong with one of the files. */
export type Overridden =
  | { readonly source: ManifestObject }
  | { readonly broken: string; readonly error: string };

/**
 * A source with what `.argocd-source.yaml` and then `.argocd-source-<application>.yaml` in
 * its folder say over it.
 * @see https://github.com/argoproj/argo-cd/blob/master/reposerver/repository/repository.go (mergeSourceParameters)
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/parameters/#store-overrides-in-git
 */
export async function withOverrides(
  source: ManifestObject,
  { snapshot, folder, instanceName }: { snapshot: Snapshot; folder: string; instanceName: string },
): Promise<Overridden> {
  let merged = source;
  for (const name of ['.argocd-source.yaml', `.argocd-source-${instanceName}.yaml`]) {
    const file = path.posix.join(folder, name);
    const read = await readYamlFile(snapshot, file);
    if (read === null) continue;
    if ('error' in read) return { broken: file, error: read.error };
    if (isObject(read.content)) merged = mergePatch(merged, read.content);
  }
  if (merged === source) return { source };
  const kept = KEPT.flatMap((field) => {
    const value = source[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  const rest = Object.entries(merged).filter(([field]) => !KEPT.some((name) => name === field));
  return { source: Object.fromEntries([...rest, ...kept]) };
}
