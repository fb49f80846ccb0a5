import { describe, expect, test } from '@jest/globals';
import { formatFieldPath } from '../../src/model/manifest.ts';
import type { Review } from '../../src/model/review.ts';
import { renderJson } from '../../src/report/json.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

const NAMED = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\n';
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n';
const ENC = 'ENC[AES256_GCM,data:abcd,iv:efgh,tag:ijkl,type:str]';
const SOPS = `sops:\n  age: [{ recipient: age1 }]\n  mac: ${ENC}\n  lastmodified: "2026-01-01T00:00:00Z"\n  version: 3.9.0\n`;

const secret = (values: string) => `${NAMED}stringData: { ${values} }\n`;
const resources = (...names: string[]) => `resources: [${names.join(', ')}]\n`;

/** The findings on Secrets, with their place. */
function found({ findings }: Review): string[] {
  return findings
    .filter(({ rule }) => rule.startsWith('secret/'))
    .map(({ status, rule, location, fieldPath }) =>
      [
        `${status} ${rule}`,
        location === null ? '-' : `${location.path}:${location.startLine}`,
        ...(fieldPath === null ? [] : [formatFieldPath(fieldPath)]),
      ].join(' '),
    );
}

/** What a change of the one target `o` brings. */
function change(files: TestFiles, base: TestFiles = { 'o/kustomization.yaml': resources('c.yaml') }) {
  return reviewed({ 'o/c.yaml': CONFIG_MAP, ...base }, files);
}

describe('a value that reaches a Secret on the way is found', () => {
  test.each<[string, TestFiles, string[]]>([
    [
      'from a file without a known extension',
      { 'o/kustomization.yaml': resources('s.txt'), 'o/s.txt': secret('a: canary-1') },
      ['new secret/plain-secret o/s.txt:4 stringData.a'],
    ],
    [
      'through a symlink',
      {
        'o/kustomization.yaml': resources('s.yaml'),
        'o/s.yaml': { symlink: 's.txt' },
        'o/s.txt': secret('a: canary-2'),
      },
      ['new secret/plain-secret o/s.txt:4 stringData.a'],
    ],
    [
      'through a symlink of a generator',
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  files: [key=link.txt]\n',
        'o/link.txt': { symlink: 'file.txt' },
        'o/file.txt': 'canary-3',
      },
      ['new secret/generator-file o/kustomization.yaml:3'],
    ],
    [
      'from a patch for any kind',
      {
        'o/kustomization.yaml': `${resources('s.yaml')}patches:\n- target: { name: s }\n  patch: |-\n    - op: add\n      path: /data\n      value: { a: Y2FuYXJ5LTQ= }\n`,
        'o/s.yaml': NAMED,
      },
      ['new secret/plain-secret o/kustomization.yaml:7 data.a'],
    ],
    [
      'from a generator in a file',
      {
        'o/kustomization.yaml': 'generators: [g.yaml]\n',
        'o/g.yaml':
          'apiVersion: builtin\nkind: SecretGenerator\nmetadata: { name: g }\nliterals:\n- a=canary-5\n',
      },
      ['new secret/generator-literal o/g.yaml:5'],
    ],
    [
      'from a scalar',
      { 'o/kustomization.yaml': resources('s.yaml'), 'o/s.yaml': `${NAMED}stringData: canary-6\n` },
      ['new secret/plain-secret o/s.yaml:4 stringData'],
    ],
    [
      'below a mistyped field',
      { 'o/kustomization.yaml': resources('s.yaml'), 'o/s.yaml': `${NAMED}strngData: { a: canary-7 }\n` },
      ['new secret/plain-secret o/s.yaml:4 strngData.a'],
    ],
  ])('%s', async (_, files, expected) => {
    const review = await change(files);
    expect(found(review)).toEqual(expected);
    expect(review.verdicts.secrets).toBe('failure');
  });

  test('from a ConfigMap, by a replacement', async () => {
    const review = await change({
      'o/kustomization.yaml': `${resources('s.yaml', 'c.yaml')}replacements:\n- source: { kind: ConfigMap, fieldPath: data.a }\n  targets: [{ select: { kind: Secret }, fieldPaths: [stringData.a] }]\n`,
      'o/s.yaml': secret('a: ""'),
      'o/c.yaml': `${CONFIG_MAP}data: { a: canary-8 }\n`,
    });
    expect(found(review)).toHaveLength(1);
    expect(found(review)[0]).toMatch(/^new secret\/plain-secret .*stringData\.a$/);
    expect(review.verdicts.secrets).toBe('failure');
  });

  test('from a transformer in a file', async () => {
    const review = await change({
      'o/kustomization.yaml': `${resources('s.yaml')}transformers: [t.yaml]\n`,
      'o/s.yaml': secret('a: ""'),
      'o/t.yaml':
        'apiVersion: builtin\nkind: PatchTransformer\nmetadata: { name: t }\ntarget: { kind: Secret }\npatch: |-\n  - { op: add, path: /stringData/a, value: canary-9 }\n',
    });
    expect(found(review)).toHaveLength(1);
    expect(review.verdicts.secrets).toBe('failure');
  });

  test('once, where the search of the sources has it', async () => {
    const review = await change({
      'o/kustomization.yaml': `${resources('s.yaml')}namePrefix: x-\nsecretGenerator:\n- name: g\n  literals: [a=canary-10]\n  envs: [e.env]\npatches:\n- target: { kind: Secret, name: s }\n  patch: |-\n    - op: add\n      path: /stringData/b\n      value: canary-11\n`,
      'o/s.yaml': `${NAMED}stringData: { a: canary-12 }\ndata: { c: Y2FuYXJ5LTEz }\n`,
      'o/e.env': 'A=canary-14\nB=canary-15\n',
    });
    expect(found(review)).toEqual([
      'new secret/generator-literal o/kustomization.yaml:5',
      'new secret/generator-file o/kustomization.yaml:6',
      'new secret/plain-secret o/kustomization.yaml:12',
      'new secret/plain-secret o/s.yaml:4 stringData.a',
    ]);
  });
});

