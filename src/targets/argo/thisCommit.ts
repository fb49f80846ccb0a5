import type { ManifestObject } from '../../model/manifest.ts';
import { shownAddress } from '../../model/remoteInputs.ts';
import type { FollowContext } from '../followContext.ts';
import { followLinks } from '../kustomize/followLinks.ts';
import { sameRepository } from '../sameRepository.ts';
import { sourceText } from './declaredSources.ts';
import { normalFolder } from './localFolder.ts';
import { whyNotFollowed } from './revision.ts';

/**
 * Null where a Git source is the repository under review, at the branch that a pull request
 * goes into; else why the commit says nothing of it.
 * @param wanted what is looked for there. Where nobody knows the repository's address, that
 *   the commit has it tells, and any branch will do.
 */
export async function whyNotThisCommit(
  context: FollowContext,
  source: ManifestObject,
  wanted: string,
): Promise<string | null> {
  const url = sourceText(source, 'repoURL');
  const revision = sourceText(source, 'targetRevision');
  const same = sameRepository(url, context);
  if (same ?? (await followLinks(context.snapshot, normalFolder(wanted))) !== null) {
    // A copy that nobody knows the address of may well have another branch than the original.
    return whyNotFollowed(revision, same === null ? null : context.repository.branch);
  }
  const way = 'list it in `repository.urls` of .hydrant.yaml if it is an address of this one';
  if (same === null)
    return `this commit has no ${wanted}, so ${shownAddress(url)} is taken for another repository; ${way}`;
  return `${shownAddress(url)} is another Git repository, which Hydrant does not read; ${way}`;
}
