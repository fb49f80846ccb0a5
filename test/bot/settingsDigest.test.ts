import { afterAll, expect, test } from '@jest/globals';
import { createSettingsDigest } from '../../src/bot/settingsDigest.ts';
import { startGitServer } from '../helpers/gitServer.ts';
import { createFolder, createRepository, type TestFiles } from '../helpers/repository.ts';

const made = await createRepository();
const server = await startGitServer({ token: 'ghs_digest', repositories: { 'acme/gitops': made.gitDir } });
afterAll(() => server.close());
const digest = createSettingsDigest(await createFolder());

const BASE: TestFiles = {
  '.hydrant.yaml': 'gate: new\n',
  'apps/a.yaml': 'a: 1\n',
  'rules/deep/one.rego': 'package one\n',
  'rules/data.yaml': 'names: []\n',
};
const base = await made.commit(BASE);

async function digestAfter(change: TestFiles): Promise<string> {
  const settingsCommit = await made.commit(change, { branch: 'changed', parent: base });
  return digestOf(settingsCommit);
}

function digestOf(settingsCommit: string): Promise<string> {
  const cloneUrl = server.urlOf('acme/gitops');
  const token = () => Promise.resolve('ghs_digest');
  const { signal } = new AbortController();
  return digest({ owner: 'acme', repo: 'gitops', cloneUrl, settingsCommit, token, signal });
}

test.each<[string, TestFiles]>([
  ['settings', { '.hydrant.yaml': 'gate: all\n' }],
  ['a policy', { 'rules/deep/one.rego': 'package other\n' }],
  ['the data of policies', { 'rules/data.yaml': 'names: [a]\n' }],
  ['a schema', { 'schemas/widget.json': '{}\n' }],
])('%s of another text have another digest', async (_, change) => {
  expect(await digestAfter(change)).not.toBe(await digestOf(base));
});

test('what else stands in the repository counts for nothing', async () => {
  expect(await digestAfter({ 'apps/a.yaml': 'a: 2\n', 'README.md': 'words\n' })).toBe(await digestOf(base));
});
