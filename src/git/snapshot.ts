import type { Snapshot } from '../model/snapshot.ts';
import type { BlobCache } from './blobCache.ts';
import { committerTime } from './commitObject.ts';
import { GitError } from './error.ts';
import { runGit } from './git.ts';
import type { ObjectReader } from './objectReader.ts';
import { isObjectId } from './revision.ts';
import { listTree } from './tree.ts';

/** What snapshots of one repository share. */
export interface ObjectSource {
  readonly gitDir: string;
  readonly objects: ObjectReader;
  readonly blobs: BlobCache;
}

/**
 * Lists a commit's tree; files are read when asked for.
 * @param commit a full commit id.
 * @throws {GitError} `unknown-revision` where it is no commit of the repository.
 */
export async function openSnapshot(source: ObjectSource, commit: string): Promise<Snapshot> {
  const committedAt = await readCommitTime(source, commit);
  const { gitDir, objects } = source;
  const entries = await listTree(objects, commit).catch((error) => explainMissing(error, gitDir, ''));
  const read = async (path: string): Promise<Uint8Array> => {
    const entry = entries.get(path);
    if (entry === undefined || (entry.kind !== 'file' && entry.kind !== 'symlink')) {
      throw new Error(`Commit ${commit} has no file \`${path}\`${entry ? `; it is a ${entry.kind}` : ''}.`);
    }
    return readBlob(source, entry.oid, path);
  };
  return { gitDir, commit, committedAt, entries, read };
}

/** Of what is no commit it says so. */
async function readCommitTime({ objects }: ObjectSource, commit: string): Promise<number> {
  if (!isObjectId(commit)) {
    throw new GitError('unknown-revision', `\`${commit}\` is not a full commit id; resolve it first.`);
  }
  const object = await objects.read(commit).catch((error: unknown) => {
    if (error instanceof GitError && error.code === 'object-missing') return null;
    throw error;
  });
  if (object?.type === 'commit') return committerTime(object.content);
  const fault =
    object === null ? `The repository has no commit ${commit}` : `${commit} is a ${object.type}, no commit`;
  throw new GitError('unknown-revision', `${fault}. Fetch it first, or name another.`);
}

async function readBlob(source: ObjectSource, oid: string, path: string): Promise<Uint8Array> {
  const { gitDir, objects, blobs } = source;
  const known = blobs.get(oid);
  if (known !== undefined) return known;
  const read = objects.read(oid);
  const { content } = await read.catch((error) =>
    explainMissing(error, gitDir, `Could not read \`${path}\`. `),
  );
  blobs.set(oid, content);
  return content;
}

/** Says what could not be read, and why a clone may lack it. */
async function explainMissing(error: unknown, gitDir: string, what: string): Promise<never> {
  if (!(error instanceof GitError)) throw error;
  const partial = error.code === 'object-missing' && (await isPartialClone(gitDir));
  const hint = partial ? ' This clone is partial: make one without `--filter`.' : '';
  throw new GitError(error.code, `${what}${error.message}${hint}`, { cause: error });
}

/** https://git-scm.com/docs/partial-clone */
async function isPartialClone(gitDir: string): Promise<boolean> {
  const args = ['config', '--get-regexp', '^(extensions\\.partialclone|remote\\..*\\.promisor)$'];
  return (await runGit(args, { gitDir })).stdout.length > 0;
}
