import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openDataFolder } from '../../src/bot/dataFolder.ts';
import { addToEnvFile } from '../../src/bot/envFile.ts';
import { OptionsError, readOptions } from '../../src/bot/options.ts';
import { createFolder } from '../helpers/repository.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const ofAnotherKind = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
const lines = privateKey.trimEnd().split('\n');

/** Who may do everything may write everywhere; so it is done as somebody else. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

let folder: string;
beforeAll(async () => {
  folder = await createFolder();
  await writeFile(path.join(folder, 'key.pem'), privateKey);
});

/** What is said of the options with these variables in place of good ones. */
function saidOf(env: NodeJS.ProcessEnv): string[] {
  const good = { APP_ID: '12', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'between us' };
  try {
    readOptions({ ...good, ...env });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(OptionsError);
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}

describe('the options', () => {
  test.each([
    ['as it is', privateKey],
    ['on one line', privateKey.replaceAll('\n', '\\n')],
    ['in quotes', `"${privateKey}"`],
    ['in base64', Buffer.from(privateKey).toString('base64')],
  ])('take a key %s', (_, key) => {
    expect(saidOf({ PRIVATE_KEY: key })).toEqual([]);
  });

  test('take a key of a file', () => {
    expect(saidOf({ PRIVATE_KEY: '', PRIVATE_KEY_PATH: path.join(folder, 'key.pem') })).toEqual([]);
  });

  test.each([
    [
      'APP_ID',
      'Iv1.8a61f9b3a7aba766',
      "APP_ID is not a number; this is its client id, the App's id stands beside it",
    ],
    ['APP_ID', '-1', 'APP_ID is not a number'],
    ['PORT', '80000', 'PORT is not a port: 0 to 65535'],
    ['WEBHOOK_PATH', 'hooks', 'WEBHOOK_PATH does not begin with /'],
    ['WEBHOOK_SECRET', ' ', 'WEBHOOK_SECRET is missing: the secret that GitHub signs webhooks with'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is none of trace, debug, info, warn, error, fatal, silent'],
  ])('say what is wrong with %s=%j', (name, value, said) => {
    expect(saidOf({ [name]: value })).toEqual([said]);
  });

  test.each([
    ['of no form', 'violet-lamp-31', 'PRIVATE_KEY is no private key in PEM form'],
    [
      'that is public',
      publicKey,
      "PRIVATE_KEY is a public key; generate a private key in the App's settings on GitHub",
    ],
    [
      'that is cut',
      lines.slice(0, 9).join('\n'),
      'PRIVATE_KEY is cut: its last line, -----END ... PRIVATE KEY-----, is missing',
    ],
    [
      'without two lines',
      lines.toSpliced(4, 2).join('\n'),
      'PRIVATE_KEY is damaged: what stands between its first line and its last is no key',
    ],
    ['of another kind', String(ofAnotherKind), 'PRIVATE_KEY is no RSA key, as GitHub makes them for Apps'],
    ['that is empty', '', "PRIVATE_KEY or PRIVATE_KEY_PATH is missing: the App's private key (PEM)"],
  ])('tell a key %s', (_, key, said) => {
    expect(saidOf({ PRIVATE_KEY: key })).toEqual([said]);
  });

  test.each(['https://github.example.com', 'github.example.com/api', 'a b'])(
    'want no GHE_HOST %s',
    (host) => {
      expect(saidOf({ GHE_HOST: host })).toEqual([expect.stringContaining('GHE_HOST is no host')]);
      expect(saidOf({ GHE_HOST: 'github.example.com:8443', GHE_PROTOCOL: 'ftp' })).toEqual([
        'GHE_PROTOCOL is neither https nor http',
      ]);
    },
  );

  test('tell a folder, and a file that is not there, in place of a key', () => {
    expect(saidOf({ PRIVATE_KEY_PATH: folder })).toEqual([
      `PRIVATE_KEY_PATH is a folder: ${folder}; name the .pem file in it`,
    ]);
    expect(saidOf({ PRIVATE_KEY_PATH: '/nowhere/key.pem' })).toEqual([
      'PRIVATE_KEY_PATH names no file: /nowhere/key.pem',
    ]);
  });

  test('tell all at once', () => {
    expect(saidOf({ APP_ID: '', PRIVATE_KEY: '', WEBHOOK_SECRET: '', PORT: 'x' })).toHaveLength(4);
  });
});

describe('the data folder', () => {
  test('is made, for its owner alone', async () => {
    const made = path.join(folder, 'data/of/the/bot');
    await openDataFolder(made);
    expect((await stat(made)).mode & 0o077).toBe(0);
    await openDataFolder(made);
  });

  test.each([
    ['key.pem', 'is a file; name a folder'],
    ['key.pem/below', 'leads through a file; name a folder'],
  ])('that is %s is told', async (name, said) => {
    const file = path.join(folder, name);
    await expect(openDataFolder(file)).rejects.toThrow(`HYDRANT_DATA_DIR ${said}: ${file}`);
  });

  test('that may not be written is told', async () => {
    const closed = path.join(folder, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o500);
    const opened = asNobody(() => openDataFolder(path.join(closed, 'data')));
    await expect(opened).rejects.toThrow('may not be written by this user');
  });
});

describe('a file of variables', () => {
  test('has what was added, what it had, and one reader', async () => {
    const file = path.join(folder, '.env');
    await writeFile(file, 'PORT=4000\nAPP_ID=1\n', { mode: 0o644 });
    addToEnvFile(file, { APP_ID: '12', PRIVATE_KEY: `"${privateKey}"`, WEBHOOK_SECRET: "it's # between us" });
    expect((await stat(file)).mode & 0o077).toBe(0);
    const text = await readFile(file, 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(4);
    const { parseEnv } = await import('node:util');
    const read = parseEnv(text);
    expect(read).toMatchObject({ PORT: '4000', APP_ID: '12', WEBHOOK_SECRET: "it's # between us" });
    expect(readOptions(read as NodeJS.ProcessEnv).privateKey).toBe(privateKey.trimEnd());
  });
});
