import type { SubjectViolation } from '../../model/judgement.ts';
import { isManifestFile } from '../../model/reviewedFiles.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Check } from '../check.ts';
import { hiddenCharactersIn } from './hiddenCharacters.ts';

/** Looks for characters that deceive readers in the manifests and values that the pull request changes. */
export const hiddenCharacterCheck: Check = {
  concern: 'policies',
  judge: async (_, { base, head, changedPaths }) => {
    const paths = changedPaths.map(({ path }) => path).filter(isManifestFile);
    const judgeSide = async (snapshot: Snapshot) =>
      (await Promise.all(paths.map((path) => judgeFile(snapshot, path)))).flat();
    const [before, after] = await Promise.all([judgeSide(base.snapshot), judgeSide(head.snapshot)]);
    return { before, after, gaps: [], undecided: [] };
  },
};

async function judgeFile(snapshot: Snapshot, path: string): Promise<SubjectViolation[]> {
  if (snapshot.entries.get(path)?.kind !== 'file') return [];
  return hiddenCharactersIn(path, await snapshot.read(path)).map(({ violation, location }) => ({
    subject: { is: 'file', path, resource: null, targets: [] },
    violation,
    location,
  }));
}
