import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { createFolder } from '../helpers/repository.ts';
import { MARKER } from './scan.mjs';

const VALUE = `${MARKER}hunter2`;

interface Leaks {
  /** What the one test does. */
  readonly test?: string;
  /** What is done after all tests. */
  readonly after?: string;
  /** What a test of the engine prints. */
  readonly engine?: string;
}

/** A whole run of `npm test` on one test file of its own, and a `go` with one test. */
async function runOf({ test: body = '', after = '', engine = '' }: Leaks) {
  const folder = await createFolder();
  // The value is put together there, as the source of a failing test is shown.
  const source = `import { watch } from ${JSON.stringify(packageFile('test/canary/watch.ts'))};
    const VALUE = ['canary', 'hunter2'].join('-');
    test('passes otherwise', async () => {
      watch('what is fine', 'words');
      ${body}
    });
    afterAll(() => { ${after} });\n`;
  await writeFile(path.join(folder, 'one.test.ts'), source);
  const events = [
    { Action: 'output', Package: 'p', Test: 'T', Output: `${engine}\n` },
    { Action: 'pass', Package: 'p', Test: 'T' },
  ];
  const lines = events.map((event) => `'${JSON.stringify(event)}'`).join(' ');
  await writeFile(path.join(folder, 'go'), `#!/bin/sh\nprintf '%s\\n' ${lines}\n`, { mode: 0o755 });
  const config: object = (await import(packageFile('jest.config.js'))).default;
  return new Promise<{ lastLine: string; stderr: string; code: number }>((resolve) => {
    execFile(
      process.execPath,
      [packageFile('scripts/test.mjs'), '--config', JSON.stringify(ofFolder(config, folder))],
      // The fake go cannot build an engine.
      { env: { ...process.env, HYDRANT_ENGINE: 'unused', PATH: `${folder}:${process.env['PATH']}` } },
      (error, stdout, stderr) => {
        const lastLine = stdout.trimEnd().split('\n').at(-1) ?? '';
        resolve({ lastLine, stderr, code: error === null ? 0 : Number(error.code) });
      },
    );
  });
}

function ofFolder(config: object, folder: string): object {
  return { ...config, rootDir: packageFile('.'), roots: [folder], cacheDirectory: folder };
}

describe('a run of all tests', () => {
  test('in which nothing gets out passes, with the look at its output as one more test', async () => {
    const { lastLine, code } = await runOf({});
    expect({ lastLine, code }).toEqual({ lastLine: '3 passed, 0 failed', code: 0 });
  });

  test.each<[string, Leaks, string]>([
    ['a test prints it', { test: 'console.log(VALUE);' }, '2 passed, 1 failed'],
    [
      'a test prints it in base64',
      { test: "console.log(Buffer.from(VALUE).toString('base64'));" },
      '2 passed, 1 failed',
    ],
    ['a test writes it', { test: 'process.stdout.write(VALUE);' }, '2 passed, 1 failed'],
    ['it is in an error', { test: 'throw new Error(VALUE);' }, '1 passed, 2 failed'],
    ['it is in what a test watches', { test: "watch('the log', VALUE);" }, '1 passed, 2 failed'],
    ['it is watched after the last test', { after: "watch('the log', VALUE);" }, '2 passed, 1 failed'],
    ['a test of the engine prints it', { engine: VALUE }, '2 passed, 1 failed'],
  ])('fails when %s', async (_, leaks, expected) => {
    const { lastLine, stderr, code } = await runOf(leaks);
    expect({ lastLine, code }).toEqual({ lastLine: expected, code: 1 });
    expect(stderr).toMatch(
      /^The value of a Secret got out: the tests of (?:TypeScript|the engine) printed: /m,
    );
  });
});
