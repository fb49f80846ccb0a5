import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../src/model/settings.ts';
import { environmentOf } from '../../src/targets/environment.ts';
import { findTargets } from '../../src/targets/findTargets.ts';
import { ownSnapshot } from '../helpers/ownCommits.ts';
import type { TestFiles } from '../helpers/repository.ts';

const ALL: Pick<Settings, 'targets' | 'clusters' | 'kubernetesVersion' | 'kustomize'> = {
  kubernetesVersion: '1.37',
  targets: { include: [], exclude: [] },
  clusters: [],
  kustomize: { buildOptions: '' },
};

async function targetsOf(files: TestFiles, settings = ALL) {
  const targets = await findTargets(await ownSnapshot(files), settings);
  return targets.map(({ id }) => id);
}

describe('findTargets', () => {
  test('a kustomization that another refers to is a base, the other the target', async () => {
    const files = {
      'app/base/kustomization.yaml': 'resources: [deployment.yaml]',
      'app/base/deployment.yaml': '',
      'app/overlays/production/kustomization.yaml': 'resources:\n- ../../base/\n',
      'app/overlays/staging/kustomization.yml': 'bases:\n- ../../base\n',
      'other/Kustomization': '{"resources": ["a.yaml"]}',
    };
    expect(await targetsOf(files)).toEqual(['app/overlays/production', 'app/overlays/staging', 'other']);
  });

  test('a chart that a kustomization inflates is none', async () => {
    const chart = (folder: string) => ({
      [`${folder}/Chart.yaml`]: 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
    });
    const files = {
      ...chart('site/charts/own'),
      ...chart('shared/common'),
      ...chart('site/charts/old-1.2.0/old'),
      ...chart('alone'),
      'site/kustomization.yaml':
        'helmCharts:\n- name: own\n- { name: old, version: 1.2.0, repo: "https://charts.example.com" }\n',
      'other/kustomization.yaml': 'helmGlobals: { chartHome: ../shared }\nhelmCharts:\n- name: common\n',
    };
    expect(await targetsOf(files)).toEqual(['alone', 'other', 'site']);
  });

  test('a Component is never a target, and what only it refers to is a base', async () => {
    const files = {
      'component/kustomization.yaml': 'kind: Component\nresources: [../shared]',
      'shared/kustomization.yaml': 'resources: []',
      'app/kustomization.yaml': 'components: [../component]',
    };
    expect(await targetsOf(files)).toEqual(['app']);
  });

  test('the root of the repository can be a target', async () => {
    expect(
      await targetsOf({ 'kustomization.yaml': 'resources: [base]', 'base/kustomization.yaml': '' }),
    ).toEqual(['.']);
  });

  test('of kustomizations that refer to each other in a circle the first is the target', async () => {
    const files = {
      'b/kustomization.yaml': 'resources: [../a]',
      'a/kustomization.yaml': 'resources: [../b]',
      'self/kustomization.yaml': 'resources: [.]',
    };
    expect(await targetsOf(files)).toEqual(['a', 'self']);
  });

  test('a base is found through a symlink, and one that leaves the tree refers to nothing', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: []',
      link: { symlink: 'base' },
      away: { symlink: '../../etc' },
      'app/kustomization.yaml': 'resources: [../link, ../away]',
    };
    expect(await targetsOf(files)).toEqual(['app']);
  });

  test('a kustomization that is broken YAML is a target: rendering it says why', async () => {
    expect(await targetsOf({ 'app/kustomization.yaml': 'resources: [\n' })).toEqual(['app']);
  });

  test("Flux's Kustomization objects are no overlays", async () => {
    const flux = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {path: ./apps}';
    expect(await targetsOf({ 'clusters/a/kustomization.yaml': flux })).toEqual([]);
  });

  test('settings include and exclude by glob', async () => {
    const files = {
      'apps/a/kustomization.yaml': '',
      'apps/b/kustomization.yaml': '',
      'sandbox/c/kustomization.yaml': '',
    };
    const settings = { ...ALL, targets: { include: ['apps/**'], exclude: ['**/b'] } };
    expect(await targetsOf(files, settings)).toEqual(['apps/a']);
  });

  test('a repository without any kustomization has no target', async () => {
    expect(await targetsOf({ 'README.md': 'hello' })).toEqual([]);
  });
});

test.each([
  ['apps/myapp/overlays/production', 'production'],
  ['apps/myapp/overlays/eu-west', 'eu-west'],
  ['apps/staging', 'staging'],
  ['clusters/prod/apps', 'prod'],
  ['infrastructure/base/redis', null],
  ['.', null],
])('the environment of %s is %s', (path, environment) => {
  expect(environmentOf(path)).toBe(environment);
});
