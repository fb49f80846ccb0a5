import type { Discovery } from '../model/discovery.ts';
import { CHART_FILE, KUSTOMIZATION_FILES } from '../model/entryFiles.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';

/** The files by which a folder is a target of its own. */
const ENTRY_FILES = { kustomize: KUSTOMIZATION_FILES, helm: [CHART_FILE] } as const;

/** A commit with what was found in it. */
export interface DiscoveredCommit {
  readonly snapshot: Snapshot;
  readonly discovery: Discovery;
}

/**
 * Whether a folder that is a target of its own at one commit is there at the other as well, and
 * is only reviewed with an operator's object that uses it there.
 */
export function isUsedByObject({ kind, path }: Target, { snapshot, discovery }: DiscoveredCommit): boolean {
  if (kind !== 'kustomize' && kind !== 'helm') return false;
  const files = ENTRY_FILES[kind]
    .map((name) => (path === '.' ? name : `${path}/${name}`))
    .filter((file) => snapshot.entries.has(file));
  if (files.length === 0) return false;
  return discovery.renderings.some(
    ({ target, trace }) =>
      discovery.declared.has(target.id) &&
      (target.path === path || trace.some((entry) => entry.state === 'file' && files.includes(entry.path))),
  );
}
