import type { PullSize } from '../world.ts';
import { resolveCommit } from './readCommit.ts';
import { runGit } from './runGit.ts';

/**
 * Any commit of the source can be asked for by its id. Git takes the settings of the
 * environment away before it looks into another local repository, so they are said here.
 */
const UPLOAD_PACK = "git -c safe.directory='*' -c uploadpack.allowAnySHA1InWant=true upload-pack";

/** A bare copy of a local repository's branches. */
export async function cloneBare(source: string, into: string): Promise<void> {
  await runGit('.', ['clone', '--quiet', '--bare', '--no-hardlinks', '-u', UPLOAD_PACK, '--', source, into]);
}

/**
 * Takes a commit over and sets refs to it, whatever they pointed to before.
 * @param revision a branch, tag or id in the source.
 * @returns the commit's full id.
 */
export async function takeCommit(
  gitDir: string,
  { source, revision, refs }: { source: string; revision: string; refs: readonly string[] },
): Promise<string> {
  const sha = await resolveCommit(source, revision);
  if (sha === null) throw new Error(`There is no commit ${revision} in ${source}`);
  const [first = 'refs/emulator/taken'] = refs;
  await runGit(gitDir, [
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--upload-pack',
    UPLOAD_PACK,
    source,
    `+${sha}:${first}`,
  ]);
  for (const ref of refs.slice(1)) await runGit(gitDir, ['update-ref', ref, sha]);
  return sha;
}

/** What a head changes since it left its base; nothing when they have no common commit. */
export async function measure(gitDir: string, base: string, head: string): Promise<PullSize> {
  try {
    const commits = await runGit(gitDir, ['rev-list', '--count', `${base}..${head}`]);
    const stat = await runGit(gitDir, ['diff', '--shortstat', `${base}...${head}`]);
    const count = (what: RegExp) => Number(what.exec(stat)?.[1] ?? 0);
    return {
      commits: Number(commits),
      changedFiles: count(/(\d+) files? changed/),
      additions: count(/(\d+) insertion/),
      deletions: count(/(\d+) deletion/),
    };
  } catch {
    return { commits: 0, changedFiles: 0, additions: 0, deletions: 0 };
  }
}
