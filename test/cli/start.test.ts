import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { appManifest } from '../bot/appManifest.ts';
import { watch } from '../canary/watch.ts';
import { startGitHub, type TestGitHub } from '../emulator/github.ts';
import { createFolder } from '../helpers/repository.ts';
import { hydrantWith } from './run.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** `hydrant start` in a folder, once it has said a word; `said` is all that it wrote. */
async function started(folder: string, env: NodeJS.ProcessEnv, word: string) {
  const child = spawn(process.execPath, [packageFile('bin/hydrant.js'), 'start'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, HYDRANT_OFFLINE: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    await ended;
    return child.exitCode;
  };
  cleanups.push(stop);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        watch('what hydrant start writes', text);
        said += text;
        if (said.includes(word)) resolve();
      });
    ended.then(() => reject(new Error(`it ended without ${word}: ${said}`)), reject);
  });
  return { stop, said: () => said };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function github(): Promise<TestGitHub> {
  const made = await startGitHub(appManifest());
  cleanups.push(() => made.close());
  return made;
}

describe('hydrant start', () => {
  test('names each variable that is missing, on a line of its own', async () => {
    const { code, stderr } = await hydrantWith({ NODE_ENV: 'production' }, 'start');
    expect(code).toBe(2);
    expect(stderr.split('\n').map((line) => line.split(' is missing')[0])).toEqual([
      'hydrant start: the bot cannot start:',
      'hydrant start: APP_ID',
      'hydrant start: PRIVATE_KEY or PRIVATE_KEY_PATH',
      'hydrant start: WEBHOOK_SECRET',
      '',
    ]);
  });

  test('without any of them serves the page on which the App is made, and then is that App', async () => {
    const folder = await createFolder();
    const { app, url } = await github();
    const port = await freePort();
    const at = `http://127.0.0.1:${port}`;
    const given = { HOST: '127.0.0.1', PORT: String(port), HYDRANT_PUBLIC_URL: 'https://bot.example.com' };
    const page = await started(folder, given, 'Listening on');
    const html = await (await fetch(`${at}/probot`)).text();
    // What is needed is that of app.yml, wherever the bot is started.
    for (const part of ['merge_queues', 'check_suite', 'https://bot.example.com/api/github/webhooks'])
      expect(html).toContain(part);
    const entered = { appId: String(app.id), pem: app.privateKey, webhook_secret: app.webhookSecret };
    const answer = await fetch(`${at}/probot/import`, { method: 'POST', body: JSON.stringify(entered) });
    expect(answer.status).toBe(200);
    expect(await page.stop()).toBe(0);
    const file = path.join(folder, '.env');
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readFile(file, 'utf8')).toContain(`APP_ID=${app.id}\n`);

    const ofGitHub = { GHE_HOST: new URL(url).host, GHE_PROTOCOL: 'http' };
    const bot = await started(folder, { ...given, ...ofGitHub }, 'Listening on');
    expect((await fetch(`${at}/ping`)).status).toBe(200);
    expect(await bot.stop()).toBe(0);
    expect(page.said() + bot.said()).not.toContain(app.webhookSecret);
  });

  test('tells a public address that is none', async () => {
    const { code, stderr } = await hydrantWith({ HYDRANT_PUBLIC_URL: 'bot.example.com' }, 'start');
    expect(code).toBe(2);
    expect(stderr).toContain('HYDRANT_PUBLIC_URL is no http or https address');
  });

  test('tells that GitHub refuses the key, and that the port is taken', async () => {
    const folder = await createFolder();
    const { app, url } = await github();
    const env = {
      APP_ID: String(app.id + 1),
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: app.webhookSecret,
      GHE_HOST: new URL(url).host,
      GHE_PROTOCOL: 'http',
      HOST: '127.0.0.1',
      HYDRANT_DATA_DIR: path.join(folder, 'data'),
    };
    const refused = await hydrantWith({ ...env, PORT: '0' }, 'start');
    expect(refused.stderr).toContain('GitHub refuses the key: PRIVATE_KEY is of another App than APP_ID');
    expect(refused.code).toBe(2);
    const other = createServer().listen(0, '127.0.0.1');
    cleanups.push(() => other.close());
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const taken = await hydrantWith({ ...env, APP_ID: String(app.id), PORT: String(port) }, 'start');
    expect(taken.stderr).toContain(`PORT ${port} is taken by another program; choose another`);
    expect(taken.code).toBe(2);
  });
});
