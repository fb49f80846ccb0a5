import { describe, expect, test } from '@jest/globals';
import { fluxDocument } from '../../helpers/operators.ts';
import { chartInGit, follow, GIT_REPOSITORY, kustomization, violationsOf } from './follow.ts';

const APP = { 'apps/kustomization.yaml': '' };
const depends = (name: string, ...on: string[]) =>
  kustomization(name, `path: apps, dependsOn: [${on.map((one) => `{name: ${one}}`).join(', ')}]`);

describe('dependsOn', () => {
  test('that names nothing is a finding at the entry', async () => {
    const followed = await follow({
      ...APP,
      'k.yaml': GIT_REPOSITORY + depends('a', 'b', 'c') + depends('b'),
    });
    expect(violationsOf(followed)).toEqual([
      'error flux/reference at spec.dependsOn.1.name: Kustomization flux-system/c does not exist in the repository: Kustomization a, which depends on it, is never applied',
    ]);
  });

  test('looks in its own cluster and namespace', async () => {
    const other = kustomization('b', 'path: apps').replace('namespace: flux-system}', 'namespace: apps}');
    expect(
      violationsOf(
        await follow({
          ...APP,
          'clusters/x/k.yaml': GIT_REPOSITORY + depends('a', 'b'),
          'clusters/y/k.yaml': kustomization('b', 'path: apps'),
        }),
      ),
    ).toHaveLength(1);
    const local = await follow({ ...APP, 'k.yaml': GIT_REPOSITORY + depends('a', 'b') + other });
    expect(violationsOf(local).filter((text) => text.includes('dependsOn'))).toHaveLength(1);
    const named = GIT_REPOSITORY + depends('a', 'b, namespace: apps') + other;
    expect(
      violationsOf(await follow({ ...APP, 'k.yaml': named })).filter((text) => text.includes('dependsOn')),
    ).toEqual([]);
  });

  test('may name what bootstrap makes', async () => {
    expect(
      violationsOf(await follow({ ...APP, 'k.yaml': GIT_REPOSITORY + depends('a', 'flux-system') })),
    ).toEqual([]);
  });

  test('in a circle is one finding with the shortest way', async () => {
    const files =
      depends('a', 'b') + depends('b', 'd', 'c') + depends('c', 'a') + depends('d', 'b') + depends('e', 'a');
    expect(violationsOf(await follow({ ...APP, 'k.yaml': GIT_REPOSITORY + files }))).toEqual([
      'error flux/dependency-cycle at spec.dependsOn.0: Kustomization flux-system/a waits for flux-system/b waits for flux-system/c waits for flux-system/a: none of them is ever applied',
    ]);
  });

  test('on itself is a circle', async () => {
    expect(violationsOf(await follow({ ...APP, 'k.yaml': GIT_REPOSITORY + depends('a', 'a') }))).toEqual([
      'error flux/dependency-cycle at spec.dependsOn.0: Kustomization flux-system/a waits for flux-system/a: none of them is ever applied',
    ]);
  });

  test('of a HelmRelease names HelmReleases', async () => {
    const spec = `${chartInGit('./apps')}, dependsOn: [{name: a}]`;
    const release = fluxDocument('HelmRelease', spec, { name: 'r' });
    const files = { ...APP, 'apps/Chart.yaml': 'name: x', 'k.yaml': GIT_REPOSITORY + depends('a') + release };
    expect(violationsOf(await follow(files))).toEqual([
      'error flux/reference at spec.dependsOn.0.name: HelmRelease flux-system/a does not exist in the repository: HelmRelease r, which depends on it, is never applied',
    ]);
  });
});
