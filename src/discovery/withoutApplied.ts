import { CHART_FILE, KUSTOMIZATION_FILES } from '../model/entryFiles.ts';
import type { FollowedTarget } from '../model/followed.ts';
import type { Rendering } from '../model/rendering.ts';
import type { Target } from '../model/target.ts';

const ENTRY_FILES = [...KUSTOMIZATION_FILES, CHART_FILE];

/**
 * The targets that files make, without those that an operator's object applies, or whose
 * kustomization or chart another target's render reads: like a base, they are reviewed
 * where they are used.
 */
export function withoutApplied(
  files: readonly Target[],
  followed: readonly FollowedTarget[],
  renderings: readonly Rendering[],
): Target[] {
  const applied = new Set(followed.flatMap(({ folders }) => folders));
  const readers = new Map<string, Set<string>>();
  for (const { target, trace } of renderings) {
    for (const { path, state } of trace) {
      if (state !== 'file') continue;
      const set = readers.get(path) ?? new Set();
      readers.set(path, set.add(target.path));
    }
  }
  const isRead = ({ path }: Target) =>
    ENTRY_FILES.map((name) => (path === '.' ? name : `${path}/${name}`)).some((file) =>
      [...(readers.get(file) ?? [])].some((reader) => reader !== path),
    );
  return files.filter((target) => !applied.has(target.path) && !isRead(target));
}
