import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { EngineProcess } from '../../src/engine/process.ts';
import type { RenderParams } from '../../src/engine/protocol/render.ts';
import { createFolder, createRepository } from '../helpers/repository.ts';

const run = promisify(execFile);
const git = (...args: string[]) => run('git', args);
const IS_LINUX = process.platform === 'linux';

const FILES = { 'a/kustomization.yaml': 'configMapGenerator: [{name: c}]\n' };
const render = (gitDir: string, commit: string): RenderParams => ({
  gitDir,
  commit,
  source: { tool: 'kustomize', path: 'a' },
  redaction: { mode: 'none' },
  want: 'manifests',
});
const RENDERED = { manifests: expect.stringContaining('kind: ConfigMap') };

async function committed() {
  const repository = await createRepository();
  return { ...repository, id: await repository.commit(FILES) };
}

/** An engine that may read one repository. */
const engineOf = (gitDir: string) =>
  new EngineProcess({ memoryLimitBytes: 2 ** 30, repositories: [{ gitDir, identity: gitDir }] });

describe('the engine, when it answers its first request,', () => {
  test('is held by the kernel on each of its threads', async () => {
    if (!IS_LINUX) return;
    const engine = engineOf('/nowhere');
    const { defences } = await engine.request('describe', {});
    for (const { name, held, detail } of defences)
      if (name !== 'landlock') expect({ name, held, detail }).toMatchObject({ held: true });
    const tasks = `/proc/${engine.child.pid}/task`;
    const threads = await readdir(tasks);
    expect(threads.length).toBeGreaterThan(1);
    for (const thread of threads) {
      const status = await readFile(`${tasks}/${thread}/status`, 'utf8');
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      expect(status).toMatch(/^Seccomp:\t2$/m);
    }
    const limits = await readFile(`/proc/${engine.child.pid}/limits`, 'utf8');
    expect(limits).toMatch(/^Max file size +0 +0 /m);
    expect(limits).toMatch(/^Max core file size +0 +0 /m);
    expect(limits).toMatch(/^Max open files +\d{1,4} +\d{1,4} /m);
    expect(await readFile(`/proc/${engine.child.pid}/environ`, 'utf8')).toBe('');
    await engine.kill();
  });

  test('has the time zones of the world, though it reads no files of the system', async () => {
    const pool = new EnginePool({ size: 1 });
    const zone = '{{ dateInZone "15:04" (toDate "2006-01-02" "2026-07-01") "Asia/Tokyo" }}';
    const repository = await createRepository();
    const commit = await repository.commit({
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/templates/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {at: '${zone}'}\n`,
    });
    const source = {
      tool: 'helm',
      chart: { path: 'c' },
      releaseName: 'r',
      namespace: 'n',
      values: [],
      includeCrds: true,
    } as const;
    const reply = await pool.render({ ...render(repository.gitDir, commit), source });
    expect(reply).toMatchObject({ manifests: expect.stringContaining('09:00') });
    await pool.close();
  });
});

describe('the engine reads', () => {
  test('no repository but those that it was started for, and says so', async () => {
    const [one, other] = [await committed(), await committed()];
    const engine = engineOf(one.gitDir);
    expect(await engine.request('render', render(one.gitDir, one.id))).toMatchObject(RENDERED);
    const { defences } = await engine.request('describe', {});
    if (defences.some(({ name, held }) => name === 'landlock' && held)) {
      expect(await engine.request('render', render(other.gitDir, other.id))).toMatchObject({
        problem: { message: expect.stringContaining('the engine was not started for this repository') },
      });
    }
    await engine.kill();
  });

  test('the objects that a shared clone has elsewhere', async () => {
    const origin = await committed();
    const clone = await createFolder();
    await git('clone', '--quiet', '--bare', '--shared', origin.dir, clone);
    const engine = engineOf(clone);
    expect(await engine.request('render', render(clone, origin.id))).toMatchObject(RENDERED);
    await engine.kill();
  });

  test('what is fetched after its start', async () => {
    const origin = await committed();
    const mirror = await createFolder();
    await git('init', '--quiet', '--bare', mirror);
    const engine = engineOf(mirror);
    expect(await engine.request('render', render(mirror, origin.id))).toHaveProperty('problem');
    await git('--git-dir', mirror, 'fetch', '--quiet', origin.dir, origin.id);
    expect(await engine.request('render', render(mirror, origin.id))).toMatchObject(RENDERED);
    await engine.kill();
  });
});

describe('a pool', () => {
  test('has a process for each repository, in turns and at once', async () => {
    const pool = new EnginePool({ size: 2 });
    const all = await Promise.all([committed(), committed(), committed()]);
    for (const _ of [1, 2])
      for (const { gitDir, id } of all) expect(await pool.render(render(gitDir, id))).toMatchObject(RENDERED);
    const replies = await Promise.all(
      [...all, ...all].map(({ gitDir, id }) => pool.render(render(gitDir, id))),
    );
    for (const reply of replies) expect(reply).toMatchObject(RENDERED);
    await pool.close();
  });

  test('reads a mirror that was made anew in the same place', async () => {
    const pool = new EnginePool({ size: 1 });
    const origin = await committed();
    const mirror = await createFolder();
    for (const _ of [1, 2]) {
      await rm(mirror, { recursive: true, force: true });
      await git('clone', '--quiet', '--bare', origin.dir, mirror);
      expect(existsSync(mirror)).toBe(true);
      expect(await pool.render(render(mirror, origin.id))).toMatchObject(RENDERED);
    }
    await pool.close();
  });
});
