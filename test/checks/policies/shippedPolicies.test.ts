import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { builtInParams, compileBuiltIn } from '../../../src/checks/policies/compileBuiltIn.ts';
import { shipBuiltIn } from '../../../src/checks/policies/shipBuiltIn.ts';
import { readShipped, writeShipped } from '../../../src/checks/policies/shippedPolicies.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { enginePath } from '../../../src/engine/process.ts';
import type { CompileParams, CompileReply } from '../../../src/engine/protocol/rego.ts';

const pool = new EnginePool({ size: 1 });
let folder: string;
let params: CompileParams;
let compiled: CompileReply;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hydrant-shipped-'));
  params = await builtInParams();
  compiled = await pool.compileRego(params);
  await shipBuiltIn(pool, { folder });
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true, force: true });
});

test('what the build wrote is what the engine compiles', async () => {
  expect(compiled.errors).toEqual([]);
  expect(await readShipped(params)).toEqual(compiled);
  expect(await readShipped(params, { folder })).toEqual(compiled);
});

test('where it is there, the engine is not started', async () => {
  const missing = new EnginePool({ size: 1, binary: path.join(folder, 'no-engine') });
  await expect(missing.describe()).rejects.toThrow('the render engine is missing');
  const { modules, reply } = await compileBuiltIn(missing);
  expect(modules).toEqual(params.modules);
  expect(reply).toEqual(compiled);
});

test('of other policies it is not used', async () => {
  const [first, ...others] = params.modules;
  const changed = { path: first?.path ?? '', content: `${first?.content}\n# more` };
  expect(await readShipped({ ...params, modules: [changed, ...others] }, { folder })).toBeNull();
  expect(await readShipped({ ...params, modules: others }, { folder })).toBeNull();
  const own = { path: 'policy/own.rego', content: 'package main\n' };
  expect(await readShipped({ ...params, modules: [...params.modules, own] }, { folder })).toBeNull();
  for (const other of [
    { builtins: [] },
    { form: 'conftest' },
    { combine: ['a.rego'] },
    { data: { a: 1 } },
  ] as const)
    expect(await readShipped({ ...params, ...other }, { folder })).toBeNull();
});

test('of another engine, or none, it is not used', async () => {
  const engine = path.join(folder, '..', `${path.basename(folder)}-engine`);
  try {
    expect(await readShipped(params, { folder, engine })).toBeNull();
    await writeFile(engine, `#!/bin/sh\nexec ${enginePath()} "$@"\n`);
    expect(await readShipped(params, { folder, engine })).toBeNull();
    await expect(writeShipped(params, compiled, { folder, engine })).rejects.toThrow('names no build');
    const bytes = await readFile(enginePath());
    bytes.write('another', bytes.toString('latin1', 0, 32 * 1024).search(/[\w-]{20}\/[\w-]{20}\//));
    await writeFile(engine, bytes);
    expect(await readShipped(params, { folder, engine })).toBeNull();
    await copyFile(enginePath(), engine);
    expect(await readShipped(params, { folder, engine })).toEqual(compiled);
  } finally {
    await rm(engine, { force: true });
  }
});

test('a file that is torn is not used, and a later build leaves nothing of an earlier one', async () => {
  const other = await mkdtemp(path.join(folder, 'later-'));
  await writeShipped({ ...params, builtins: [] }, compiled, { folder: other });
  await shipBuiltIn(pool, { folder: other });
  const [name = '', ...more] = await readdir(other);
  expect(more).toEqual([]);
  await writeFile(path.join(other, name), '{"wasm":"AG');
  expect(await readShipped(params, { folder: other })).toBeNull();
});
