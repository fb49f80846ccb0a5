import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isRunning } from '../helpers/processes.ts';
import { createFolder, createRepository, type TestRepository } from '../helpers/repository.ts';
import { hydrant } from './run.ts';

/** A slow machine has begun to render by then. */
const SECONDS = '10';

let files: TestRepository;
beforeAll(async () => {
  files = await createRepository();
  const config = (value: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: ${value} }\n`;
  await files.commit({ 'shop/kustomization.yaml': 'resources: [c.yaml]\n', 'shop/c.yaml': config('b') });
  await files.commit({ 'shop/c.yaml': config('c'.repeat(2000)) });
});
afterAll(() => files.remove());

describe('a command that takes longer than --timeout', () => {
  test.each([
    ['check', ['--base', 'HEAD~1'], 'this review'],
    ['targets', [], 'hydrant targets'],
  ])(
    'could not run, says where it was, and leaves no process: %s',
    async (command, args, subject) => {
      const folder = await createFolder();
      const [engine, pid] = [path.join(folder, 'engine'), path.join(folder, 'pid')];
      await writeFile(engine, `#!/bin/sh\necho $$ > ${pid}\nexec sleep 600\n`);
      await chmod(engine, 0o755);
      process.env['HYDRANT_ENGINE'] = engine;
      try {
        expect(await hydrant(command, '--repo', files.dir, ...args, '--timeout', SECONDS)).toEqual({
          code: 2,
          stdout: '',
          // Both files are read at once.
          stderr: expect.stringMatching(
            `^hydrant: ${subject} needs more than 10 seconds; it was ended while finding and rendering targets, at the target shop, the last file that it read is shop/(?:c|kustomization)\\.yaml; --timeout gives it more time\n$`,
          ),
        });
        expect(isRunning(Number(await readFile(pid, 'utf8')))).toBe(false);
      } finally {
        delete process.env['HYDRANT_ENGINE'];
      }
    },
    60_000,
  );
});

/** A command with one more variable in its environment. */
async function limited(name: string, value: string, ...args: string[]) {
  process.env[name] = value;
  try {
    return await hydrant(...args);
  } finally {
    delete process.env[name];
  }
}

describe('a command that needs more than the environment lets it', () => {
  const check = () => ['check', '--repo', files.dir, '--base', 'HEAD~1', '--format', 'json'];

  test('of memory is ended, whatever of it needs that', async () => {
    const engine = path.join(await createFolder(), 'engine');
    const script = 'globalThis.held = Buffer.alloc(2 ** 30, 1); setInterval(() => {}, 1000);';
    await writeFile(engine, `#!${process.execPath}\n${script}\n`);
    await chmod(engine, 0o755);
    process.env['HYDRANT_ENGINE'] = engine;
    try {
      expect(await limited('HYDRANT_REVIEW_MEMORY', '512MB', ...check())).toEqual({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(
          /^hydrant: this review needs more than 512 MB of memory; it was ended while .*; HYDRANT_REVIEW_MEMORY gives it more\n$/,
        ),
      });
    } finally {
      delete process.env['HYDRANT_ENGINE'];
    }
  }, 60_000);

  test('of text prints none of it', async () => {
    expect(await limited('HYDRANT_REVIEW_OUTPUT', '1KB', ...check())).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'hydrant: this review needs more than 0.001 MB of text; it was ended while printing; HYDRANT_REVIEW_OUTPUT gives it more\n',
    });
  });

  test('of something that is not understood does not run', async () => {
    expect(await limited('HYDRANT_REVIEW_MEMORY', 'much', ...check())).toEqual({
      code: 2,
      stdout: '',
      stderr: 'hydrant: HYDRANT_REVIEW_MEMORY is not understood: write it like 2GB or 512MB\n',
    });
  });
});

test('a time that is none is wrong usage', async () => {
  const { code, stderr } = await hydrant('check', '--repo', files.dir, '--timeout', 'soon');
  expect(code).toBe(2);
  expect(stderr).toContain('It is a number of seconds, or like 90s, 30m, 1h.');
});
