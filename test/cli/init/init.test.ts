import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { foundIn } from '../../../src/cli/init/found.ts';
import { settingsText } from '../../../src/cli/init/settingsText.ts';
import { DEFAULT_SETTINGS } from '../../../src/settings/defaults.ts';
import { parseSettings } from '../../../src/settings/parseSettings.ts';
import { createFolder, createRepository } from '../../helpers/repository.ts';
import { hydrant } from '../run.ts';

const TARGETS = [
  { kind: 'kustomize', cluster: null, environment: null },
  { kind: 'Kustomization', cluster: 'eu-1', environment: 'production' },
  { kind: 'Kustomization', cluster: 'eu-1', environment: 'production' },
  { kind: 'Application', cluster: 'test', environment: 'a' },
  { kind: 'Application', cluster: 'test', environment: 'b' },
] as const;

test('what is written is sound, and says what holds without it', () => {
  const { settings, problems } = parseSettings(settingsText(foundIn(TARGETS, [])), '.hydrant.yaml');
  expect(problems).toEqual([]);
  expect(settings.clusters).toMatchObject([{ name: 'eu-1', environment: 'production' }, { name: 'test' }]);
  expect(settings.clusters[1]).not.toHaveProperty('environment');
  expect({ ...settings, clusters: [] }).toEqual(DEFAULT_SETTINGS);
  expect(parseSettings(settingsText(foundIn([], [])), '.hydrant.yaml')).toEqual({
    settings: DEFAULT_SETTINGS,
    problems: [],
  });
});

test('a cluster that the settings would refuse is left out', () => {
  const odd = [{ kind: 'kustomize', cluster: 'a\nb: "c', environment: null }] as const;
  expect(parseSettings(settingsText(foundIn(odd, [])), '.hydrant.yaml')).toEqual({
    settings: DEFAULT_SETTINGS,
    problems: [],
  });
});

test('writes it beside the files, and overwrites nothing unless told to', async () => {
  const files = await createRepository();
  await files.commit({
    'clusters/eu-1/apps/kustomization.yaml': 'resources: [c.yaml]\n',
    'clusters/eu-1/apps/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n',
    'policies/own.rego': 'package main\n',
  });
  await files.git(['reset', '--hard', '--quiet']);
  const file = path.join(files.dir, '.hydrant.yaml');
  const { code, stdout, stderr } = await hydrant('init', '--repo', path.join(files.dir, 'clusters'));
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(
    'found 1 target: 1 kustomize\nfound the cluster eu-1\nfound policies in policies/\nwrote ',
  );
  const text = await readFile(file, 'utf8');
  expect(parseSettings(text, '.hydrant.yaml').problems).toEqual([]);

  await writeFile(file, 'gate: all\n');
  expect(await hydrant('init', '--repo', files.dir)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'hydrant init: .hydrant.yaml is there already; --force writes .hydrant.yaml anew\n',
  });
  expect(await readFile(file, 'utf8')).toBe('gate: all\n');

  // A link is replaced, and what it leads to is left.
  const elsewhere = path.join(await createFolder(), 'elsewhere');
  await writeFile(elsewhere, 'kept');
  await files.git(['clean', '-fdxq']);
  await symlink(elsewhere, file);
  expect(await hydrant('init', '--repo', files.dir, '--force')).toMatchObject({ code: 0 });
  expect(await readFile(elsewhere, 'utf8')).toBe('kept');
  expect(await readFile(file, 'utf8')).toBe(text);
});
