import type { ComparedTarget } from './comparedTarget.ts';
import type { ChangedPath } from './snapshot.ts';

/**
 * The files that the pull request adds, changes or removes, and those that the render of an
 * affected target read at the head, by path: each with the ids of the targets that read it.
 */
export function reviewedFiles(
  compared: readonly ComparedTarget[],
  changedPaths: readonly ChangedPath[],
): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>(changedPaths.map(({ path }) => [path, []]));
  for (const { affected, head, target } of compared) {
    if (!affected || head === null) continue;
    for (const { path, state } of head.trace) {
      if (state === 'file') targets.set(path, [...(targets.get(path) ?? []), target.id]);
    }
  }
  return new Map([...targets].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** True for a name that kustomize, Argo CD or Flux would read as a manifest. */
export function isManifestFile(path: string): boolean {
  return /(?:\.(?:ya?ml|json)|(?:^|\/)Kustomization)$/.test(path);
}
