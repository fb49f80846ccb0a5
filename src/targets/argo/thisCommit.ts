import type { ManifestObject } from '../../model/manifest.ts';
import { shownAddress } from '../../model/remoteInputs.ts';
import type { OtherCommit } from '../../model/renderSource.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { FollowContext } from '../followContext.ts';
import { followLinks } from '../kustomize/followLinks.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { sameRepository } from '../sameRepository.ts';
import { sourceText } from './declaredSources.ts';
import { normalFolder } from './localFolder.ts';
import { isOtherRevision, isVersion, whyNotFollowed } from './revision.ts';

const OWN = 'list it in `repository.urls` of .hydrant.yaml if it is an address of this one';

/**
 * Null where a Git source is the repository under review, at the branch that a pull request
 * goes into; else why the commit says nothing of it.
 * @param wanted the path that is looked for there. Where the repository's own address is unknown,
 *   a source counts as this repository if the commit has the path; its branch is not compared.
 */
async function whyNotThisCommit(
  context: FollowContext,
  source: ManifestObject,
  wanted: string,
): Promise<string | null> {
  const url = sourceText(source, 'repoURL');
  const revision = sourceText(source, 'targetRevision');
  const same = sameRepository(url, context);
  if (same ?? (await followLinks(context.snapshot, normalFolder(wanted))) !== null) {
    // Where the address is unknown, the local branch may be called otherwise than the original's.
    return whyNotFollowed(revision, same === null ? null : context.repository.branch);
  }
  if (same === null)
    return `this commit has no ${wanted}, so ${shownAddress(url)} is taken for another repository; ${OWN}`;
  return `${shownAddress(url)} is another Git repository, which Hydrant does not read; ${OWN}`;
}

/**
 * Whether a Git source is of the repository under review, at a revision that a pull request does
 * not change: no file of the commit decides what it gives.
 */
export function isOfOtherRevision(
  { repoURL, targetRevision }: { readonly repoURL: string; readonly targetRevision: string },
  known: Pick<FollowContext, 'repository' | 'settings'>,
): boolean {
  const same = sameRepository(repoURL, known);
  if (same === false) return false;
  return isOtherRevision(targetRevision, same === null ? null : known.repository.branch);
}

/** The files that a Git source has. */
export interface SourceTree {
  readonly snapshot: Snapshot;
  /** Undefined for the repository under review. */
  readonly repository?: OtherCommit | undefined;
}

/** The field of a render source that says where its files are. */
export function inRepository({ repository }: SourceTree): { repository?: OtherCommit } {
  return repository === undefined ? {} : { repository };
}

/**
 * The commit that a Git source is of: the one under review, or one of another repository
 * where the settings allow that to be fetched.
 * @param wanted as for {@link whyNotThisCommit}.
 */
export async function treeOfSource(
  context: FollowContext,
  source: ManifestObject,
  wanted: string,
): Promise<SourceTree | Refusal> {
  const why = await whyNotThisCommit(context, source, wanted);
  if (why === null) return { snapshot: context.snapshot };
  const url = sourceText(source, 'repoURL');
  const same = sameRepository(url, context);
  const isHere = (await followLinks(context.snapshot, normalFolder(wanted))) !== null;
  if (same ?? isHere) return refuse(why);
  const ref = sourceText(source, 'targetRevision');
  const prefix = sourceText(source, 'tagPrefix');
  if (prefix !== '' && isVersion(ref))
    return refuse(
      `its version is looked for among tags that begin with ${prefix} (\`tagPrefix\`), which is not followed`,
    );
  const found = await context.remote.repository({
    repository: url,
    ref: ref === 'HEAD' ? '' : ref,
    orRange: true,
  });
  if ('refused' in found) {
    const taken =
      same === null
        ? `this commit has no ${wanted}, so ${shownAddress(url)} is taken for another repository: `
        : '';
    const way = 'list it in `repository.urls` instead if it is an address of this one';
    return refuse(`${taken}${found.refused}; ${way}`);
  }
  const { gitDir, commit } = found;
  return { snapshot: await found.snapshot(), repository: { repository: shownAddress(url), gitDir, commit } };
}
