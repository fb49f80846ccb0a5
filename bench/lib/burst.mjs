// The bot and an emulated GitHub with two repositories, as the bot gives one repository never all of its places.
// Pull requests are opened before the bot hears of them, so that nothing but its webhooks is left to send.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { ProbotOctokit } from 'probot';

export async function startBurst(workplace) {
  const { startGitHub } = await import('../../dist/src/emulator/startGitHub.js');
  const { startBot } = await import('../../dist/src/bot/start.js');
  const { DEFAULT_LIMITS } = await import('../../dist/src/isolation/limits.js');
  const { botOptions } = await import('../../dist/src/demo/botOptions.js');
  const github = await startGitHub();
  const repositories = [];
  for (const name of ['one', 'other']) repositories.push(await addRepository(github, { workplace, name }));
  const bot = await startBot(
    { ...botOptions(github, join(workplace, 'data')), limits: DEFAULT_LIMITS },
    {
      log: pino({ level: 'error' }, pino.destination(2)),
      Octokit: ProbotOctokit.defaults((options) => ({ ...options, throttle: { enabled: false } })),
    },
  );
  let opened = 0;
  return {
    /** Opens so many pull requests, of which the bot does not hear yet. */
    open: async (count) => {
      github.webhookUrl = null;
      const pulls = [];
      for (let number = 0; number < count; number += 1) {
        opened += 1;
        pulls.push(await openPull(github, repositories[opened % repositories.length], opened));
      }
      github.webhookUrl = bot.webhookUrl;
      return pulls;
    },
    /** Milliseconds from the webhook of each to the last of its four conclusions, all sent at once. */
    reviewed: (pulls) => reviewed(github, pulls),
    close: async () => {
      await bot.stop();
      await github.close();
    },
  };
}

async function addRepository(github, { workplace, name }) {
  const { createLocalRepository } = await import('../../dist/src/emulator/local/repository.js');
  const clone = join(workplace, name);
  mkdirSync(clone);
  const files = await createLocalRepository(clone);
  const base = await files.commit(FILES);
  return { files, base, repo: await github.addRepository({ owner: 'acme', name, gitDir: files.gitDir }) };
}

async function openPull(github, { files, base, repo }, number) {
  const branch = `topic-${number}`;
  await files.commit({ 'app/c.yaml': config(`change ${number}`) }, { branch, parent: base });
  const { headSha } = await github.openPull({ repo, head: branch });
  const { id } = github.deliveries.findLast(({ event }) => event === 'pull_request');
  return { headSha, webhook: id };
}

async function reviewed(github, pulls) {
  const start = performance.now();
  let refused = null;
  const sent = Promise.all(pulls.map(({ webhook }) => github.redeliver(webhook))).then((deliveries) => {
    refused = deliveries.find(({ status }) => status !== 200 && status !== 202) ?? null;
  });
  const took = new Map();
  // One look at all, so that looking takes little of what is measured.
  while (took.size < pulls.length) {
    await sleep(20);
    if (refused !== null) throw new Error(`a webhook was answered with ${refused.status}`);
    for (const { headSha } of pulls) {
      if (!took.has(headSha) && isConcluded(github.checkRuns(headSha)))
        took.set(headSha, performance.now() - start);
    }
  }
  await sent;
  return [...took.values()];
}

function isConcluded(runs) {
  if (runs.length < 4 || runs.some(({ status }) => status !== 'completed')) return false;
  const conclusions = runs.map(({ conclusion }) => conclusion);
  if (conclusions.some((conclusion) => conclusion !== 'success')) throw new Error(conclusions.join(' '));
  return true;
}

const config = (value) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: ${value} }\n`;

const FILES = { 'app/kustomization.yaml': 'resources: [c.yaml]\n', 'app/c.yaml': config('b') };
