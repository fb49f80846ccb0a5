import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { OpenRemotes } from '../../src/model/remoteInputs.ts';
import { createRemoteInputs } from '../../src/remote/remoteInputs.ts';
import { type GitServer, startGitServer } from '../helpers/gitServer.ts';
import {
  application,
  applicationOfSources,
  applicationSet,
  applicationTemplate,
  chart,
  configMap,
  flux,
  helmRelease,
  kustomization,
  REPOSITORY,
} from '../helpers/operators.ts';
import {
  createFolder,
  createRepository,
  type TestFiles,
  type TestRepository,
} from '../helpers/repository.ts';
import { indexOf, packChart, sha256 } from '../remote/charts.ts';
import { startWebServer, type WebServer } from '../remote/webServer.ts';
import { changesOf, findingsOf, gapsOf, reviewed, targetsOf } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
let server: WebServer;
let cacheDir: string;
beforeAll(async () => {
  cacheDir = await createFolder();
});
beforeEach(async () => {
  server = await startWebServer();
});
afterEach(() => server.close());
afterAll(() => {
  fetching.abort();
  return engine.close();
});

const fetching = new AbortController();
const openRemotes: OpenRemotes = (settings) =>
  createRemoteInputs({ ...settings, cacheDir, signal: fetching.signal, limits: { retries: 0 } });
const allowing = (...allow: string[]) => ({ '.hydrant.yaml': JSON.stringify({ remotes: { allow } }) });
const review = (base: TestFiles, head: TestFiles) => reviewed(engine, { base, head, openRemotes });
const broughtIn = (address: string) =>
  `${address} is not named on the base branch, and what only the pull request names is not fetched; to have it fetched, add \`- ${address}\` to \`remotes.allow\` of .hydrant.yaml on the base branch`;

/** A Deployment that the API server would refuse, for its replicas. */
const WRONG = `apiVersion: apps/v1
kind: Deployment
metadata: { name: wrong }
spec:
  replicas: many
  selector: { matchLabels: { a: b } }
  template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: 'a:1' }] } }
`;

