import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { compileCached, defaultCacheDir } from '../../../src/checks/policies/compileCache.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { CompileParams } from '../../../src/engine/protocol/rego.ts';

const pool = new EnginePool({ size: 1 });
afterAll(() => pool.close());

let folder: string;
let compiled: number;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hydrant-cache-'));
  compiled = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The real engine, counted. */
const engine: Engine = {
  render: (params) => pool.render(params),
  renderTemplates: (templates) => pool.renderTemplates(templates),
  testRego: (params) => pool.testRego(params),
  checkCustomResources: (params) => pool.checkCustomResources(params),
  checkDefinitions: (params) => pool.checkDefinitions(params),
  checkAdmission: (params) => pool.checkAdmission(params),
  findCauses: (params) => pool.findCauses(params),
  describe: () => pool.describe(),
  validate: (params) => pool.validate(params),
  compileRego: (params) => {
    compiled++;
    return pool.compileRego(params);
  },
};

function params(content = 'package main\n\ndeny contains "x"\n'): CompileParams {
  return { modules: [{ path: 'a.rego', content }], builtins: [], form: 'conftest' };
}

describe('compiled policies', () => {
  test('are kept, and taken from where they were kept', async () => {
    const dir = path.join(folder, 'not', 'there', 'yet');
    const first = await compileCached(engine, params(), dir);
    expect(await compileCached(engine, params(), dir)).toEqual(first);
    expect(compiled).toBe(1);
    expect(await readdir(dir)).toEqual([expect.stringMatching(/^[\da-f]{64}\.json$/)]);
  });

  test('are kept by content, and by the compiler that made them', async () => {
    await compileCached(engine, params(), folder);
    await compileCached(engine, params('package main\n\ndeny contains "y"\n'), folder);
    const later: Engine = {
      ...engine,
      describe: async () => ({ ...(await pool.describe()), versions: { opa: 'v9.9.9' } }),
    };
    await compileCached(later, params(), folder);
    expect(compiled).toBe(3);
  });

  test.each(['', '{"wasm":"AGFz', '[]', 'null', '{"wasm":1,"entrypoints":[],"errors":[]}'])(
    'are compiled again where the file is broken: %s',
    async (broken) => {
      const first = await compileCached(engine, params(), folder);
      const [name = ''] = await readdir(folder);
      await writeFile(path.join(folder, name), broken);
      expect(await compileCached(engine, params(), folder)).toEqual(first);
      expect(compiled).toBe(2);
      expect(JSON.parse(await readFile(path.join(folder, name), 'utf8'))).toEqual(first);
    },
  );

  test('are compiled where nothing can be kept', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    expect((await compileCached(engine, params(), path.join(file, 'below'))).wasm).toBeDefined();
    expect((await compileCached(engine, params(), null)).wasm).toBeDefined();
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('with errors are not kept', async () => {
    await compileCached(engine, params('package main\n\ndeny contains x\n'), folder);
    expect(await readdir(folder)).toEqual([]);
  });
});

test('the folder is the one that the surroundings name for caches', () => {
  expect(defaultCacheDir({ XDG_CACHE_HOME: '/var/cache' })).toBe(
    path.join('/var/cache', 'hydrant', 'policies'),
  );
  expect(defaultCacheDir({ XDG_CACHE_HOME: 'relative' })).toMatch(/[\\/]\.cache[\\/]hydrant[\\/]policies$/);
  expect(defaultCacheDir({})).toMatch(/[\\/]\.cache[\\/]hydrant[\\/]policies$/);
});
