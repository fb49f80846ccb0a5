import { describe, expect, test } from '@jest/globals';
import type { Pull } from '../../src/emulator/startGitHub.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { all, GOOD, GREEN, type Scenario, scenario } from './helpers.ts';

const TYPO = 'kubernetesVersion: "1.37"\ntarget: {}\n';
const UNKNOWN =
  '`.hydrant.yaml` line 2: unknown field `target`; did you mean `targets`? Allowed: `kubernetesVersion`, `gate`, `comment`, `targets`, `policies`, `exceptions`, `schemas`, `repository`, `clusters`, `kustomize`, `flux`, `limits`, `remotes`.';
const POLICY = 'package main\n\ndeny contains msg if {\n\tmsg := nothing\n}\n';

/** A bot, and a pull request on a base branch with more files. */
async function opened(base: TestFiles, change: TestFiles) {
  const at = await scenario();
  const parent = await at.files.commit(base);
  await at.github.pushBranch(at.repo, 'main', 'main');
  const bot = await at.start();
  const pull = await at.open(change, { parent });
  return { at, pull, conclusions: await at.concluded(pull.headSha), comments: await at.comments(bot, pull) };
}

/** A check run's title, and its annotations in a line each. */
function shown({ github }: Scenario, { headSha }: Pull, name: string): string[] {
  const run = github.checkRuns(headSha).find((one) => one.name === `hydrant/${name}`);
  const annotations = github.annotations(run?.id ?? 0);
  return [
    run?.title ?? '',
    ...annotations.map(
      (one) => `${one.annotation_level} ${one.path}:${one.start_line} ${one.title}\n${one.message}`,
    ),
  ];
}

describe('settings with a typo', () => {
  test('on the base branch fail the render check; the rest is delivered', async () => {
    const { at, pull, conclusions, comments } = await opened({ '.hydrant.yaml': TYPO }, GOOD);
    expect(conclusions).toEqual({ ...GREEN, 'hydrant/render': 'failure' });
    expect(shown(at, pull, 'render')).toEqual([
      '1 new error',
      `failure .hydrant.yaml:2 render/settings\n${UNKNOWN}`,
    ]);
    expect(comments).toEqual([expect.stringContaining('unknown field')]);
    expect(comments[0]).toContain('+  a: changed');
  });

  test('that the pull request brings are a warning', async () => {
    const { at, pull, conclusions, comments } = await opened({}, { ...GOOD, '.hydrant.yaml': TYPO });
    expect(conclusions).toEqual(GREEN);
    expect(shown(at, pull, 'render')).toEqual([
      '1 new warning',
      `warning .hydrant.yaml:2 render/settings\n${UNKNOWN}`,
    ]);
    expect(comments[0]).toContain('+  a: changed');
  });
});

test('a policy that does not compile leaves the policy check open; the rest is delivered', async () => {
  const { at, pull, conclusions, comments } = await opened({ 'policies/a.rego': POLICY }, GOOD);
  expect(conclusions).toEqual({ ...GREEN, 'hydrant/policies': 'neutral' });
  // It was there before, so it stands in the check's text and not at a line of the pull request.
  expect(shown(at, pull, 'policies')).toEqual(['No new errors, but 1 item not validated']);
  expect(comments[0]).toContain('+  a: changed');
});

test('broken YAML fails the render check; the rest is delivered', async () => {
  const { at, pull, conclusions, comments } = await opened(
    {
      'other/kustomization.yaml': 'resources: [c.yaml]\n',
      'other/c.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: o}\n',
    },
    { ...GOOD, 'other/c.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: o\n' },
  );
  expect(conclusions).toEqual({
    'hydrant/render': 'failure',
    'hydrant/schemas': 'neutral',
    'hydrant/policies': 'neutral',
    'hydrant/secrets': 'success',
  });
  expect(shown(at, pull, 'render')).toEqual([
    '1 new error in 1 of 2 targets',
    "failure other/c.yaml:3 render/syntax\nother/c.yaml is not valid YAML: did not find expected ',' or '}'.\nin other",
  ]);
  expect(shown(at, pull, 'schemas')).toEqual(['No new errors, but 1 item not validated']);
  expect(comments[0]).toContain('+  a: changed');
});

test('a repository without any target has nothing to check, and says so', async () => {
  const { at, pull, conclusions, comments } = await opened(
    { 'app/kustomization.yaml': null, 'app/c.yaml': null },
    { 'README.md': 'words' },
  );
  expect(conclusions).toEqual(all('skipped'));
  expect(shown(at, pull, 'render')).toEqual(['Nothing to check']);
  expect(comments).toEqual([expect.stringContaining('Nothing to review')]);
});