describe('a file at an address among the resources', () => {
  const kustomization = (more = '') => `resources:\n- own.yaml\n- ${server.url}/crds/all.yaml\n${more}`;
  const files = () => ({ 'web/kustomization.yaml': kustomization(), 'web/own.yaml': configMap('own') });

  test('is not asked for without the setting, and the target is not validated', async () => {
    const found = await review(
      {},
      { ...files(), 'good/kustomization.yaml': 'configMapGenerator: [{ name: good }]\n' },
    );
    expect(gapsOf(found)).toEqual([`web: ${broughtIn(`${server.url}/crds/all.yaml`)}`]);
    expect(targetsOf(found)).toEqual(['good kustomize good rendered', 'web kustomize web notValidated']);
    expect(found.verdict).toBe('neutral');
    expect(server.requests).toEqual([]);
  });

  test('is not asked for where the pull request alone allows it', async () => {
    const found = await review({}, { ...files(), ...allowing(server.url) });
    expect(gapsOf(found)).toEqual([`web: ${broughtIn(`${server.url}/crds/all.yaml`)}`]);
    expect(server.requests).toEqual([]);
  });

  test('is rendered where it is allowed, once for base and head', async () => {
    server.answers.set('/crds/all.yaml', configMap('remote'));
    const found = await review(
      { ...allowing(`${server.url}/crds`), ...files() },
      { 'web/kustomization.yaml': kustomization('namePrefix: p-\n') },
    );
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toEqual(
      expect.arrayContaining(['web added ConfigMap/p-remote', 'web removed ConfigMap/remote']),
    );
    expect(server.requests).toEqual(['/crds/all.yaml']);
  });

  test('affects nothing where nothing changes', async () => {
    server.answers.set('/crds/all.yaml', configMap('remote'));
    const found = await review({ ...allowing(server.url), ...files() }, { 'README.md': 'more words' });
    expect(found.targets.map(({ id, affected }) => [id, affected])).toEqual([['web', false]]);
    expect(found.notValidated).toEqual([]);
  });

  test('has its findings on the line of the entry, unless the commit sets the field', async () => {
    server.answers.set('/crds/all.yaml', WRONG);
    const patch = 'patches:\n- path: patch.yaml\n';
    const found = await review(allowing(server.url), {
      ...files(),
      'patched/kustomization.yaml': `resources:\n- ${server.url}/crds/all.yaml\n${patch}`,
      'patched/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: wrong }\nspec:\n  paused: true\n  replicas: few\n',
    });
    const places = found.findings
      .filter(({ rule, message }) => rule.startsWith('schema/') && message.includes('replicas'))
      .map(({ targets, location }) => [targets, location]);
    expect(places).toEqual([
      [['patched'], { path: 'patched/patch.yaml', startLine: 6, endLine: 6 }],
      [['web'], { path: 'web/kustomization.yaml', startLine: 3, endLine: 3 }],
    ]);
  });

  test('that is broken is a finding on the line of the entry, and stops no other target', async () => {
    server.answers.set('/crds/all.yaml', 'a: b: c');
    const found = await review(allowing(server.url), {
      ...files(),
      'good/kustomization.yaml': 'configMapGenerator: [{ name: good }]\n',
    });
    expect(findingsOf(found)).toEqual([
      `new error render/syntax web/kustomization.yaml:3 ${server.url}/crds/all.yaml is not valid YAML: mapping values are not allowed in this context.`,
    ]);
    expect(targetsOf(found)).toEqual(['good kustomize good rendered', 'web kustomize web failed']);
  });

  test('that is not to be had leaves its target alone not validated', async () => {
    server.answers.set('/big.yaml', 'x'.repeat(9 * 1024 * 1024));
    server.answers.set('/away.yaml', (_, response) =>
      response.writeHead(302, { location: 'http://10.0.0.1/x' }).end(),
    );
    const closed = await startWebServer();
    await closed.close();
    const target = (name: string, url: string) => ({
      [`${name}/kustomization.yaml`]: `resources: ['${url}']\n`,
    });
    const found = await review(allowing(server.url, closed.url), {
      ...target('big', `${server.url}/big.yaml`),
      ...target('away', `${server.url}/away.yaml`),
      ...target('gone', `${server.url}/gone.yaml`),
      ...target('closed', `${closed.url}/a.yaml`),
      'good/kustomization.yaml': 'configMapGenerator: [{ name: good }]\n',
    });
    expect(gapsOf(found)).toEqual([
      `away: http://10.0.0.1/x leads to a private address, and only public ones are fetched from; list \`http://10.0.0.1:80\` as well in \`remotes.allow\` of .hydrant.yaml where it is meant`,
      `big: ${server.url}/big.yaml sends more than 8 MB, which is the most that is fetched`,
      `closed: ${closed.url}/a.yaml refuses the connection; it is fetched again with the next review`,
      `gone: ${server.url}/gone.yaml answers with status 404`,
    ]);
    expect(changesOf(found)).toEqual([expect.stringMatching(/^good added ConfigMap\/good-/)]);
    expect(findingsOf(found)).toEqual([]);
  });
});

test('an Application takes values of an address, where it is allowed', async () => {
  const url = `${server.url}/values.yaml`;
  const app = application('web', 'chart', { more: `    helm: { valueFiles: ['${url}'] }\n` });
  const files = { ...chart('chart'), 'app.yaml': app };
  expect(gapsOf(await review({}, files))).toEqual([`Application/argocd/web: ${broughtIn(url)}`]);
  server.answers.set('/values.yaml', 'a: from afar\n');
  const found = await review(allowing(server.url), files);
  expect(gapsOf(found)).toEqual([]);
  expect(found.changes.map(({ diff }) => diff).join()).toContain('from afar');
});

