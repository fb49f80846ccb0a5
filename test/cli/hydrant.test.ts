import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFolder, createRepository, type TestRepository } from '../helpers/repository.ts';
import { loadedModules } from './loadedModules.ts';
import { hydrant, hydrantWith } from './run.ts';

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

  test('exits 1 on an existing error only where the gate takes in all', async () => {
    const change = { 'a/c.yaml': `${CONFIG.replace('a: b', 'a: c')}dato: {}\n` };
    for (const [gate, expected] of [
      ['new', 0],
      ['all', 1],
    ] as const) {
      const from = await files.commit(
        { 'a/c.yaml': `${CONFIG}dato: {}\n`, '.hydrant.yaml': `gate: ${gate}\n` },
        { branch: `gate-${gate}`, parent: base },
      );
      const head = await files.commit(change, { branch: `gate-${gate}-head`, parent: from });
      const args = ['--repo', files.dir, '--base', from, '--head', head, '--format', 'json'];
      const { code, stdout } = await hydrant('check', ...args);
      const [finding, ...more] = JSON.parse(stdout).findings;
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ rule: 'schema/unknown-field', status: 'existing' });
      expect(`${gate} ${code}`).toBe(`${gate} ${expected}`);
    }
  });

  test('writes several formats at once, of one review', async () => {
    const head = await files.commit(
      { 'a/c.yaml': CONFIG.replace('\ndata:', '\ndato:') },
      { branch: 'formats', parent: base },
    );
    const folder = await createFolder();
    const sarif = path.join(folder, 'a.sarif');
    const junit = path.join(folder, 'junit.xml');
    const { code, stdout } = await check(head, '--format', `sarif=${sarif}`, '--format', `junit=${junit}`);
    expect(code).toBe(1);
    const [finding] = JSON.parse(stdout).findings;
    expect(JSON.parse(await readFile(sarif, 'utf8')).runs[0].results).toMatchObject([
      { ruleId: finding.rule, message: { text: expect.stringContaining(finding.message) } },
    ]);
    expect(await readFile(junit, 'utf8')).toContain('failures="1"');

    const nowhere = path.join(folder, 'no', 'such', 'folder.json');
    expect(await check(head, '--output', nowhere)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`cannot write ${nowhere}: ENOENT`),
    });
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
    expect(JSON.parse(stdout).findings).toEqual([
      {
        rule: 'render/settings',
        severity: 'error',
        status: 'new',
        message:
          '`.hydrant.yaml` line 1: unknown field `typo`. Allowed: `kubernetesVersion`, `gate`, `comment`, `targets`, `policies`, `exceptions`, `schemas`, `repository`, `clusters`, `kustomize`, `flux`, `limits`, `remotes`.',
        resource: null,
        fieldPath: null,
        targets: [],
        location: { path: '.hydrant.yaml', startLine: 1, endLine: 1 },
      },
    ]);
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
});

describe('hydrant targets', () => {
  test('lists them as text and JSON', async () => {
    const text = await hydrant('targets', '--repo', files.dir, '--rev', base);
    expect(text.stdout).toBe(
      [
        'TARGET  KIND       CLUSTER  ENVIRONMENT  PATH',
        'a       kustomize  -        -            a',
        's       kustomize  -        -            s',
        '',
      ].join('\n'),
    );
    const json = await hydrant('targets', '--repo', files.dir, '--rev', base, '--format', 'json');
    expect(JSON.parse(json.stdout)).toHaveLength(2);
  });
});

test('help and version exit 0, and load what reads the arguments alone', async () => {
  const folder = await createFolder();
  const watched = { NODE_V8_COVERAGE: folder };
  expect(await hydrantWith(watched, '--help')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('targets'),
  });
  expect(await hydrantWith(watched, '--version')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  const loaded = await loadedModules(folder);
  expect(loaded.size).toBe(2);
  for (const modules of loaded.values()) {
    expect(modules.length).toBeGreaterThan(5);
    expect(modules.filter((file) => file.includes('node_modules') && !file.includes('/commander/'))).toEqual(
      [],
    );
    // Half of them are commander's.
    expect(modules.length).toBeLessThan(30);
  }
});
