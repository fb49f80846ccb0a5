import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  application,
  chart,
  configMap,
  helmRelease,
  helmRepository,
  REPOSITORY,
} from '../helpers/operators.ts';
import { createRepository, type TestRepository } from '../helpers/repository.ts';
import { hydrant } from './run.ts';

let clone: TestRepository;

beforeAll(async () => {
  clone = await createRepository();
  await clone.git(['remote', 'add', 'origin', `${REPOSITORY}.git`]);
  await clone.commit({
    'clusters/one/web.yaml': application('web', 'apps/web'),
    'clusters/one/api.yaml': application('api', 'charts/api', {
      more: '    helm:\n      valuesObject: { a: application }\n',
    }),
    'clusters/one/remote.yaml': `${helmRepository('https://charts.example.com/stable')}---
${helmRelease('remote', 'remote', { kind: 'HelmRepository', source: 'charts' })}`,
    'clusters/one/all.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  generators: [{ clusters: {} }]
  template: { metadata: { name: '{{name}}' }, spec: { project: default } }
`,
    'apps/web/kustomization.yaml': 'resources: [config.yaml]\n',
    'apps/web/config.yaml': configMap('web'),
    ...chart('charts/api', { 'values-staging.yaml': 'a: staging\n' }),
    ...chart('charts/own', { 'values-staging.yaml': 'a: staging\n' }),
  });
});
afterAll(() => clone.remove());

function run(command: string, ...args: string[]) {
  return hydrant(command, '--repo', clone.dir, ...args);
}

const API = 'one/Application/argocd/api';
const REMOTE = 'one/HelmRelease/flux-system/remote';
const WEB = 'one/Application/argocd/web';

describe('hydrant targets', () => {
  test('--format json lists what operators would apply, with its place', async () => {
    const { code, stdout } = await run('targets', '--format', 'json');
    expect(code).toBe(0);
    const notFollowed = null;
    const inOne = { cluster: 'one', environment: 'one' };
    const own = { kind: 'helm', path: 'charts/own', cluster: null };
    expect(JSON.parse(stdout)).toEqual([
      { id: 'charts/own', ...own, environment: null, notFollowed },
      { id: 'charts/own:values-staging.yaml', ...own, environment: 'staging', notFollowed },
      { id: API, kind: 'Application', path: 'charts/api', ...inOne, notFollowed },
      { id: WEB, kind: 'Application', path: 'apps/web', ...inOne, notFollowed },
      {
        id: REMOTE,
        kind: 'HelmRelease',
        path: '.',
        ...inOne,
        notFollowed: expect.stringContaining('is remote'),
      },
    ]);
  });

  test('prints them as a table, and what is not followed with the reason', async () => {
    const { code, stdout } = await run('targets');
    expect(code).toBe(0);
    const [table, notFollowed] = stdout.split('\nNot followed, or not wholly:\n');
    expect(notFollowed).toMatch(
      /^ {2}one\/HelmRelease\/flux-system\/remote: https:\/\/charts.example.com\/stable is remote.*\n {2}ApplicationSet argocd\/all: its cluster generator .*\n$/,
    );
    expect(table).toBe(
      `TARGET                              KIND         CLUSTER  ENVIRONMENT  PATH
charts/own                          helm         -        -            charts/own
charts/own:values-staging.yaml      helm         -        staging      charts/own
one/Application/argocd/api          Application  one      one          charts/api
one/Application/argocd/web          Application  one      one          apps/web
one/HelmRelease/flux-system/remote  HelmRelease  one      one          .
`,
    );
  });
});

describe('hydrant render', () => {
  test('takes a target by its id', async () => {
    const { code, stdout } = await run('render', API);
    expect(code).toBe(0);
    expect(stdout).toContain('name: api\n  namespace: web\n');
    expect(stdout).toContain('a: application\n');
  });

  test.each([
    ['charts/api', 'chart'],
    ['charts/api:values-staging.yaml', 'staging'],
    ['charts/own/', 'chart'],
    ['charts/own:values-staging.yaml', 'staging'],
  ])('takes the chart %s, whether or not something else uses it', async (path, value) => {
    const { code, stdout } = await run('render', path);
    expect(code).toBe(0);
    expect(stdout).toContain(`a: ${value}\n`);
  });

  test('takes an overlay by its folder', async () => {
    const { code, stdout } = await run('render', './apps/web');
    expect(code).toBe(0);
    expect(stdout).toContain('kind: ConfigMap');
    expect(stdout).not.toContain('namespace');
  });

  test('says why a target is not followed, and fails', async () => {
    const { code, stdout, stderr } = await run('render', REMOTE);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      new RegExp(`^hydrant render: ${REMOTE}: https://charts.example.com/stable is remote`),
    );
  });

  test('says that there is no target of a name', async () => {
    const { code, stdout, stderr } = await run('render', 'one/Application/argocd/nothing');
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('one/Application/argocd/nothing');
  });

  test('--all --format jsonl gives one line for each target, with an error where there are no manifests', async () => {
    const { code, stdout, stderr } = await run('render', '--all', '--format', 'jsonl');
    expect(code).toBe(1);
    expect(stderr).toContain('ApplicationSet argocd/all is not followed: its cluster generator');
    const lines: unknown[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const manifests = expect.stringContaining('kind: ConfigMap');
    expect(lines).toEqual([
      { target: 'charts/own', kind: 'helm', manifests },
      { target: 'charts/own:values-staging.yaml', kind: 'helm', manifests },
      { target: API, kind: 'Application', manifests },
      { target: WEB, kind: 'Application', manifests },
      {
        target: REMOTE,
        kind: 'HelmRelease',
        error: expect.stringContaining('https://charts.example.com/stable is remote'),
      },
    ]);
  });
});
