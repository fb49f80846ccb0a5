import { beforeAll, expect, test } from '@jest/globals';
import { REPORT_FORMATS } from '../../src/report/formats.ts';
import { hydrant } from '../cli/run.ts';
import { createRepository, type TestFiles, type TestRepository } from '../helpers/repository.ts';

const NAMED = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\n';
const SECRET = `${NAMED}stringData:\n  a: canary-value\n`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const patched = (patch: string, target = '{ kind: Secret }') =>
  `resources: [s.yaml]\npatches:\n- target: ${target}\n  patch: |-\n${patch.replace(/^/gm, '    ')}\n`;
const inline = (patch: string) =>
  `resources: [s.yaml]\npatches:\n- patch: |-\n${patch.replace(/^/gm, '    ')}\n`;

/** Folders with Secrets, most of them broken in a way that makes a library quote what it read. */
const BROKEN: Record<string, TestFiles> = {
  unfinished: { 's.yaml': `${SECRET} b: [canary-list\n` },
  quote: { 's.yaml': `${NAMED}stringData:\n  a: "canary-open\n` },
  tab: { 's.yaml': `${NAMED}stringData:\n\ta: canary-tab\n` },
  alias: { 's.yaml': `${NAMED}stringData:\n  a: *canary-alias\n` },
  tag: { 's.yaml': `${NAMED}stringData:\n  a: !!int canary-tag\n` },
  scalar: { 's.yaml': `${NAMED}stringData: canary-scalar\n` },
  list: { 's.yaml': `${NAMED}stringData: [canary-item]\n` },
  'bad-base64': { 's.yaml': `${NAMED}data:\n  a: canary-no-base64\n` },
  'twice-a-key': { 's.yaml': `${NAMED}stringData:\n  a: canary-1\n  a: canary-2\n` },
  'twice-a-resource': {
    'kustomization.yaml': 'resources: [s.yaml, t.yaml]\n',
    's.yaml': SECRET,
    't.yaml': SECRET,
  },
  unnamed: { 's.yaml': 'apiVersion: v1\nkind: Secret\nstringData: { a: canary-unnamed }\n' },
  kindless: { 's.yaml': 'apiVersion: v1\nmetadata: { name: s }\nstringData: { a: canary-kindless }\n' },
  json: { 's.yaml': '{"apiVersion": "v1", "kind": "Secret", "stringData": {"a": "canary-json"}' },
  'not-utf-8': { 's.yaml': Buffer.concat([Buffer.from(SECRET), Buffer.from([0xff, 0xfe])]) },
  'patch-unread': {
    'kustomization.yaml': inline('kind: Secret\nstringData: {a: canary-patch'),
    's.yaml': SECRET,
  },
  'patch-quoted': {
    'kustomization.yaml': inline(`${NAMED}stringData: {a: "canary-\`\`-patch`),
    's.yaml': SECRET,
  },
  'patch-nobody': {
    'kustomization.yaml': inline(`${SECRET.replace('name: s', 'name: nobody')}`),
    's.yaml': SECRET,
  },
  'patch-conflict': { 'kustomization.yaml': inline(`${NAMED}stringData: [canary-patch]`), 's.yaml': SECRET },
  'patch-test': {
    'kustomization.yaml': patched('- {op: test, path: /stringData/a, value: canary-other}'),
    's.yaml': SECRET,
  },
  'patch-path': {
    'kustomization.yaml': patched('- {op: replace, path: /stringData/b/c, value: canary-new}'),
    's.yaml': SECRET,
  },
  'patch-op': {
    'kustomization.yaml': patched('- {op: nonsense, path: /stringData/a, value: canary-new}'),
    's.yaml': SECRET,
  },
  'patch-file': {
    'kustomization.yaml': 'resources: [s.yaml]\npatches: [{path: p.yaml}]\n',
    's.yaml': SECRET,
    'p.yaml': `${SECRET}\tb: c\n`,
  },
  'merge-file': {
    'kustomization.yaml': 'resources: [s.yaml]\npatchesStrategicMerge: [p.yaml]\n',
    's.yaml': SECRET,
    'p.yaml': `${SECRET}\tb: c\n`,
  },
  replaced: {
    'kustomization.yaml':
      'resources: [s.yaml]\nreplacements:\n- source: {kind: Secret, fieldPath: stringData.a.b}\n  targets: [{select: {kind: Secret}, fieldPaths: [metadata.labels.x]}]\n',
    's.yaml': SECRET,
  },
  literal: { 'kustomization.yaml': 'secretGenerator:\n- name: s\n  literals: [canary-no-equals]\n' },
  'literal-twice': {
    'kustomization.yaml': 'secretGenerator:\n- name: s\n  literals: [a=canary-1, a=canary-2]\n',
  },
  'literal-key': { 'kustomization.yaml': 'secretGenerator:\n- name: s\n  literals: ["a b=canary-1"]\n' },
  'literal-type': { 'kustomization.yaml': 'secretGenerator:\n- name: s\n  literals: {a: canary-map}\n' },
  'literal-field': { 'kustomization.yaml': 'secretGenerator:\n- name: s\n  literal: [a=canary-typo]\n' },
  'literal-unfinished': {
    'kustomization.yaml': 'secretGenerator:\n- name: s\n  literals: ["a=canary-unfinished]\n',
  },
  envs: {
    'kustomization.yaml': 'secretGenerator:\n- name: s\n  envs: [e.env]\n',
    'e.env': 'b c=canary-d\n=canary-e\n',
  },
  'envs-bytes': {
    'kustomization.yaml': 'secretGenerator:\n- name: s\n  envs: [e.env]\n',
    'e.env': Buffer.concat([Buffer.from('A=canary-bytes'), Buffer.from([0xff])]),
  },
  'envs-twice': {
    'kustomization.yaml': 'secretGenerator:\n- name: s\n  envs: [e.env]\n',
    'e.env': 'A=canary-1\nA=canary-2\n',
  },
  files: {
    'kustomization.yaml': 'secretGenerator:\n- name: s\n  files: [a=b=f.txt]\n',
    'f.txt': 'canary-file',
  },
  behaviour: {
    'kustomization.yaml': 'secretGenerator:\n- name: s\n  behavior: merge\n  literals: [a=canary-merge]\n',
  },
  vars: {
    'kustomization.yaml':
      'resources: [s.yaml]\nvars:\n- name: V\n  objref: {kind: Secret, name: s, apiVersion: v1}\n  fieldref: {fieldpath: data.a.b}\n',
    's.yaml': `${NAMED}data: { a: ${base64('canary-var')} }\n`,
  },
  fine: { 's.yaml': `${SECRET}data: { b: ${base64('canary-fine')} }\n` },
};