describe('nothing is found where nobody can read a value', () => {
  test.each<[string, TestFiles]>([
    ['in a Secret that SOPS encrypted', { 'o/s.yaml': `${NAMED}stringData: { a: "${ENC}" }\n${SOPS}` }],
    [
      'in files that SOPS encrypted',
      {
        'o/s.yaml': NAMED,
        'o/kustomization.yaml': `${resources('s.yaml')}secretGenerator:\n- name: g\n  files: [f.yaml]\n  envs: [e.env]\n`,
        'o/f.yaml': `a: ${ENC}\n${SOPS}`,
        'o/e.env': `A=${ENC}\nsops_mac=${ENC}\nsops_version=3.9.0\n`,
      },
    ],
    ['in what an operator fills in', { 'o/s.yaml': secret('a: "$' + '{PASSWORD}"') }],
    ['in an empty value', { 'o/s.yaml': secret('a: ""') }],
  ])('%s', async (_, files) => {
    const review = await change({ 'o/kustomization.yaml': resources('s.yaml'), ...files });
    expect(review.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(review.verdicts.secrets).toBe('success');
    expect(review.verdicts.schemas).toBe('success');
  });
});

describe('what a pull request brings in is new', () => {
  const base = { 'o/kustomization.yaml': resources('s.yaml'), 'o/s.yaml': secret('p: canary-old') };
  const literals = (...all: string[]) => `secretGenerator:\n- name: s\n  literals: [${all.join(', ')}]\n`;
  const renamed = { 'o/s.yaml': null, 'o/kustomization.yaml': resources('t.yaml') };
  const rendered = { 'o/kustomization.yaml': resources('s.txt'), 'o/s.txt': secret('p: canary-old') };

  test.each<[string, TestFiles, TestFiles, string[]]>([
    [
      'another value of a plain Secret',
      base,
      { 'o/s.yaml': secret('p: canary-new') },
      ['new secret/plain-secret o/s.yaml:4 stringData.p'],
    ],
    [
      'a value beside another',
      base,
      { 'o/s.yaml': secret('p: canary-old, q: canary-new') },
      ['new secret/plain-secret o/s.yaml:4 stringData.p'],
    ],
    [
      'another literal',
      { 'o/kustomization.yaml': literals('a=canary-old') },
      { 'o/kustomization.yaml': literals('a=canary-new') },
      ['new secret/generator-literal o/kustomization.yaml:3'],
    ],
    [
      'another file of a generator',
      { 'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  files: [f.txt]\n', 'o/f.txt': 'canary-old' },
      { 'o/f.txt': 'canary-new' },
      ['new secret/generator-file o/kustomization.yaml:3'],
    ],
    [
      'another variable',
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  envs: [f.env]\n',
        'o/f.env': 'A=canary-old\n',
      },
      { 'o/f.env': 'A=canary-old\nB=canary-new\n' },
      ['new secret/generator-file o/kustomization.yaml:3'],
    ],
    [
      'another copy',
      base,
      { 'o/kustomization.yaml': resources('a.yaml'), 'o/a.yaml': secret('p: canary-old') },
      ['existing secret/plain-secret o/a.yaml:4 stringData.p'],
    ],
    [
      'another value that only the rendering shows',
      rendered,
      { 'o/s.txt': secret('p: canary-new') },
      ['new secret/plain-secret o/s.txt:4 stringData.p'],
    ],
  ])('%s', async (name, before, files, expected) => {
    const copied = name === 'another copy' ? { ...files, 'o/s.yaml': null } : files;
    expect(found(await change(copied, before))).toEqual(expected);
  });

  test.each<[string, TestFiles, TestFiles, string[]]>([
    [
      'a file by another name',
      base,
      { ...renamed, 'o/t.yaml': secret('p: canary-old') },
      ['existing secret/plain-secret o/t.yaml:4 stringData.p'],
    ],
    [
      'one of two values',
      { ...base, 'o/s.yaml': secret('p: canary-old, q: canary-gone') },
      { 'o/s.yaml': secret('p: canary-old') },
      ['existing secret/plain-secret o/s.yaml:4 stringData.p'],
    ],
    [
      'one of two variables',
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  envs: [f.env]\n',
        'o/f.env': 'A=canary-old\nB=canary-gone\n',
      },
      { 'o/f.env': 'A=canary-old\n' },
      ['existing secret/generator-file o/kustomization.yaml:3'],
    ],
    [
      'a value in base64 now',
      base,
      { 'o/s.yaml': `${NAMED}data: { p: ${Buffer.from('canary-old').toString('base64')} }\n` },
      ['existing secret/plain-secret o/s.yaml:4 data.p'],
    ],
    [
      'a value that the search could not find before',
      rendered,
      { 'o/s.txt': null, 'o/kustomization.yaml': resources('s.yaml'), 'o/s.yaml': secret('p: canary-old') },
      ['existing secret/plain-secret o/s.yaml:4 stringData.p'],
    ],
    [
      'a value that the search cannot find any more',
      base,
      { 'o/s.yaml': null, ...rendered },
      ['existing secret/plain-secret o/s.txt:4 stringData.p'],
    ],
  ])('and nothing else is: %s', async (_, before, files, expected) => {
    const review = await change(files, before);
    expect(found(review)).toEqual(expected);
    expect(review.verdicts.secrets).toBe('success');
  });

  test.each<[string, TestFiles, TestFiles]>([
    ['in a file', base, { 'o/s.yaml': `${NAMED}stringData: { p: "${ENC}" }\n${SOPS}` }],
    ['in a rendering', rendered, { 'o/s.txt': `${NAMED}stringData: { p: "${ENC}" }\n${SOPS}` }],
  ])('a value that is encrypted now is fixed: %s', async (_, before, files) => {
    const review = await change(files, before);
    expect(found(review)).toEqual([expect.stringMatching(/^fixed secret\/plain-secret - stringData\.p$/)]);
    expect(review.verdicts.secrets).toBe('success');
  });
});