describe('charts', () => {
  const serveCharts = async () => {
    const packed = await packChart('podinfo', '6.5.0', '{{ .Release.Name }}-podinfo');
    const entry = { version: '6.5.0', urls: ['podinfo-6.5.0.tgz'], digest: sha256(packed) };
    server.answers.set('/charts/index.yaml', indexOf({ podinfo: [entry] }));
    server.answers.set('/charts/podinfo-6.5.0.tgz', packed);
  };

  test('that a kustomization names are rendered where they are allowed', async () => {
    await serveCharts();
    const files = {
      'web/kustomization.yaml': `helmCharts:\n- name: podinfo\n  repo: ${server.url}/charts\n  version: 6.5.0\n  releaseName: web\n`,
    };
    expect(gapsOf(await review({}, files))).toEqual([`web: ${broughtIn(`${server.url}/charts`)}`]);
    expect(server.requests).toEqual([]);
    const found = await review(allowing(server.url), files);
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toEqual(['web added ConfigMap/web-podinfo']);
  });

  test('that a chart depends on are rendered where they are allowed, by the lock', async () => {
    await serveCharts();
    const dependency = `dependencies:\n- { name: podinfo, version: 6.x, repository: '${server.url}/charts' }\n`;
    const files = {
      ...chart('web', { 'Chart.yaml': `apiVersion: v2\nname: web\nversion: 1.0.0\n${dependency}` }),
      'app.yaml': application('web', 'web'),
    };
    expect(gapsOf(await review({}, files))).toEqual([
      `Application/argocd/web: ${broughtIn(`${server.url}/charts`)}`,
    ]);
    const found = await review(allowing(server.url), files);
    expect(gapsOf(found)).toEqual([]);
    expect(found.targets).toEqual([
      expect.objectContaining({ id: 'Application/argocd/web', status: 'rendered' }),
    ]);
    expect(changesOf(found)).toEqual([
      'Application/argocd/web added ConfigMap/web-podinfo',
      'Application/argocd/web added ConfigMap/web',
    ]);
    const locked = {
      'web/Chart.lock': `dependencies:\n- name: podinfo\n  repository: ${server.url}/charts\n  version: 6.4.0\n`,
    };
    expect(gapsOf(await review({ ...allowing(server.url), ...files }, locked))).toEqual([
      `Application/argocd/web: ${server.url}/charts has no version of \`podinfo\` that fits \`6.4.0\``,
    ]);
  });
});

describe('a base in another Git repository', () => {
  let upstream: TestRepository;
  let git: GitServer;
  beforeEach(async () => {
    upstream = await createRepository();
    await upstream.commit({
      'prod/kustomization.yaml': 'resources: [../common]\nnamePrefix: prod-\n',
      'common/kustomization.yaml': 'resources: [config.yaml, wrong.yaml]\n',
      'common/config.yaml': configMap('config'),
      'common/wrong.yaml': WRONG,
    });
    await upstream.git(['tag', 'v1']);
    await upstream.commit({ 'common/config.yaml': configMap('config', 'a: c') });
    await upstream.git(['tag', 'v2']);
    git = await startGitServer({ repositories: { 'acme/base': upstream.gitDir }, token: null });
  });
  afterEach(async () => {
    await git.close();
    await upstream.remove();
  });

  const kustomization = (ref: string) =>
    `resources:\n- own.yaml\n- ${git.urlOf('acme/base')}/prod?ref=${ref}\n`;
  const files = (ref = 'v1') => ({
    'web/kustomization.yaml': kustomization(ref),
    'web/own.yaml': configMap('own'),
  });

  test('is not fetched without the setting', async () => {
    const found = await review({}, files());
    expect(gapsOf(found)).toEqual([`web: ${broughtIn(git.urlOf('acme/base'))}`]);
    expect(git.requests).toEqual([]);
  });

  test('is rendered where it is allowed, and its change is seen', async () => {
    const found = await review(
      { ...allowing(git.urlOf('acme/base')), ...files() },
      { 'web/kustomization.yaml': kustomization('v2') },
    );
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toEqual(['web changed ConfigMap/prod-config']);
  });

  test('has its findings on the line of the entry', async () => {
    const found = await review(allowing(git.urlOf('acme/base')), files());
    expect(
      found.findings.filter(({ message }) => message.includes('replicas')).map(({ location }) => location),
    ).toEqual([{ path: 'web/kustomization.yaml', startLine: 3, endLine: 3 }]);
  });

  test('that names others is held to the settings for each, and broken ones stop no other target', async () => {
    await upstream.commit({
      'nested/kustomization.yaml': `resources: ['${server.url}/more.yaml', '${git.urlOf('acme/other')}/x']\n`,
      'broken/kustomization.yaml': 'resources: [gone.yaml]\n',
    });
    const base = git.urlOf('acme/base');
    const head = {
      'nested/kustomization.yaml': `resources: ['${base}/nested']\n`,
      'broken/kustomization.yaml': `resources:\n- '${base}/broken'\n`,
      'good/kustomization.yaml': 'configMapGenerator: [{ name: good }]\n',
    };
    const found = await review(allowing(base), head);
    expect(gapsOf(found)).toEqual([`nested: ${broughtIn(`${server.url}/more.yaml`)}`]);
    expect(findingsOf(found)).toEqual([
      `new error render/missing-file broken/kustomization.yaml:2 ${base}//broken/gone.yaml does not exist.`,
    ]);
    expect(changesOf(found)).toEqual([expect.stringMatching(/^good added ConfigMap\/good-/)]);
    server.answers.set('/more.yaml', configMap('more'));
    expect(gapsOf(await review(allowing(base, server.url), head))).toEqual([
      `nested: ${broughtIn(git.urlOf('acme/other'))}`,
    ]);
    const gone = git.urlOf('acme/other');
    expect(gapsOf(await review(allowing(base, gone, server.url), head))).toEqual([
      `nested: ${gone} is no Git repository, or wants credentials, and Hydrant has none to give`,
    ]);
  });

  test('gives the same bytes each time', async () => {
    const once = await review(allowing(git.urlOf('acme/base')), files());
    expect(await review(allowing(git.urlOf('acme/base')), files())).toEqual(once);
  });
});

