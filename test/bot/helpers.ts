import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from '@jest/globals';
import pino from 'pino';
import { ProbotOctokit } from 'probot';
import type { BotOptions } from '../../src/bot/options.ts';
import type { Reviewer } from '../../src/bot/reviewer.ts';
import { type RunningBot, startBot } from '../../src/bot/start.ts';
import { type GitHubEmulator, type Pull, type Repository, startGitHub } from '../github/index.ts';
import { createRepository, type TestFiles, type TestRepository } from '../helpers/repository.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: b }\n';

/** The base of every scenario: one overlay with one ConfigMap. */
const BASE: TestFiles = { 'app/kustomization.yaml': 'resources: [c.yaml]\n', 'app/c.yaml': CONFIG };

/** A change that passes every check. */
export const GOOD: TestFiles = { 'app/c.yaml': CONFIG.replace('a: b', 'a: changed') };

/** A change with a schema error on line 5. */
export const BAD: TestFiles = { 'app/c.yaml': `${CONFIG}dato: {}\n` };

export interface Scenario {
  readonly github: GitHubEmulator;
  readonly files: TestRepository;
  readonly base: string;
  readonly repo: Repository;
  /** What the bot logged, as text. */
  readonly log: () => string;
  /** Starts the bot; the emulator's webhooks go to it. */
  start(wrap?: (review: Reviewer) => Reviewer): Promise<RunningBot>;
  /** A commit on the base, and a pull request of it. */
  open(change: TestFiles, options?: { fork?: boolean; draft?: boolean }): Promise<Pull>;
  /** Waits until all four check runs of a commit are concluded, and gives their conclusions. */
  concluded(sha: string): Promise<Record<string, string | null>>;
}

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A GitHub with one repository. At the end of the test all that was said to it must conform. */
export async function scenario(): Promise<Scenario> {
  const github = await startGitHub();
  const files = await createRepository();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'hydrant-data-'));
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
  return {
    github,
    files,
    base,
    repo,
    log: () => log,
    start: async (wrap) => {
      const sink = {
        write: (line: string) => {
          log += line;
        },
      };
      const parts = {
        log: pino({ level: 'debug' }, sink),
        Octokit: hasty(),
        ...(wrap === undefined ? {} : { wrap }),
      };
      const bot = await startBot(options(github, dataDir), parts);
      github.webhookUrl = bot.webhookUrl;
      cleanups.push(() => bot.stop());
      return bot;
    },
    open: async (change, { fork = false, draft = false } = {}) => {
      const branch = `topic-${++pulls}`;
      await files.commit(change, { branch, parent: base });
      return github.openPull({ repo, head: branch, title: 'A change', author: 'writer', fork, draft });
    },
    concluded: (sha) =>
      github.waitFor(() => {
        const runs = github.checkRuns(sha);
        if (runs.length < 4 || runs.some(({ status }) => status !== 'completed')) return undefined;
        return Object.fromEntries(runs.map(({ name, conclusion }) => [name, conclusion]));
      }),
  };
}

/** Without the pauses that GitHub asks of real clients. */
function hasty(): typeof ProbotOctokit {
  return ProbotOctokit.defaults((given: object) => ({
    ...given,
    throttle: { enabled: false },
    retry: { retryAfterBaseValue: 1 },
  }));
}

function options(github: GitHubEmulator, dataDir: string): BotOptions {
  return {
    appId: github.app.id,
    privateKey: github.app.privateKey,
    webhookSecret: github.app.webhookSecret,
    host: '127.0.0.1',
    port: 0,
    webhookPath: '/api/github/webhooks',
    baseUrl: github.url,
    dataDir,
    logLevel: 'debug',
  };
}
