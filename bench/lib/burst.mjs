// The bot and an emulated GitHub with one repository, whose pull requests are opened one after the other.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { ProbotOctokit } from 'probot';

export async function startBurst(workplace) {
  const { startGitHub } = await import('../../dist/src/emulator/startGitHub.js');
  const { createLocalRepository } = await import('../../dist/src/emulator/local/repository.js');
  const { startBot } = await import('../../dist/src/bot/start.js');
  const { DEFAULT_LIMITS } = await import('../../dist/src/isolation/limits.js');
  const clone = join(workplace, 'clone');
  mkdirSync(clone);
  const files = await createLocalRepository(clone);
  const base = await files.commit(FILES);
  const github = await startGitHub();
  const repo = await github.addRepository({ owner: 'acme', name: 'gitops', gitDir: files.gitDir });
  const bot = await startBot(
    {
      appId: github.app.id,
      privateKey: github.app.privateKey,
      webhookSecret: github.app.webhookSecret,
      host: '127.0.0.1',
      port: 0,
      webhookPath: '/api/github/webhooks',
      baseUrl: github.url,
      dataDir: join(workplace, 'data'),
      localRemotes: false,
      offline: true,
      logLevel: 'error',
      limits: DEFAULT_LIMITS,
    },
    {
      log: pino({ level: 'error' }, pino.destination(2)),
      Octokit: ProbotOctokit.defaults((options) => ({ ...options, throttle: { enabled: false } })),
    },
  );
  github.webhookUrl = bot.webhookUrl;
  let opened = 0;
  return {
    open: async () => {
      const branch = `topic-${++opened}`;
      await files.commit({ 'app/c.yaml': config(`change ${opened}`) }, { branch, parent: base });
      return { ...(await github.openPull({ repo, head: branch })), at: performance.now() };
    },
    /** Milliseconds from the webhook to the last of the four conclusions. */
    concluded: async ({ headSha, at }) => {
      for (;;) {
        const runs = github.checkRuns(headSha);
        if (runs.length === 4 && runs.every(({ status }) => status === 'completed')) break;
        await sleep(20);
      }
      const conclusions = github.checkRuns(headSha).map(({ conclusion }) => conclusion);
      if (conclusions.some((conclusion) => conclusion !== 'success')) throw new Error(conclusions.join(' '));
      return performance.now() - at;
    },
    close: async () => {
      await bot.stop();
      await github.close();
    },
  };
}

const config = (value) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: ${value} }\n`;

const FILES = { 'app/kustomization.yaml': 'resources: [c.yaml]\n', 'app/c.yaml': config('b') };