describe('an Application of another Git repository', () => {
  let upstream: TestRepository;
  let git: GitServer;
  beforeEach(async () => {
    upstream = await createRepository();
    await upstream.commit({
      'plain/config.yaml': configMap('plain'),
      'overlay/kustomization.yaml': 'resources: [config.yaml, wrong.yaml]\n',
      'overlay/config.yaml': configMap('overlay'),
      'overlay/wrong.yaml': WRONG,
      'broken/kustomization.yaml': 'resources: [gone.yaml]\n',
      'values/prod.yaml': 'a: prod\n',
      ...chart('chart'),
    });
    await upstream.git(['tag', 'v1']);
    await upstream.commit({ 'plain/config.yaml': configMap('plain', 'a: newer') });
    git = await startGitServer({ repositories: { 'acme/other': upstream.gitDir }, token: null });
  });
  afterEach(async () => {
    await git.close();
    await upstream.remove();
  });

  const address = () => git.urlOf('acme/other');
  const app = (name: string, path: string, revision = 'v1') =>
    application(name, path)
      .replace(`${REPOSITORY}.git`, address())
      .replace('targetRevision: main', `targetRevision: ${revision}`);

  test('is not fetched without the setting', async () => {
    const found = await review({}, { 'app.yaml': app('web', 'plain') });
    expect(gapsOf(found)).toEqual([
      `Application/argocd/web: ${broughtIn(address())}; list it in \`repository.urls\` instead if it is an address of this one`,
    ]);
    expect(git.requests).toEqual([]);
  });

  test('is rendered where it is allowed: manifests, a kustomization, a chart', async () => {
    const found = await review(
      { ...allowing(address()), 'plain.yaml': app('plain', 'plain'), 'same.yaml': app('same', 'plain') },
      {
        'plain.yaml': app('plain', 'plain', 'HEAD'),
        'overlay.yaml': app('overlay', 'overlay'),
        'chart.yaml': app('chart', 'chart'),
      },
    );
    expect(gapsOf(found)).toEqual([]);
    expect(targetsOf(found)).toEqual([
      'Application/argocd/chart Application . rendered',
      'Application/argocd/overlay Application . rendered',
      'Application/argocd/plain Application . rendered',
      'Application/argocd/same Application . rendered',
    ]);
    expect(found.targets.filter(({ affected }) => !affected).map(({ id }) => id)).toEqual([
      'Application/argocd/same',
    ]);
    expect(changesOf(found)).toEqual([
      'Application/argocd/chart added ConfigMap/chart',
      'Application/argocd/overlay added ConfigMap/overlay',
      'Application/argocd/overlay added Deployment/wrong',
      'Application/argocd/plain changed ConfigMap/plain',
    ]);
    // A line of the commit, not of the other repository.
    expect(
      found.findings.filter(({ message }) => message.includes('replicas')).map(({ location }) => location),
    ).toEqual([{ path: 'overlay.yaml', startLine: 2, endLine: 2 }]);
  });

  test('that is broken is a finding on the Application, and stops no other', async () => {
    const found = await review(allowing(address()), {
      'kustomization.yaml': 'configMapGenerator: [{ name: good }]\n',
      'app.yaml': app('web', 'broken'),
      'gone.yaml': app('gone', 'gone'),
      'revision.yaml': app('revision', 'plain', 'v9'),
    });
    expect(findingsOf(found)).toEqual([
      `new error render/missing-file app.yaml:2 In ${address()}: broken/gone.yaml does not exist.`,
      `new error render/missing-path gone.yaml:12 the path gone does not exist in ${address()}`,
    ]);
    expect(gapsOf(found)).toEqual([
      `Application/argocd/gone: the path gone does not exist in ${address()}`,
      `Application/argocd/revision: ${address()} has no branch or tag \`v9\`; list it in \`repository.urls\` instead if it is an address of this one`,
    ]);
    expect(changesOf(found)).toEqual([expect.stringMatching(/^\. added ConfigMap\/good-/)]);
  });

  test('is made by an ApplicationSet of the folders of another one', async () => {
    const directories = [{ path: 'plain' }, { path: 'chart' }];
    const source = { repoURL: address(), targetRevision: 'v1', path: '{{path}}' };
    const set = applicationSet(
      {
        generators: [{ git: { repoURL: address(), revision: 'v1', directories } }],
        template: applicationTemplate('{{path.basename}}', source),
      },
      'all',
    );
    expect(gapsOf(await review({}, { 'set.yaml': set }))).toEqual([
      `ApplicationSet argocd/all: its git generator cannot be read: ${broughtIn(address())}; list it in \`repository.urls\` instead if it is an address of this one`,
    ]);
    const found = await review(allowing(address()), { 'set.yaml': set });
    expect(changesOf(found)).toEqual([
      'Application/argocd/chart added ConfigMap/chart',
      'Application/argocd/plain added ConfigMap/plain',
    ]);
  });

  test('lends values files to a chart of this one, and takes those of this one', async () => {
    const sources = (chartUrl: string, valuesUrl: string, file: string) =>
      applicationOfSources(
        'web',
        `  - { repoURL: '${chartUrl}', path: chart, helm: { valueFiles: [$values/${file}] } }
  - { repoURL: '${valuesUrl}', ref: values }
`,
      );
    const mine = { ...chart('chart'), 'mine.yaml': 'a: mine\n' };
    const theirs = await review(allowing(address()), {
      ...mine,
      'app.yaml': sources(REPOSITORY, address(), 'values/prod.yaml'),
    });
    expect(gapsOf(theirs)).toEqual([]);
    expect(theirs.changes.map(({ diff }) => diff).join()).toContain('a: prod');
    const reversed = { ...mine, 'app.yaml': sources(address(), REPOSITORY, 'mine.yaml') };
    const found = await review(allowing(address()), reversed);
    expect(gapsOf(found)).toEqual([]);
    expect(found.changes.map(({ diff }) => diff).join()).toContain('a: mine');
    const changed = await review({ ...allowing(address()), ...reversed }, { 'mine.yaml': 'a: other\n' });
    expect(changesOf(changed)).toContain('Application/argocd/web changed ConfigMap/web');
  });
});

