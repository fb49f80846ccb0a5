import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { openFactStore } from '../../src/store/factStore.ts';
import { fc, runs } from '../helpers/properties.ts';
import { createFolder } from '../helpers/repository.ts';

/** Stands for the engine: a file with a size and a time. */
async function engineIn(folder: string, text = 'engine'): Promise<string> {
  const file = path.join(folder, 'engine');
  await writeFile(file, text);
  return file;
}

async function opened(folder: string, engine: string) {
  const store = await openFactStore(path.join(folder, 'facts'), engine);
  if (store === undefined) throw new Error('the store could not be opened');
  return store;
}

describe('a store of facts', () => {
  test('has what was kept before it was closed, under keys of any length', async () => {
    const folder = await createFolder();
    const engine = await engineIn(folder);
    const long = `rendering ${'k'.repeat(5000)}`;
    const first = await opened(folder, engine);
    first.keep('a fact', 'of a file');
    first.keep(long, 'l'.repeat(100_000));
    await first.close();
    const second = await opened(folder, engine);
    expect(second.get('a fact')).toBe('of a file');
    expect(second.get(long)).toBe('l'.repeat(100_000));
    expect(second.get('another')).toBeUndefined();
    await second.close();
  });

  test('forgets all that another engine made', async () => {
    const folder = await createFolder();
    const first = await opened(folder, await engineIn(folder));
    first.keep('a fact', 'of a file');
    await first.close();
    const second = await opened(folder, await engineIn(folder, 'a newer engine'));
    expect(second.get('a fact')).toBeUndefined();
    await second.close();
  });

  test('is done without where its folder is a file', async () => {
    const folder = await createFolder();
    const engine = await engineIn(folder);
    expect(await openFactStore(path.join(engine, 'facts'), engine)).toBeUndefined();
  });

  test.each([
    ['is empty', () => Buffer.alloc(0)],
    ['is something else', () => Buffer.from('x'.repeat(10_000))],
    ['is cut', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['ends in its first page', (whole: Buffer) => whole.subarray(0, 100)],
  ])('is made anew where its file %s', async (_, made: (whole: Buffer) => Buffer) => {
    const folder = await createFolder();
    const engine = await engineIn(folder);
    const first = await opened(folder, engine);
    for (let at = 0; at < 100; at++) first.keep(`fact ${at}`, textOf(0, at));
    await first.close();
    const file = path.join(folder, 'facts', 'facts.mdb');
    await writeFile(file, made(await readFile(file)));
    const second = await opened(folder, engine);
    second.keep('a fact', 'of a file');
    await second.close();
    const third = await opened(folder, engine);
    expect(third.get('a fact')).toBe('of a file');
    await third.close();
  });

  test('is made anew where a process ended while it opened it', async () => {
    const folder = await createFolder();
    const engine = await engineIn(folder);
    const first = await opened(folder, engine);
    first.keep('a fact', 'of a file');
    await first.close();
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'close');
    await writeFile(path.join(folder, 'facts', 'facts.mdb-opening'), String(gone.pid));
    const second = await opened(folder, engine);
    expect(second.get('a fact')).toBeUndefined();
    await second.close();
  });

  test('can be read by its owner alone', async () => {
    const folder = await createFolder();
    const store = await opened(folder, await engineIn(folder));
    await store.close();
    expect((await stat(path.join(folder, 'facts'))).mode & 0o077).toBe(0);
  });

  test('is whole after two processes that write it are killed at any moment', async () => {
    const folder = await createFolder();
    const engine = await engineIn(folder);
    const facts = path.join(folder, 'facts');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 400 }), async (wait) => {
        const writers = [1, 2].map((number) => writer(facts, engine, number));
        await Promise.all(writers.map(({ stdout }) => once(stdout, 'data')));
        await sleep(wait);
        for (const child of writers) child.kill('SIGKILL');
        await Promise.all(writers.map((child) => once(child, 'close')));
        const store = await opened(folder, engine);
        for (const number of [1, 2])
          for (let at = 0; at < 2000; at++) {
            const found = store.get(`${number} ${at}`);
            if (found !== undefined) expect(found).toBe(textOf(number, at));
          }
        store.keep('still', 'works');
        await store.close();
      }),
      { numRuns: runs(4) },
    );
  });
});

function textOf(number: number, at: number): string {
  return `${number} ${at} `.repeat(200);
}

/** Writes until it is killed. */
function writer(facts: string, engine: string, number: number) {
  const program = `
    import { openFactStore } from ${JSON.stringify(path.resolve('dist/src/store/factStore.js'))};
    const store = await openFactStore(${JSON.stringify(facts)}, ${JSON.stringify(engine)});
    console.log('writes');
    for (let at = 0; ; at = (at + 1) % 2000) {
      store.keep('${number} ' + at, ('${number} ' + at + ' ').repeat(200));
      if (at % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
