import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { createRepository, type TestRepository } from '../helpers/repository.ts';

/** The built command, as a user runs it. */
async function hydrant(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [packageFile('bin/hydrant.js'), ...args],
      { maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: canary-cli }\n';
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: b }\n';

let files: TestRepository;
let base: string;

beforeAll(async () => {
  files = await createRepository();
  base = await files.commit({
    'a/kustomization.yaml': 'resources: [c.yaml]\n',
    'a/c.yaml': CONFIG,
    's/kustomization.yaml': 'resources: [s.yaml]\n',
    's/s.yaml': SECRET,
  });
});
afterAll(() => files.remove());

function check(head: string, ...args: string[]) {
  return hydrant('check', '--repo', files.dir, '--base', base, '--head', head, '--format', 'json', ...args);
}

describe('hydrant check', () => {
  test('exits 0 and prints the contract where all is well', async () => {
    const head = await files.commit(
      { 'a/c.yaml': CONFIG.replace('a: b', 'a: c') },
      { branch: 'good', parent: base },
    );
    const { code, stdout } = await check(head);
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      schemaVersion: 1,
      base,
      head,
      verdict: 'success',
      findings: [],
      notValidated: [],
    });
    expect(report.targets).toContainEqual({
      id: 'a',
      kind: 'kustomize',
      path: 'a',
      cluster: null,
      environment: null,
      affected: true,
      status: 'rendered',
    });
    expect(report.changes).toEqual([
      {
        target: 'a',
        resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: null, name: 'c' },
        change: 'changed',
        diff: expect.stringContaining('-  a: b\n+  a: c'),
      },
    ]);
  });

  test('exits 1 on a new error', async () => {
    const head = await files.commit(
      { 'a/c.yaml': CONFIG.replace('\ndata:', '\ndato:') },
      { branch: 'bad', parent: base },
    );
    const { code, stdout } = await check(head);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      {
        rule: 'schema/unknown-field',
        severity: 'error',
        status: 'new',
        fieldPath: 'dato',
        targets: ['a'],
        location: { path: 'a/c.yaml', startLine: 4, endLine: 4 },
      },
    ]);
  });

  test('exits 3 where something was not validated', async () => {
    const kustomization = 'resources: [c.yaml, "https://example.com/remote.yaml"]\n';
    const head = await files.commit(
      { 'a/kustomization.yaml': kustomization },
      { branch: 'remote', parent: base },
    );
    const { code, stdout } = await check(head);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).notValidated).toContainEqual({
      subject: 'a',
      reason: expect.stringContaining('https://example.com/remote.yaml'),
    });
  });

  test('compares with the merge base of the default branch when no base is named', async () => {
    const head = await files.commit(
      { 'a/c.yaml': CONFIG.replace('a: b', 'a: d') },
      { branch: 'topic', parent: base },
    );
    await files.commit({ 'elsewhere.txt': 'x' });
    const { stdout } = await hydrant('check', '--repo', files.dir, '--head', head, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ base, head });
  });

  test.each([
    [['--head', 'nowhere'], /nowhere/],
    [['--base', '--upload-pack=x'], /./],
    [['--format', 'xml'], /Allowed choices are text, json, markdown/],
  ])('exits 2 on %j and says why on stderr alone', async (args, message) => {
    const { code, stdout, stderr } = await hydrant('check', '--repo', files.dir, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('exits 2 where there is no repository, and names the folder', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'hydrant-none-'));
    const { code, stderr } = await hydrant('check', '--repo', dir);
    await rm(dir, { recursive: true });
    expect(code).toBe(2);
    expect(stderr).toContain(dir);
  });

  test('exits 2 on broken settings of the base, and delivers the review all the same', async () => {
    const broken = await files.commit({ '.hydrant.yaml': 'typo: 1\n' }, { branch: 'settings', parent: base });
    const head = await files.commit({ 'a/c.yaml': CONFIG.replace('a: b', 'a: e') }, { branch: 'settings' });
    const { code, stdout } = await hydrant(
      'check',
      '--repo',
      files.dir,
      '--base',
      broken,
      '--head',
      head,
      '--format',
      'json',
    );
    expect(code).toBe(2);
    expect(JSON.parse(stdout).changes).toHaveLength(1);
  });

  test('an empty repository and one without any target', async () => {
    const empty = await createRepository();
    const nothing = await hydrant('check', '--repo', empty.dir);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toMatch(/no commit/);

    const one = await empty.commit({ 'README.md': 'a' });
    const two = await empty.commit({ 'README.md': 'b' });
    const { code, stdout } = await hydrant('check', '--repo', empty.dir, '--base', one, '--head', two);
    await empty.remove();
    expect(code).toBe(0);
    expect(stdout).toMatch(/no target/i);
  });
});

describe('hydrant render', () => {
  test('prints one target as kustomize does, Secret values redacted', async () => {
    const { code, stdout } = await hydrant('render', '--repo', files.dir, '--rev', base, './s/');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: <redacted>\n',
    });
  });

  test('prints Secret values to who asks for them', async () => {
    const { stdout } = await hydrant('render', '--repo', files.dir, '--rev', base, 's', '--show-secrets');
    expect(stdout).toContain('password: canary-cli');
  });

  test('prints a line for every target with --all --format jsonl, broken ones too', async () => {
    const head = await files.commit(
      { 'b/kustomization.yaml': 'resources: [gone.yaml]\n' },
      { branch: 'broken', parent: base },
    );
    const { code, stdout } = await hydrant(
      'render',
      '--repo',
      files.dir,
      '--rev',
      head,
      '--all',
      '--format',
      'jsonl',
    );
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(lines).toEqual([
      { target: 'a', kind: 'kustomize', manifests: expect.stringContaining('kind: ConfigMap') },
      { target: 'b', kind: 'kustomize', error: expect.stringContaining('gone.yaml') },
      { target: 's', kind: 'kustomize', manifests: expect.stringContaining('<redacted>') },
    ]);
  });

  test('of an overlay that is a file says so', async () => {
    const { code, stdout, stderr } = await hydrant('render', '--repo', files.dir, '--rev', base, 'a/c.yaml');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('a/c.yaml is a file; a folder with a kustomization is wanted.');
  });

  test.each([[[]], [['a', '--all']]])('exits 2 without one of path and --all: %j', async (args) => {
    expect(await hydrant('render', '--repo', files.dir, ...args)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('hydrant targets', () => {
  test('lists them as text and JSON', async () => {
    const text = await hydrant('targets', '--repo', files.dir, '--rev', base);
    expect(text.stdout).toBe('TARGET  KIND       ENVIRONMENT\na       kustomize  -\ns       kustomize  -\n');
    const json = await hydrant('targets', '--repo', files.dir, '--rev', base, '--format', 'json');
    expect(JSON.parse(json.stdout)).toHaveLength(2);
  });
});

test('wrong usage exits 2 and help exits 0', async () => {
  expect(await hydrant('chekc')).toMatchObject({ code: 2 });
  expect(await hydrant('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('targets') });
});
