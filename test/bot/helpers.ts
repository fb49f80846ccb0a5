import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import pino from 'pino';
import { ProbotOctokit } from 'probot';
import type { Reviewer } from '../../src/bot/reviewer.ts';
import { type BotParts, type RunningBot, startBot } from '../../src/bot/start.ts';
import { botOptions } from '../../src/demo/botOptions.ts';
import type { Pull, Repository } from '../../src/emulator/startGitHub.ts';
import type { WorkFolders } from '../../src/isolation/confinement.ts';
import { DEFAULT_LIMITS } from '../../src/isolation/limits.ts';
import { ReviewPool } from '../../src/isolation/reviewPool.ts';
import { watch } from '../canary/watch.ts';
import { startGitHub, type TestGitHub } from '../emulator/github.ts';
import { createRepository, type TestFiles, type TestRepository } from '../helpers/repository.ts';
import { appManifest } from './appManifest.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: b }\n';

/** The base of every scenario: one overlay with one ConfigMap. */
const BASE: TestFiles = { 'app/kustomization.yaml': 'resources: [c.yaml]\n', 'app/c.yaml': CONFIG };

/** A change that passes every check. */
export const GOOD: TestFiles = { 'app/c.yaml': CONFIG.replace('a: b', 'a: changed') };

/** A change with a schema error on line 5. */
export const BAD: TestFiles = { 'app/c.yaml': `${CONFIG}dato: {}\n` };

/** All scenarios of a file have their data folders here, as its processes may read and write nothing else. */
const DATA = mkdtempSync(path.join(tmpdir(), 'hydrant-data-'));
export const FOLDERS: WorkFolders = { read: [], write: [DATA] };

/** Processes that are kept from one test of a file to the next, as starting them takes long. */
const kept = new ReviewPool({ limits: DEFAULT_LIMITS, folders: FOLDERS });
afterAll(async () => {
  await kept.close();
  await rm(DATA, { recursive: true, force: true });
});

export interface Scenario {
  readonly github: TestGitHub;
  readonly files: TestRepository;
  readonly base: string;
  readonly repo: Repository;
  /** What the bot logged, as text. */
  readonly log: () => string;
  /** Starts the bot; the emulator's webhooks go to it. */
  start(wrap?: BotParts['wrap'], reviews?: ReviewPool, tellMs?: number): Promise<RunningBot>;
  /** A commit, on the base when not said, and a pull request of it. */
  open(change: TestFiles, options?: { parent?: string; fork?: boolean; draft?: boolean }): Promise<Pull>;
  /** Waits until the review of a commit has begun, and the check run is there that shows it. */
  started(sha: string): Promise<unknown>;
  /** Waits until a commit has been reviewed twice. */
  again(sha: string): Promise<unknown>;
  /** Waits until all four check runs of a commit are concluded, and gives their conclusions. */
  concluded(sha: string, patience?: number): Promise<Record<string, string | null>>;
  /** Waits until the bot has done all that it was asked, and gives the comments on a pull request. */
  comments(bot: RunningBot, pull: Pull): Promise<string[]>;
}

export const GREEN = {
  'hydrant/render': 'success',
  'hydrant/schemas': 'success',
  'hydrant/policies': 'success',
  'hydrant/secrets': 'success',
} as const;

/** The same conclusion of all four check runs. */
export function all(conclusion: string): Record<string, string> {
  return Object.fromEntries(Object.keys(GREEN).map((name) => [name, conclusion]));
}

/** Reviews that do not end by themselves. */
export const ENDLESS =
  (): Reviewer =>
  ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/**
 * A GitHub with one repository, and the App with the permissions and events of app.yml. At
 * the end of the test all that was said to it must conform.
 */
export async function scenario(): Promise<Scenario> {
  const github = await startGitHub(appManifest());
  const files = await createRepository();
  const dataDir = await mkdtemp(path.join(DATA, 'data-'));
  const base = await files.commit(BASE);
  const repo = await github.addRepository({ owner: 'acme', name: 'gitops', gitDir: files.gitDir });
  github.setPermission('writer', 'write');
  github.setPermission('reader', 'read');
  let log = '';
  cleanups.push(async () => {
    await github.close();
    await files.remove();
    await rm(dataDir, { recursive: true, force: true });
    github.assertConforming();
  });
  let pulls = 0;
  const begun = new Set<string>();
  return {
    github,
    files,
    base,
    repo,
    log: () => log,
    start: async (wrap, reviews = kept, tellMs?: number) => {
      const sink = {
        write: (line: string) => {
          log += line;
          watch('the log of the bot', line);
        },
      };
      const parts = {
        log: pino({ level: 'debug' }, sink),
        Octokit: hasty(),
        wrap: (review: Reviewer): Reviewer => {
          const wrapped = wrap?.(review) ?? review;
          return (request) => {
            begun.add(request.head);
            return wrapped(request);
          };
        },
        reviews,
        tellMs,
        firstWaitMs: 20,
      };
      const bot = await startBot(
        { ...botOptions(github, dataDir), limits: DEFAULT_LIMITS, logLevel: 'debug' },
        parts,
      );
      github.webhookUrl = bot.webhookUrl;
      cleanups.push(() => bot.stop());
      return bot;
    },
    open: async (change, { parent = base, fork = false, draft = false } = {}) => {
      const branch = `topic-${++pulls}`;
      await files.commit(change, { branch, parent });
      return github.openPull({ repo, head: branch, title: 'A change', author: 'writer', fork, draft });
    },
    started: (sha) => github.waitFor(() => begun.has(sha) && github.checkRuns(sha).length === 1),
    again: (sha) => {
      const isDone = ({ status }: { status: string }) => status === 'completed';
      const runs = () => github.checkRuns(sha, 'all');
      return github.waitFor(() => runs().length === 8 && runs().every(isDone));
    },
    concluded: (sha, patience) =>
      github.waitFor(() => {
        const runs = github.checkRuns(sha);
        if (runs.length < 4 || runs.some(({ status }) => status !== 'completed')) return undefined;
        return Object.fromEntries(runs.map(({ name, conclusion }) => [name, conclusion]));
      }, patience),
    comments: async (bot, pull) => {
      await bot.idle();
      return github.comments(pull).map(({ body }) => body);
    },
  };
}

/** A good pull request that was reviewed, and a bot with nothing left to do. */
export async function reviewedPull(): Promise<{ at: Scenario; bot: RunningBot; pull: Pull }> {
  const at = await scenario();
  const bot = await at.start();
  const pull = await at.open(GOOD);
  await at.concluded(pull.headSha);
  await bot.idle();
  return { at, bot, pull };
}

/** Without the pauses that GitHub asks of real clients. */
function hasty(): typeof ProbotOctokit {
  return ProbotOctokit.defaults((given: { readonly retry?: object }) => ({
    ...given,
    throttle: { enabled: false },
    retry: { ...given.retry, retryAfterBaseValue: 1 },
  }));
}
