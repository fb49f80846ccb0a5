import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { ProbotOctokit } from 'probot';
import { type RunningBot, startBot } from '../bot/start.ts';
import type { Conformance } from '../emulator/conformance.ts';
import { type RepositoryFiles, readFolder } from '../emulator/local/files.ts';
import { createLocalRepository, type LocalRepository } from '../emulator/local/repository.ts';
import { type GitHubEmulator, type Pull, startGitHub } from '../emulator/startGitHub.ts';
import { packageFile } from '../model/packageFile.ts';
import { headOfComment } from '../report/comment.ts';
import { botOptions } from './botOptions.ts';
import { type SamplePullRequest, samplePullRequest } from './changes.ts';
import type { PullRequestView } from './view.ts';
import { viewOf } from './viewOf.ts';

/** The steps of the demo; each resolves when the bot has answered, with what is to be seen then. */
export interface Demo {
  readonly github: GitHubEmulator;
  readonly repository: LocalRepository;
  /** Opens the pull request with its mistakes. */
  openMistakes(): Promise<PullRequestView>;
  /** Its author, who has write permission, comments `/hydrant validate`. */
  askToValidate(): Promise<PullRequestView>;
  /** Pushes one commit in place of the first, without its mistakes. */
  pushFixes(): Promise<PullRequestView>;
  /** The pull request as it is now. */
  readonly view: () => PullRequestView;
}

const AUTHOR = 'octocat';
/** A slow machine starts the engine and reads its schemas in less. */
const PATIENCE = 60_000;
/** Above what any of its reviews needs. */
const DEMO_LIMITS = { timeoutMs: PATIENCE, memoryBytes: 2 ** 31, outputBytes: 2 ** 26 };

/**
 * Starts an emulated GitHub with `examples/gitops-repo` on it and the real bot, for the
 * time of `work`; ends and removes everything afterwards.
 * @param options.conformance what the emulated GitHub holds all that the bot says against.
 */
export async function withDemo<T>(
  work: (demo: Demo) => Promise<T>,
  options: { readonly conformance?: Conformance } = {},
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hydrant-demo-'));
  const github = await startGitHub(options);
  try {
    const clone = path.join(folder, 'clone');
    await mkdir(clone);
    const repository = await createLocalRepository(clone);
    const files = await readFolder(packageFile('examples/gitops-repo'));
    const bot = await startDemoBot(github, path.join(folder, 'data'));
    try {
      return await work(await prepare({ github, repository, files, bot }));
    } finally {
      await bot.stop();
    }
  } finally {
    await github.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function startDemoBot(github: GitHubEmulator, dataDir: string): Promise<RunningBot> {
  const bot = await startBot(
    { ...botOptions(github, dataDir), limits: DEMO_LIMITS },
    {
      // The demo's own output goes to stdout.
      log: pino({ level: 'error' }, pino.destination(2)),
      // GitHub wants a second between writes; the emulated one does not.
      Octokit: ProbotOctokit.defaults((options: object) => ({ ...options, throttle: { enabled: false } })),
    },
  );
  github.webhookUrl = bot.webhookUrl;
  return bot;
}

async function prepare(parts: {
  readonly github: GitHubEmulator;
  readonly repository: LocalRepository;
  readonly files: RepositoryFiles;
  readonly bot: RunningBot;
}): Promise<Demo> {
  const { github, repository, files, bot } = parts;
  const sample = samplePullRequest(files);
  await repository.commit(files, { message: 'Describe what runs where' });
  await repository.commit(sample.mistakes, { branch: sample.branch, message: sample.title });
  const repo = await github.addRepository({ owner: 'acme', name: 'gitops', gitDir: repository.dir });
  github.setPermission(AUTHOR, 'write');
  let opened: Pull | null = null;
  const pull = () => {
    if (opened === null) throw new Error('the pull request is not open yet');
    return opened;
  };
  const seen = async (runs: number) => {
    await github.waitFor(() => isAnswered(github, pull(), runs), PATIENCE);
    await bot.idle();
    return viewOf(github, pull());
  };
  return {
    github,
    repository,
    view: () => viewOf(github, pull()),
    openMistakes: async () => {
      opened = await github.openPull({ repo, head: sample.branch, title: sample.title, author: AUTHOR });
      return seen(4);
    },
    askToValidate: async () => {
      await github.comment(pull(), { user: AUTHOR, body: '/hydrant validate' });
      return seen(8);
    },
    pushFixes: async () => {
      await github.push(pull(), await commitFixes(repository, sample));
      return seen(4);
    },
  };
}

/** A Secret that a later commit takes out stays in the history, so the commit is made anew. */
function commitFixes(
  repository: LocalRepository,
  { branch, title, mistakes, fixes }: SamplePullRequest,
): Promise<string> {
  return repository.commit({ ...mistakes, ...fixes }, { branch, parent: 'main', message: title });
}

/** True when so many check runs of the head are concluded, and the comment is about it. */
function isAnswered(github: GitHubEmulator, pull: Pull, runs: number): boolean {
  const concluded = github.checkRuns(pull.headSha, 'all').filter(({ status }) => status === 'completed');
  const commented = github.comments(pull).some(({ body }) => headOfComment(body) === pull.headSha);
  return concluded.length >= runs && commented;
}