let files: TestRepository;
let base: string;
beforeAll(async () => {
  files = await createRepository();
  base = await files.commit({ 'README.md': 'words' });
  const folders = Object.entries(BROKEN).map(([folder, own]) => ({
    [`${folder}/kustomization.yaml`]: 'resources: [s.yaml]\n',
    ...Object.fromEntries(Object.entries(own).map(([name, content]) => [`${folder}/${name}`, content])),
  }));
  await files.commit(Object.assign({}, ...folders));
});

test.each(['yaml', 'jsonl'])('rendering as %s broken input does not print what it holds', async (format) => {
  const { code, stdout, stderr } = await hydrant('render', '--repo', files.dir, '--all', '--format', format);
  expect(code).toBe(1);
  // Watched; here is held only that there was something to watch.
  for (const folder of ['patch-unread', 'literal', 'tab']) expect(stdout + stderr).toContain(folder);
});

test.each(Object.keys(REPORT_FORMATS))(
  'reviewing as %s broken input does not print what it holds',
  async (format) => {
    const { code, stdout } = await hydrant('check', '--repo', files.dir, '--base', base, '--format', format);
    expect(code).toBe(1);
    for (const folder of ['patch-unread', 'literal', 'tab']) expect(stdout).toContain(folder);
  },
);
