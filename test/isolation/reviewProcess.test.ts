import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { defaultCacheDir } from '../../src/checks/policies/compileCache.ts';
import { waitFor } from '../../src/emulator/waitFor.ts';
import { enginePath } from '../../src/engine/process.ts';
import { reviewFolders } from '../../src/isolation/confinement.ts';
import { DEFAULT_LIMITS } from '../../src/isolation/limits.ts';
import { ReviewPool } from '../../src/isolation/reviewPool.ts';
import { ReviewProcess } from '../../src/isolation/reviewProcess.ts';
import { packageFile } from '../../src/model/packageFile.ts';
import { runningIn } from '../helpers/processes.ts';
import { createFolder, createRepository } from '../helpers/repository.ts';

/** What is asked of a process for two commits of a repository. */
const reviewOf = (places: { gitDir: string; dataDir: string }, [base, head]: [string, string]) => ({
  ...places,
  historyDir: places.gitDir,
  localRemotes: false,
  offline: true,
  owner: 'acme',
  cloneUrl: 'https://example.com/acme/gitops.git',
  base,
  head,
  settingsCommit: base,
  identity: { urls: [], branch: null },
});

async function neverEnding(): Promise<{ owner: ChildProcess; group: number }> {
  const files = await createRepository();
  const base = await files.commit({ 'app/kustomization.yaml': 'resources: []\n' });
  const head = await files.commit({ misbehave: 'hang' }, { branch: 'topic', parent: base });
  const asked = reviewOf({ gitDir: files.gitDir, dataDir: await createFolder() }, [base, head]);
  const owner = spawn(process.execPath, [packageFile('test/isolation/owner.mjs'), JSON.stringify(asked)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [told] = await once(owner.stdout, 'data');
  return { owner, group: Number(told) };
}

describe('a review that never ends', () => {
  const owners: ChildProcess[] = [];
  afterEach(() => {
    for (const owner of owners.splice(0)) owner.kill('SIGKILL');
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'ends with the process that wants it, and its engine and git too: %s',
    async (signal) => {
      const { owner, group } = await neverEnding();
      owners.push(owner);
      expect(runningIn(group)).toEqual(expect.arrayContaining(['node', 'hydrant-engine', 'git']));
      owner.kill(signal);
      await waitFor(() => runningIn(group).length === 0, {
        timeoutMs: 20_000,
        describe: () => runningIn(group).join(' '),
      });
    },
    60_000,
  );
});

test("a review's process has nothing of the environment but what it needs", async () => {
  process.env['PRIVATE_KEY'] = 'of the App';
  const reviewing = new ReviewProcess({ limits: DEFAULT_LIMITS, folders: { read: [], write: [] } });
  try {
    await reviewing.request('ready', {});
    const names = readFileSync(`/proc/${reviewing.child.pid}/environ`, 'utf8')
      .split('\0')
      .map((one) => one.split('=')[0]);
    expect(names).toContain('PATH');
    expect(names.filter((name) => /KEY|SECRET|TOKEN|APP|NODE_OPTIONS|npm/.test(name ?? ''))).toEqual([]);
  } finally {
    delete process.env['PRIVATE_KEY'];
    await reviewing.kill();
  }
});

test('the kernel lets a review reach nothing but what it needs', async () => {
  const [outside, dataDir, caches] = [await createFolder(), await createFolder(), await createFolder()];
  const policies = defaultCacheDir({ XDG_CACHE_HOME: caches }) ?? '';
  mkdirSync(policies, { recursive: true });
  writeFileSync(path.join(policies, 'kept.json'), '{}');
  const folders = reviewFolders(dataDir);
  writeFileSync(path.join(outside, 'key.pem'), 'of the App');
  writeFileSync(path.join(dataDir, 'mirrors', 'HEAD'), 'ref: refs/heads/main');
  const places = { outside, dataDir, policies, packageFolder: packageFile('.'), process: process.pid };
  const module = JSON.stringify(packageFile('test/isolation/attempts.mjs'));
  const script = `const { tryAll } = await import(${module}); console.log(JSON.stringify(tryAll(${JSON.stringify(places)})));`;
  const free = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const attempts = JSON.parse(free.stdout);
  expect(new Set(Object.values(attempts))).toEqual(new Set(['done']));

  const program = packageFile('test/isolation/breaking.mjs');
  process.env['XDG_CACHE_HOME'] = caches;
  const reviewing = new ReviewProcess({
    limits: DEFAULT_LIMITS,
    folders: { ...folders, read: [...folders.read, packageFile('test/isolation')] },
    program,
  });
  try {
    const { defences } = await reviewing.request('ready', {});
    if (defences.some(({ name, held }) => name === 'landlock' && !held)) return;
    expect(defences).toContainEqual(expect.objectContaining({ name: 'landlock of reviews', held: true }));
    const asked = reviewOf({ gitDir: outside, dataDir }, ['base', 'head']);
    expect(await reviewing.review(asked, { token: async () => 'token' })).toEqual({
      ...Object.fromEntries(Object.keys(attempts).map((name) => [name, 'EACCES'])),
      'has a program read it': expect.stringContaining('Permission denied'),
      'signals to the bot': 'EPERM',
      'reads a mirror': 'done',
      'reads compiled policies': 'done',
      'keeps what it fetched': 'done',
    });
  } finally {
    restoreCaches();
    await reviewing.kill();
  }
});

test('the processes of reviews find compiled what the build did not compile, and compile none', async () => {
  const caches = await createFolder();
  // The build compiled for its own engine alone.
  process.env['HYDRANT_ENGINE'] = anotherEngine(await createFolder());
  const files = await createRepository();
  const base = await files.commit({
    'app/kustomization.yaml': 'resources: [pod.yaml]\n',
    'app/pod.yaml': POD,
  });
  const head = await files.commit({
    'app/pod.yaml': POD.replace('name: c,', 'name: c, securityContext: {privileged: true},'),
  });
  const dataDir = await createFolder();
  const { read, write } = reviewFolders(dataDir);
  process.env['XDG_CACHE_HOME'] = caches;
  const pool = new ReviewPool({
    limits: DEFAULT_LIMITS,
    folders: { read: [...read, files.gitDir], write },
    size: 1,
  });
  try {
    await pool.ready();
    const folder = defaultCacheDir() ?? '';
    const [kept = '', ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    const asked = reviewOf({ gitDir: files.gitDir, dataDir }, [base, head]);
    const rules = async () => {
      const { findings } = await pool.review(asked, { token: async () => 'token' });
      return findings.map(({ rule }) => rule);
    };
    expect(await rules()).toContain('security/privileged');
    // Policies that no review would make of the sources show where it has them from.
    writeFileSync(path.join(folder, kept), JSON.stringify({ errors: [], entrypoints: [], wasm: '' }));
    expect(await rules()).not.toContain('security/privileged');
    expect(readdirSync(folder)).toEqual([kept]);
    // What a review rendered it may keep, for those of its owner.
    expect(readdirSync(path.join(dataDir, 'facts', 'acme'))).toContain('facts.mdb');
  } finally {
    restoreCaches();
    restoreEngine();
    await pool.close();
  }
});

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec: {containers: [{name: c, image: "nginx:1.27"}]}\n';

/** The engine with another name of what it was built of, which Go's linker writes near its start. */
function anotherEngine(folder: string): string {
  const bytes = readFileSync(enginePath());
  const at = bytes.toString('latin1', 0, 32 * 1024).search(/[\w-]{20}\/[\w-]{20}\/[\w-]{20}\/[\w-]{20}/);
  expect(at).toBeGreaterThan(0);
  bytes.write('another', at);
  const file = path.join(folder, 'engine');
  writeFileSync(file, bytes, { mode: 0o755 });
  return file;
}

const ENGINE = process.env['HYDRANT_ENGINE'];
function restoreEngine(): void {
  if (ENGINE === undefined) delete process.env['HYDRANT_ENGINE'];
  else process.env['HYDRANT_ENGINE'] = ENGINE;
}

const CACHES = process.env['XDG_CACHE_HOME'];
function restoreCaches(): void {
  if (CACHES === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = CACHES;
}
