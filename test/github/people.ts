import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { readCommit, resolveCommit } from './git/readCommit.ts';
import { runGit } from './git/runGit.ts';
import { cloneBare, measure, takeCommit } from './git/transfer.ts';
import { checkRunPayload } from './objects/checkRun.ts';
import { checkSuitePayload } from './objects/checkSuite.ts';
import { simpleCommitObject } from './objects/commit.ts';
import { issueObject } from './objects/issue.ts';
import { issueCommentObject } from './objects/issueComment.ts';
import type { Json } from './objects/json.ts';
import { pullObject } from './objects/pull.ts';
import type { Delivery, Webhooks } from './webhooks.ts';
import { type Comment, now, type Permission, type Pull, type Repository, type World } from './world.ts';

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  /** A local repository, bare or not, that branches and later commits are taken from. */
  readonly gitDir: string;
  /** `main` when not said. */
  readonly defaultBranch?: string;
}

export interface NewPull {
  readonly repo: Repository;
  /** A branch or commit of the repository's source. */
  readonly head: string;
  /** The default branch when not said. */
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  /** A login; `octocat` when not said. */
  readonly author?: string;
  /** From a fork that belongs to the author. */
  readonly fork?: boolean;
  readonly draft?: boolean;
}

/** What people do at GitHub; each resolves when the App's answer to the webhook has arrived. */
export class People {
  readonly #world: World;
  readonly #webhooks: Webhooks;
  /** Where the bare repositories are. */
  readonly #folder: string;

  constructor(world: World, webhooks: Webhooks, folder: string) {
    this.#world = world;
    this.#webhooks = webhooks;
    this.#folder = folder;
    world.onOwnComment = (comment) => void this.#announce(comment);
  }

