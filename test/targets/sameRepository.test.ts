import { describe, expect, test } from '@jest/globals';
import { capabilitiesOf, clusterAt, clusterNamed } from '../../src/targets/clusterOf.ts';
import { sameRepository } from '../../src/targets/sameRepository.ts';

const same = (url: string, known: string[], more: string[] = []) =>
  sameRepository(url, {
    repository: { urls: known, branch: null },
    settings: { repository: { urls: more } },
  });

describe('an address', () => {
  test.each([
    ['https://github.com/acme/gitops', true],
    ['https://github.com/acme/gitops.git', true],
    ['https://github.com/acme/gitops/', true],
    ['https://token@github.com/Acme/GitOps', true],
    ['http://github.com/acme/gitops', true],
    ['git@github.com:acme/gitops.git', true],
    ['ssh://git@github.com/acme/gitops.git', true],
    ['ssh://git@ssh.github.com:443/acme/gitops.git', true],
    ['git+ssh://git@github.com:22/acme/gitops', true],
    ['https://github.com/acme/gitops2', false],
    ['https://github.com/acme/team/gitops', false],
    ['https://gitlab.com/acme/gitops', false],
    ['oci://github.com/acme/gitops', false],
    ['https://github.com/', false],
    ['', false],
  ])('%s is the repository: %p', (url, expected) => {
    expect(same(url, ['https://github.com/acme/gitops'])).toBe(expected);
    expect(same(url, ['git@github.com:acme/gitops.git'])).toBe(expected);
    expect(same(url, ['https://mirror.example.com/x'], ['https://github.com/acme/gitops'])).toBe(expected);
  });

  test('of Azure DevOps has two forms', () => {
    expect(
      same('git@ssh.dev.azure.com:v3/acme/apps/gitops', ['https://acme@dev.azure.com/acme/apps/_git/gitops']),
    ).toBe(true);
  });

  test('of a folder is compared as a path', () => {
    expect(same('file:///srv/git/gitops.git', ['/srv/git/gitops'])).toBe(true);
    expect(same('file:///srv/git/other.git', ['/srv/git/gitops'])).toBe(false);
  });

  test('says nothing where none is known', () => {
    expect(same('https://github.com/acme/gitops', [])).toBeNull();
    expect(same('oci://github.com/acme/gitops', [])).toBe(false);
  });
});

describe('a cluster', () => {
  const base = { match: [], apiVersions: [], labels: {}, annotations: {}, values: {} };
  const eu = {
    ...base,
    name: 'eu',
    server: 'https://api.eu.example.com',
    kubernetesVersion: '1.35',
    apiVersions: ['a/v1'],
  };
  const settings = { clusters: [{ ...base, name: 'us' }, eu], kubernetesVersion: '1.37' };

  test('is found by name or by server', () => {
    expect(clusterNamed('eu', settings)).toBe(eu);
    expect(clusterNamed(null, settings)).toBeNull();
    expect(clusterAt('https://API.eu.example.com:443/', settings)).toBe(eu);
    expect(clusterAt('https://api.us.example.com', settings)).toBeNull();
  });

  test('has its own capabilities, or those of all', () => {
    expect(capabilitiesOf('eu', settings)).toEqual({ kubeVersion: '1.35', apiVersions: ['a/v1'] });
    expect(capabilitiesOf(null, settings)).toEqual({ kubeVersion: '1.37', apiVersions: [] });
  });
});