describe('in a diff', () => {
  const copying = `${resources('s.yaml', 'c.yaml')}replacements:\n- source: { kind: Secret, fieldPath: stringData.p }\n  targets: [{ select: { kind: ConfigMap }, fieldPaths: [data.url], options: { delimiter: "@", index: 0 } }]\n`;
  const files = (value: string) => ({
    'o/kustomization.yaml': copying,
    'o/s.yaml': secret(`p: ${value}`),
    'o/c.yaml': `${CONFIG_MAP}data: { url: user@host }\n`,
  });

  test('the copy of a value that changes shows that it does, and not what it is', async () => {
    const { changes } = await change(files('canary-new'), files('canary-old'));
    const diff = changes.find(({ resource }) => resource.kind === 'ConfigMap')?.diff;
    expect(diff).toContain('-  url: "<redacted: value before>@host"');
    expect(diff).toContain('+  url: "<redacted: value after>@host"');
  });

  test('an image of which a part is the value of a Secret is still one', async () => {
    const { images, findings } = await change(...images10And11('canary-registry-7x9k2'));
    expect(images).toMatchObject([{ from: '<redacted>/app:1.0', to: '<redacted>/app:1.1' }]);
    expect(findings.filter(({ rule }) => rule.startsWith('schema/'))).toEqual([]);
  });

  // What a Secret has besides credentials is hidden there: elsewhere a report without it says nothing.
  test('an address that a Secret has as well is shown where it is no secret', async () => {
    const { images } = await change(...images10And11('registry.example.com'));
    expect(images).toMatchObject([
      { from: 'registry.example.com/app:1.0', to: 'registry.example.com/app:1.1' },
    ]);
  });

  test('the same commits give the same bytes, though digests differ in each run', async () => {
    const again = () =>
      change(files('canary-new'), { ...files('canary-old'), 'o/x.yaml': secret('a: canary') });
    const [one, other] = await Promise.all([again(), again()]);
    expect(renderJson(one)).toBe(renderJson(other));
    expect(JSON.stringify(one)).not.toMatch(/hydrant\.redacted|[0-9a-f]{64}/);
  });

  test('a mistyped field shows no value', async () => {
    const { changes } = await change({
      'o/kustomization.yaml': resources('s.yaml'),
      'o/s.yaml': `${NAMED}strngData: { p: canary-typo }\n`,
    });
    expect(changes.map(({ diff }) => diff).join('\n')).toContain('+  p: <redacted>');
  });
});

/** A Secret with a registry, and a Deployment of an image from there at two versions. */
function images10And11(registry: string): [Record<string, string>, Record<string, string>] {
  const at = (tag: string) => ({
    'o/kustomization.yaml': resources('s.yaml', 'd.yaml'),
    'o/s.yaml': secret(`registry: ${registry}`),
    'o/d.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec:\n  selector: { matchLabels: { app: d } }\n  template:\n    metadata: { labels: { app: d } }\n    spec: { containers: [{ name: c, image: '${registry}/app:${tag}' }] }\n`,
  });
  return [at('1.1'), at('1.0')];
}
