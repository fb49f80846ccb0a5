import { execFile } from 'node:child_process';
import { realpath, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Confined, confinedCommand } from '../../src/engine/confinedCommand.ts';
import { EnginePool } from '../../src/engine/pool.ts';
import { packageFile } from '../../src/model/packageFile.ts';
import { createFolder, createRepository } from '../helpers/repository.ts';

const pool = new EnginePool({ size: 1 });
let isHeld = false;
let own: string;
let others: string;
const server = createServer((_, response) => response.end('an answer'));

beforeAll(async () => {
  const { defences } = await pool.describe();
  isHeld = defences.some(({ name, held }) => name === 'landlock' && held);
  if (!isHeld) console.warn('skipped: this kernel has no Landlock');
  own = await folder();
  others = await folder();
  await writeFile(path.join(others, 'key.pem'), 'private');
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  server.close();
  await pool.close();
});

const folder = async () => realpath(await createFolder());

/** Runs a script of Node confined to its own folder, or not confined, and gives what it prints. */
async function run(script: string, needs: Partial<Confined> & { readonly free?: boolean } = {}) {
  const command = [process.execPath, '--input-type=module', '-e', script] as const;
  const confined = { read: [packageFile('dist')], write: [own], ...needs, command };
  const [program, ...args] = needs.free === true ? command : confinedCommand(confined);
  const env = { PATH: process.env['PATH'], HOME: own, PARENT: String(process.pid), OWN: own, OTHERS: others };
  return new Promise<string>((resolve) => {
    execFile(program, args, { cwd: own, env }, (error, stdout, stderr) =>
      resolve(error === null ? stdout.trim() : `${stdout}${stderr}`),
    );
  });
}

/** What a script's attempt comes to: `done`, or the code of its error. */
const attempt = (statement: string) => `
  import { execFileSync } from 'node:child_process';
  import fs from 'node:fs';
  const { OWN, OTHERS, PARENT } = process.env;
  try { ${statement}; console.log('done'); } catch (error) { console.log(String(error.stderr ?? error.code)); }`;

test.each([
  ["another's file is read", "fs.readFileSync(OTHERS + '/key.pem')", 'EACCES'],
  ["another's folder is listed", 'fs.readdirSync(OTHERS)', 'EACCES'],
  ["a file is made in another's folder", "fs.writeFileSync(OTHERS + '/made', '')", 'EACCES'],
  [
    "a file is made among the program's own",
    `fs.writeFileSync(${JSON.stringify(packageFile('dist'))} + '/made', ''); fs.rmSync(${JSON.stringify(packageFile('dist'))} + '/made')`,
    'EACCES',
  ],
  [
    'the environment of the process that started it is read',
    "fs.readFileSync('/proc/' + PARENT + '/environ')",
    'EACCES',
  ],
  ['that process gets a signal', 'process.kill(Number(PARENT), 0)', 'EPERM'],
])('without it %s, with it not', async (_, statement, code) => {
  expect(await run(attempt(statement), { free: true })).toBe('done');
  if (isHeld) expect(await run(attempt(statement))).toBe(code);
});

test('what it starts is confined as well', async () => {
  if (!isHeld) return;
  expect(await run(attempt("execFileSync('cat', [OTHERS + '/key.pem'], { stdio: 'pipe' })"))).toContain(
    'Permission denied',
  );
});

test('no file gets larger than it may', async () => {
  const write = attempt("fs.writeFileSync(OWN + '/large', 'x'.repeat(5000))");
  expect(await run(write, { free: true })).toBe('done');
  expect(await run(write, { fileBytes: 1000 })).not.toContain('done');
});

test('no more files are open than may be', async () => {
  const open = attempt("for (let n = 0; n < 200; n++) fs.openSync('/dev/null')");
  expect(await run(open)).toBe('done');
  expect(await run(open, { openFiles: 100 })).toBe('EMFILE');
});

test('it reads, writes, runs Git and the engine, and fetches', async () => {
  const repository = await createRepository();
  const commit = await repository.commit({ 'a/kustomization.yaml': 'configMapGenerator: [{name: c}]\n' });
  const { port } = server.address() as AddressInfo;
  const said = await run(
    `import { execFileSync } from 'node:child_process';
     import fs from 'node:fs';
     import { EnginePool } from '${packageFile('dist/src/engine/pool.js')}';
     fs.writeFileSync(process.env.OWN + '/one', 'x');
     const git = (...args) => execFileSync('git', args, { stdio: 'pipe' }).toString();
     git('init', '--quiet', '--bare', 'mirror');
     git('--git-dir', 'mirror', 'fetch', '--quiet', '${repository.dir}', '${commit}');
     const pool = new EnginePool({ size: 1 });
     const gitDir = process.env.OWN + '/mirror';
     const params = { gitDir, commit: '${commit}', source: { tool: 'kustomize', path: 'a' }, redaction: { mode: 'none' }, want: 'manifests' };
     console.log((await pool.render(params)).manifests);
     console.log((await pool.describe()).defences.map(({ held }) => held).join());
     console.log(await (await fetch('http://127.0.0.1:${port}/')).text());
     await pool.close();`,
    { read: [packageFile('.'), await realpath(packageFile('node_modules')), repository.dir] },
  );
  expect(said).toContain('kind: ConfigMap');
  if (isHeld) expect(said).toContain('true,true,true,true');
  expect(said).toContain('an answer');
});

test('a launch that names no program, or none that there is, says so', async () => {
  const [engine] = confinedCommand({ command: ['x'], read: [], write: [] });
  const launched = (...args: string[]) =>
    new Promise<unknown>((resolve) => {
      execFile(engine, args, (error, _, stderr) => resolve({ code: error?.code, stderr }));
    });
  expect(await launched('confine', '--read', '/usr')).toEqual({
    code: 126,
    stderr: 'hydrant-engine: confine: no program is named; write it after `--`\n',
  });
  expect(await launched('confine', '--', '/nowhere/program')).toEqual({
    code: 126,
    stderr: 'hydrant-engine: /nowhere/program cannot be started: no such file or directory\n',
  });
});