describe('a GitRepository of another Git repository', () => {
  let upstream: TestRepository;
  let git: GitServer;
  beforeEach(async () => {
    upstream = await createRepository();
    await upstream.commit(
      {
        'apps/web/config.yaml': configMap('web', `a: \${WORD}`),
        'apps/api/kustomization.yaml': 'resources: [config.yaml]\n',
        'apps/api/config.yaml': configMap('api'),
        'apps/broken/kustomization.yaml': 'resources: [gone.yaml]\n',
        'values-theirs.yaml': 'a: theirs\n',
        ...chart('chart'),
      },
      { branch: 'stable' },
    );
    await upstream.git(['tag', 'v1', 'stable']);
    git = await startGitServer({ repositories: { 'acme/apps': upstream.gitDir }, token: null });
  });
  afterEach(async () => {
    await git.close();
    await upstream.remove();
  });

  const address = () => git.urlOf('acme/apps');
  const files = (ref = '{ branch: stable }') => ({
    'source.yaml': flux('GitRepository', 'apps', `  url: ${address()}\n  ref: ${ref}\n`),
    'web.yaml': kustomization('web', './apps', {
      source: 'apps',
      more: '  postBuild: { substitute: { WORD: said } }\n',
    }),
    'release.yaml': helmRelease('app', './chart, valuesFiles: [values-theirs.yaml]', { source: 'apps' }),
  });
  const own = 'if it is an address of this one, list it in `repository.urls` instead';

  test('is not fetched without the setting', async () => {
    const reason = `GitRepository flux-system/apps is another repository: ${broughtIn(address())}; ${own}`;
    expect(gapsOf(await review({}, files()))).toEqual([
      `HelmRelease/flux-system/app: ${reason}`,
      `Kustomization/flux-system/web: ${reason}`,
    ]);
    expect(git.requests).toEqual([]);
  });

  test.each(['{ branch: stable }', '{ tag: v1 }', '{ name: refs/heads/stable }', '{ semver: 1.x }'])(
    'is followed at %s where it is allowed',
    async (ref) => {
      await upstream.commit({ 'apps/broken': null }, { branch: 'stable' });
      await upstream.git(['tag', '-f', 'v1', 'stable']);
      await upstream.git(['tag', 'v1.0.0', 'stable']);
      const found = await review(allowing(address()), files(ref));
      expect(gapsOf(found)).toEqual([]);
      expect(targetsOf(found)).toEqual([
        'HelmRelease/flux-system/app HelmRelease . rendered',
        'Kustomization/flux-system/web Kustomization . rendered',
      ]);
      expect(changesOf(found)).toEqual([
        'HelmRelease/flux-system/app added ConfigMap/app',
        'Kustomization/flux-system/web added ConfigMap/api',
        'Kustomization/flux-system/web added ConfigMap/web',
      ]);
      const diffs = found.changes.map(({ diff }) => diff).join();
      expect(diffs).toContain('a: said');
      expect(diffs).toContain('a: theirs');
    },
  );

  test('that is broken, or has no such tag, says so and stops no other', async () => {
    const found = await review(allowing(address()), {
      ...files(),
      'old.yaml': flux('GitRepository', 'old', `  url: ${address()}\n  ref: { tag: v0 }\n`),
      'older.yaml': flux('GitRepository', 'range', `  url: ${address()}\n  ref: { semver: 2.x }\n`),
      'more.yaml': ['old', 'range']
        .map((name) => kustomization(name, './apps/api', { source: name }))
        .join('---\n'),
    });
    expect(findingsOf(found)).toEqual([
      `new error render/missing-file web.yaml:2 In ${address()}: apps/broken/gone.yaml does not exist.`,
    ]);
    expect(gapsOf(found)).toEqual([
      `Kustomization/flux-system/old: GitRepository flux-system/old is another repository: ${address()} has no branch or tag \`refs/tags/v0\`; ${own}`,
      `Kustomization/flux-system/range: GitRepository flux-system/range is another repository: ${address()} has no branch or tag \`2.x\`; ${own}`,
    ]);
    expect(changesOf(found)).toEqual(['HelmRelease/flux-system/app added ConfigMap/app']);
  });
});
