import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { MARKER } from '../canary/scan.mjs';
import { createFolder } from '../helpers/repository.ts';

interface Ended {
  readonly code: number;
  readonly lastLine: string;
  readonly stderr: string;
  /** What `go` was called with; null where it was not. */
  readonly go: string | null;
}

/** `npm test` with these arguments, and a `go` that reports one test, which prints the text. */
async function runOf(args: readonly string[], printed = 'words'): Promise<Ended> {
  const folder = await createFolder();
  const called = path.join(folder, 'called');
  const events = ['output', 'pass'].map((Action) =>
    JSON.stringify({ Action, Package: 'p', Test: 'T', ...(Action === 'output' ? { Output: printed } : {}) }),
  );
  const lines = events.map((event) => `'${event}'`).join(' ');
  const script = `#!/bin/sh\necho "$@" >> ${called}\nprintf '%s\\n' ${lines}\n`;
  await writeFile(path.join(folder, 'go'), script, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  const ended = await new Promise<Omit<Ended, 'go'>>((resolve) => {
    execFile(process.execPath, [packageFile('scripts/test.mjs'), ...args], { env }, (error, stdout, stderr) =>
      resolve({
        code: error === null ? 0 : Number(error.code),
        lastLine: stdout.trimEnd().split('\n').at(-1) ?? '',
        stderr,
      }),
    );
  });
  return { ...ended, go: existsSync(called) ? await readFile(called, 'utf8') : null };
}

describe('a run of named tests', () => {
  test('of TypeScript starts only jest', async () => {
    const ran = await runOf(['test/git/pathName.test.ts']);
    expect({ ...ran, stderr: '' }).toEqual({ code: 0, lastLine: '3 passed, 0 failed', stderr: '', go: null });
    expect(ran.stderr).toContain('PASS test/git/pathName.test.ts');
  }, 120_000);

  test('of which none has the name that is asked for says so', async () => {
    const { code, lastLine, stderr } = await runOf(['test/git/pathName.test.ts', '-t', 'nobody']);
    expect({ code, lastLine }).toEqual({ code: 2, lastLine: '1 passed, 0 failed, 2 skipped' });
    expect(stderr).toContain('npm test: nothing ran: no test has that name');
  }, 120_000);

  test('of the engine runs what the file has, in its package', async () => {
    const { code, lastLine, go } = await runOf(['engine/internal/appset', '-v']);
    expect({ code, lastLine }).toEqual({ code: 0, lastLine: '2 passed, 0 failed' });
    expect(go).toMatch(/^test -json -trimpath -run \^\(Test\w+(?:\|Test\w+)*\)\$ -v \.\/internal\/appset\n$/);
  });

  test('still looks for values of Secrets', async () => {
    const { code, lastLine, stderr } = await runOf(['engine/internal/appset'], `${MARKER}hunter2`);
    expect({ code, lastLine }).toEqual({ code: 1, lastLine: '1 passed, 1 failed' });
    expect(stderr).toContain('The value of a Secret got out: the tests of the engine printed: ');
  });

  test.each([
    ['test/compare/nothing.test.ts', 'Name a file or a folder below test/ or engine/'],
    ['src/compare/findings.ts', 'Is it test/compare/findings.test.ts?'],
    ['engine/internal/nothing_test.go', 'Name a file or a folder'],
  ])('says of %s that no test matches it: %s', async (name, wayOut) => {
    const { code, lastLine, stderr, go } = await runOf([name]);
    expect({ code, lastLine, go }).toEqual({ code: 2, lastLine: '', go: null });
    expect(stderr).toContain(`npm test: no test matches ${name}. ${wayOut}`);
  });
});
