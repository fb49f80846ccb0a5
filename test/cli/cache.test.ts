import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { createFolder, createRepository } from '../helpers/repository.ts';
import { hydrantWith } from './run.ts';

test('what reviews keep is shown, and removed when told to', async () => {
  const env = { XDG_CACHE_HOME: await createFolder() };
  const states = async (): Promise<{ name: string; folder: string; files: number; bytes: number }[]> =>
    JSON.parse((await hydrantWith(env, 'cache', '--format', 'json')).stdout);
  const sizes = async () =>
    Object.fromEntries((await states()).map(({ name, files, bytes }) => [name, files > 0 && bytes > 0]));
  expect(await sizes()).toEqual({ facts: false, policies: false, remotes: false });

  const files = await createRepository();
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n';
  await files.commit({ 'a/kustomization.yaml': 'resources: [c.yaml]\n', 'a/c.yaml': config });
  await files.commit({ 'a/c.yaml': `${config}data: { a: b }\n` });
  expect(await hydrantWith(env, 'check', '--repo', files.dir, '--base', 'HEAD~1')).toMatchObject({ code: 0 });
  const fetched = path.join(env.XDG_CACHE_HOME, 'hydrant/remotes/charts');
  await mkdir(fetched, { recursive: true });
  await writeFile(path.join(fetched, 'web.tgz'), 'x'.repeat(1500));
  // Another program's.
  await writeFile(path.join(env.XDG_CACHE_HOME, 'other'), 'stays');
  expect(await sizes()).toMatchObject({ facts: true, remotes: true });

  const { code, stdout } = await hydrantWith(env, 'cache');
  expect(code).toBe(0);
  expect(stdout).toContain(
    `remotes   0.001 MB in 1 file       charts, bases and other inputs that were fetched`,
  );
  expect(stdout).toContain(path.join(env.XDG_CACHE_HOME, 'hydrant/facts'));

  expect(await hydrantWith(env, 'cache', 'clear', 'remotes')).toMatchObject({
    code: 0,
    stdout: 'removed 0.001 MB (remotes)\n',
  });
  expect(await sizes()).toMatchObject({ facts: true, remotes: false });
  expect(await hydrantWith(env, 'cache', 'clear')).toMatchObject({ code: 0 });
  expect(await sizes()).toEqual({ facts: false, policies: false, remotes: false });
  expect(await readFile(path.join(env.XDG_CACHE_HOME, 'other'), 'utf8')).toBe('stays');
});

test('what is not kept under any name is not removed', async () => {
  const { code, stderr } = await hydrantWith(
    { XDG_CACHE_HOME: await createFolder() },
    'cache',
    'clear',
    '..',
  );
  expect(code).toBe(2);
  expect(stderr).toContain('Allowed choices are facts, policies, remotes.');
});