  /** A repository with the App installed on its owner. */
  async addRepository({ owner, name, gitDir, defaultBranch = 'main' }: NewRepository): Promise<Repository> {
    const world = this.#world;
    const account = world.account(owner, 'Organization');
    const at = now();
    if (!world.installations.some((one) => one.account === account)) {
      world.installations.push({ id: world.nextId(), account, createdAt: at });
    }
    const repository: Repository = {
      id: world.nextId(),
      owner: account,
      name,
      gitDir: path.join(this.#folder, owner, `${name}.git`),
      source: path.resolve(gitDir),
      defaultBranch,
      parent: null,
      createdAt: at,
      pushedAt: at,
    };
    await mkdir(path.dirname(repository.gitDir), { recursive: true });
    await cloneBare(repository.source, repository.gitDir);
    await runGit(repository.gitDir, ['symbolic-ref', 'HEAD', `refs/heads/${defaultBranch}`]);
    world.repositories.push(repository);
    return repository;
  }

  async openPull(wanted: NewPull): Promise<Pull> {
    const world = this.#world;
    const { repo: repository, base = repository.defaultBranch, author: login = 'octocat' } = wanted;
    const author = world.account(login);
    const number = 1 + world.pulls.filter((pull) => pull.repository === repository).length;
    const headRepository = wanted.fork === true ? await this.#fork(repository, login) : repository;
    const isBranch = (await resolveCommit(repository.source, `refs/heads/${wanted.head}`)) !== null;
    const headBranch = isBranch ? wanted.head : `change-${number}`;
    const at = now();
    const pull: Pull = {
      id: world.nextId(),
      number,
      repository,
      author,
      title: wanted.title ?? `Change ${number}`,
      body: wanted.body ?? null,
      headRepository,
      headBranch,
      headSha: '',
      baseBranch: base,
      baseSha: '',
      state: 'open',
      draft: wanted.draft ?? false,
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      size: { commits: 0, changedFiles: 0, additions: 0, deletions: 0 },
    };
    await this.#take(pull, wanted.head);
    world.pulls.push(pull);
    await this.#sendPull(pull, 'opened');
    return pull;
  }

  /** Moves a pull request's head to a commit of the source, as a (forced) push does. */
  async push(pull: Pull, revision: string): Promise<Delivery> {
    const before = pull.headSha;
    await this.#take(pull, revision);
    return this.#sendPull(pull, 'synchronize', { before, after: pull.headSha });
  }

  /** Moves a branch to a commit of the source; pull requests on it are not told, as at GitHub. */
  async pushBranch(repository: Repository, branch: string, revision: string): Promise<string> {
    const refs = [`refs/heads/${branch}`];
    const sha = await takeCommit(repository.gitDir, { source: repository.source, revision, refs });
    repository.pushedAt = now();
    return sha;
  }

  /** Forgets commits that no branch or pull request has any more, as GitHub does at times. */
  async collectGarbage(repository: Repository): Promise<void> {
    await runGit(repository.gitDir, ['reflog', 'expire', '--expire=now', '--all']);
    await runGit(repository.gitDir, ['gc', '--quiet', '--prune=now']);
  }

  async comment(pull: Pull, { user, body }: { user: string; body: string }): Promise<Comment> {
    const at = now();
    const id = this.#world.nextId();
    const account = this.#world.account(user);
    const comment = { id, pull, user: account, body, createdAt: at, updatedAt: at, reactions: [] };
    this.#world.comments.push(comment);
    await this.#announce(comment);
    return comment;
  }

  async closePull(pull: Pull): Promise<Delivery> {
    pull.state = 'closed';
    pull.closedAt = now();
    return this.#sendPull(pull, 'closed');
  }

  async reopenPull(pull: Pull): Promise<Delivery> {
    pull.state = 'open';
    pull.closedAt = null;
    return this.#sendPull(pull, 'reopened');
  }

  async readyForReview(pull: Pull): Promise<Delivery> {
    pull.draft = false;
    return this.#sendPull(pull, 'ready_for_review');
  }

  async changeBase(pull: Pull, branch: string): Promise<Delivery> {
    const changes = { base: { ref: { from: pull.baseBranch }, sha: { from: pull.baseSha } } };
    pull.baseBranch = branch;
    await this.#measure(pull);
    return this.#sendPull(pull, 'edited', { changes });
  }

  /** "Re-run" of one check. */
  async rerequestCheckRun(id: number, user = 'octocat'): Promise<Delivery> {
    const run = this.#world.checkRuns.find((one) => one.id === id);
    if (run === undefined) throw new Error(`There is no check run ${id}`);
    if (run.status !== 'completed')
      throw new Error(`Check run ${id} is ${run.status}: GitHub re-runs completed ones only`);
    return this.#webhooks.send({
      event: 'check_run',
      action: 'rerequested',
      repository: run.repository,
      sender: this.#world.account(user),
      fields: { check_run: checkRunPayload(this.#world, run) },
    });
  }

  /** "Re-run all checks" of a commit. */
  async rerequestCheckSuite(sha: string, user = 'octocat'): Promise<Delivery> {
    const suite = this.#world.suites.find(({ headSha }) => headSha === sha);
    if (suite === undefined) throw new Error(`There is no check suite on ${sha}`);
    return this.#webhooks.send({
      event: 'check_suite',
      action: 'rerequested',
      repository: suite.repository,
      sender: this.#world.account(user),
      fields: { check_suite: await checkSuitePayload(this.#world, suite) },
    });
  }

  /** The merge queue asks for checks on a group: a merge of base and head of the source. */
  async mergeGroup(group: {
    readonly repo: Repository;
    readonly base: string;
    readonly head: string;
    readonly baseBranch?: string;
  }): Promise<Delivery> {
    const { repo: repository, baseBranch = repository.defaultBranch } = group;
    const base = await takeCommit(repository.gitDir, {
      source: repository.source,
      revision: group.base,
      refs: [],
    });
    const ref = `refs/heads/gh-readonly-queue/${baseBranch}/pr-1-${base}`;
    const head = await takeCommit(repository.gitDir, {
      source: repository.source,
      revision: group.head,
      refs: [ref],
    });
    const commit = await readCommit(repository.gitDir, head);
    const merge = {
      head_sha: head,
      head_ref: ref,
      base_sha: base,
      base_ref: `refs/heads/${baseBranch}`,
      head_commit: simpleCommitObject(commit),
    };
    return this.#webhooks.send({
      event: 'merge_group',
      action: 'checks_requested',
      repository,
      sender: this.#world.account('github-merge-queue[bot]', 'Bot'),
      fields: { merge_group: merge },
    });
  }

  setPermission(login: string, permission: Permission): void {
    this.#world.account(login);
    this.#world.permissions.set(login.toLowerCase(), permission);
  }

  async #fork(parent: Repository, login: string): Promise<Repository> {
    const known = this.#world.repositories.find((one) => one.parent === parent && one.owner.login === login);
    if (known !== undefined) return known;
    const gitDir = path.join(this.#folder, login, `${parent.name}.git`);
    await mkdir(path.dirname(gitDir), { recursive: true });
    await cloneBare(parent.gitDir, gitDir);
    const at = now();
    const fork = {
      ...parent,
      id: this.#world.nextId(),
      owner: this.#world.account(login),
      gitDir,
      parent,
      createdAt: at,
      pushedAt: at,
    };
    this.#world.repositories.push(fork);
    return fork;
  }

  async #take(pull: Pull, revision: string): Promise<void> {
    const { repository, headRepository, headBranch, number } = pull;
    const branch = `refs/heads/${headBranch}`;
    const forked = headRepository !== repository;
    const { source } = repository;
    const refs = [`refs/pull/${number}/head`, ...(forked ? [] : [branch])];
    pull.headSha = await takeCommit(repository.gitDir, { source, revision, refs });
    if (forked) await takeCommit(headRepository.gitDir, { source, revision, refs: [branch] });
    headRepository.pushedAt = now();
    await this.#measure(pull);
  }

  async #measure(pull: Pull): Promise<void> {
    const { gitDir } = pull.repository;
    const base = await resolveCommit(gitDir, `refs/heads/${pull.baseBranch}`);
    if (base === null) throw new Error(`There is no branch ${pull.baseBranch} in ${pull.repository.name}`);
    pull.baseSha = base;
    pull.size = await measure(gitDir, base, pull.headSha);
  }

  async #sendPull(pull: Pull, action: string, fields: Json = {}): Promise<Delivery> {
    pull.updatedAt = now();
    return this.#webhooks.send({
      event: 'pull_request',
      action,
      repository: pull.repository,
      sender: pull.author,
      fields: { number: pull.number, ...fields, pull_request: pullObject(this.#world, pull) },
    });
  }

  async #announce(comment: Comment): Promise<void> {
    await this.#webhooks.send({
      event: 'issue_comment',
      action: 'created',
      repository: comment.pull.repository,
      sender: comment.user,
      fields: {
        issue: issueObject(this.#world, comment.pull),
        comment: issueCommentObject(this.#world, comment),
      },
    });
  }
}
