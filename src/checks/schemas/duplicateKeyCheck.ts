import type { SubjectViolation } from '../../model/judgement.ts';
import { isManifestFile, reviewedFiles } from '../../model/reviewedFiles.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Check } from '../check.ts';
import { findDuplicateKeys } from './duplicateKeys.ts';

/** Looks for keys that stand twice in a mapping of the manifests that the pull request changes, or that affected targets read. */
export const duplicateKeyCheck: Check = {
  concern: 'schemas',
  judge: async (compared, { base, head, changedPaths }) => {
    const files = [...reviewedFiles(compared, changedPaths)].filter(([path]) => isManifestFile(path));
    const judgeSide = async (snapshot: Snapshot) =>
      (await Promise.all(files.map(([path, targets]) => judgeFile(snapshot, path, targets)))).flat();
    const [before, after] = await Promise.all([judgeSide(base.snapshot), judgeSide(head.snapshot)]);
    return { before, after, gaps: [], undecided: [] };
  },
};

async function judgeFile(
  snapshot: Snapshot,
  path: string,
  targets: readonly string[],
): Promise<SubjectViolation[]> {
  if (snapshot.entries.get(path)?.kind !== 'file') return [];
  const found = findDuplicateKeys(path, await snapshot.read(path));
  return found.map(({ location, resource, ...violation }) => ({
    subject: { is: 'file', path, resource, targets },
    violation,
    location,
  }));
}
