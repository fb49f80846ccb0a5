import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { createFolder } from '../helpers/repository.ts';
import { writeFiles } from './writeFiles.ts';

interface Part {
  readonly name: string;
}
const { ENGINE, COMMAND, stateOf }: Parts = await import(packageFile('scripts/testing/parts.mjs'));
const { partsUsed }: { partsUsed: (root: string, files: readonly string[] | null) => Part[] } = await import(
  packageFile('scripts/testing/partsUsed.mjs')
);

interface Parts {
  readonly ENGINE: Part;
  readonly COMMAND: Part;
  readonly stateOf: (part: Part, root: string) => string;
}

describe('the engine', () => {
  async function state(files: Readonly<Record<string, number>>): Promise<string> {
    const root = await createFolder();
    await writeFiles(root, Object.fromEntries(Object.keys(files).map((file) => [file, ''])));
    for (const [file, time] of Object.entries(files)) await utimes(path.join(root, file), time, time);
    return stateOf(ENGINE, root);
  }
  const sources = { 'scripts/build-engine.mjs': 10, 'engine/go.mod': 10, 'engine/internal/a/a.go': 20 };

  test('is missing where it was never built', async () => {
    expect(await state(sources)).toBe('missing');
  });

  test('is old where a source or its build script changed since', async () => {
    expect(await state({ ...sources, 'dist/hydrant-engine': 30 })).toBe('built');
    expect(await state({ ...sources, 'dist/hydrant-engine': 15 })).toBe('old');
    expect(await state({ ...sources, 'dist/hydrant-engine': 30, 'scripts/build-engine.mjs': 31 })).toBe(
      'old',
    );
  });

  test('is not old for a changed test', async () => {
    const tests = { 'engine/internal/a/a_test.go': 40, 'engine/internal/a/testdata/a.yaml': 40 };
    expect(await state({ ...sources, ...tests, 'dist/hydrant-engine': 30 })).toBe('built');
  });
});

describe('a test uses', () => {
  test.each<[string, Part[], string[] | null]>([
    ['nothing that is built', [], ['test/dialects/glob.test.ts']],
    ['the engine, through what it imports', [ENGINE], ['test/render/renderer.test.ts']],
    ['the command, and so the engine', [ENGINE, COMMAND], ['test/cli/targets.test.ts']],
    ['the process of a review, which is the command', [ENGINE, COMMAND], ['test/bot/events.test.ts']],
    ['both, as all tests do', [ENGINE, COMMAND], null],
  ])('%s', (_, parts, files) => {
    expect(partsUsed(packageFile('.'), files)).toEqual(parts);
  });

  test('nothing of what it imports for its types alone', async () => {
    const root = await createFolder();
    await writeFiles(root, {
      'src/engine/process.ts': '',
      'test/types.test.ts': "import type { A } from '../src/engine/process.ts';\n",
      'test/values.test.ts': "import {\n  a,\n} from '../src/engine/process.ts';\n",
    });
    expect(partsUsed(root, ['test/types.test.ts'])).toEqual([]);
    expect(partsUsed(root, ['test/values.test.ts'])).toEqual([ENGINE]);
  });
});
