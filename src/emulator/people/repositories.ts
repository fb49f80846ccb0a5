import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runGit } from '../git/runGit.ts';
import { cloneBare } from '../git/transfer.ts';
import { now, type Pull, type Repository } from '../world.ts';
import type { Stage } from './stage.ts';

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  /** A local repository, bare or not, that branches and later commits are taken from. */
  readonly gitDir: string;
  /** `main` when not said. */
  readonly defaultBranch?: string;
  /** True when not said. */
  readonly private?: boolean;
}

/** A repository with the App installed on its owner. */
export async function addRepository({ world, folder }: Stage, wanted: NewRepository): Promise<Repository> {
  const { owner, name, gitDir, defaultBranch = 'main' } = wanted;
  if (world.repository(owner, name) !== undefined) throw new Error(`There is already a ${owner}/${name}`);
  const account = world.account(owner, 'Organization');
  const at = now();
  if (!world.installations.some((one) => one.account === account)) {
    world.installations.push({ id: world.nextId(), account, createdAt: at });
  }
  const repository: Repository = {
    id: world.nextId(),
    owner: account,
    name,
    gitDir: path.join(folder, owner, `${name}.git`),
    source: path.resolve(gitDir),
    defaultBranch,
    parent: null,
    private: wanted.private ?? true,
    createdAt: at,
    pushedAt: at,
    deleted: false,
  };
  await mkdir(path.dirname(repository.gitDir), { recursive: true });
  await cloneBare(repository.source, repository.gitDir);
  await runGit(repository.gitDir, ['symbolic-ref', 'HEAD', `refs/heads/${defaultBranch}`]);
  world.repositories.push(repository);
  return repository;
}

/** The person's fork; a new one when there is none (any more). */
export async function fork({ world, folder }: Stage, parent: Repository, login: string): Promise<Repository> {
  const known = world.repositories.find(
    (one) => one.parent === parent && one.owner.login === login && !one.deleted,
  );
  if (known !== undefined) return known;
  const id = world.nextId();
  const gitDir = path.join(folder, login, `${parent.name}-${id}.git`);
  await mkdir(path.dirname(gitDir), { recursive: true });
  await cloneBare(parent.gitDir, gitDir);
  const at = now();
  const owner = world.account(login);
  const made: Repository = { ...parent, id, owner, gitDir, parent, createdAt: at, pushedAt: at };
  world.repositories.push(made);
  return made;
}

/** Deletes the fork that a pull request comes from; its commits stay as `refs/pull/<number>/head`. */
export function deleteFork({ headRepository, repository, number }: Pull): void {
  if (headRepository === repository) throw new Error(`Pull request ${number} comes from no fork`);
  headRepository.deleted = true;
}

/** Forgets commits that no branch or pull request has any more, as GitHub does at times. */
export async function collectGarbage({ gitDir }: Repository): Promise<void> {
  await runGit(gitDir, ['reflog', 'expire', '--expire=now', '--all']);
  await runGit(gitDir, ['gc', '--quiet', '--prune=now']);
}
