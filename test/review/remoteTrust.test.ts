import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { OpenRemotes } from '../../src/model/remoteInputs.ts';
import { createRemoteInputs } from '../../src/remote/remoteInputs.ts';
import { type GitServer, startGitServer } from '../helpers/gitServer.ts';
import { applicationWith, chart, configMap, flux, helmRepository } from '../helpers/operators.ts';
import {
  createFolder,
  createRepository,
  type TestFiles,
  type TestRepository,
} from '../helpers/repository.ts';
import { indexOf, packChart, sha256 } from '../remote/charts.ts';
import { startWebServer, type WebServer } from '../remote/webServer.ts';
import { changesOf, gapsOf, reviewed, targetsOf } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
const fetching = new AbortController();
let server: WebServer;
let cacheDir: string;
beforeEach(async () => {
  [server, cacheDir] = await Promise.all([startWebServer(), createFolder()]);
  await serveCharts('/charts');
});
afterEach(() => server.close());
afterAll(() => {
  fetching.abort();
  return engine.close();
});

/** Two versions of one chart. */
async function serveCharts(folder: string): Promise<void> {
  const entries = await Promise.all(
    ['1.0.0', '2.0.0'].map(async (version) => {
      const packed = await packChart('web', version);
      server.answers.set(`${folder}/web-${version}.tgz`, packed);
      return { version, urls: [`web-${version}.tgz`], digest: sha256(packed) };
    }),
  );
  server.answers.set(`${folder}/index.yaml`, indexOf({ web: entries }));
}

const openRemotes: OpenRemotes = (settings) =>
  createRemoteInputs({ ...settings, cacheDir, signal: fetching.signal, limits: { retries: 0 } });

/** Opens this machine's port, and allows none of the addresses that the tests name. */
const opened = (remotes: object = {}, url = server.url) => ({
  '.hydrant.yaml': JSON.stringify({ remotes: { allow: [`${url}/nothing`], ...remotes } }),
});
const review = (base: TestFiles, head: TestFiles, remotes: object = {}) =>
  reviewed(engine, { base: { ...opened(remotes), ...base }, head, openRemotes });
const broughtIn = (address: string) =>
  `${address} is not named on the base branch, and what only the pull request names is not fetched; to have it fetched, add \`- ${address}\` to \`remotes.allow\` of .hydrant.yaml on the base branch`;

const app = (version: string, folder = '/charts', name = 'web') =>
  applicationWith(
    { source: { repoURL: `${server.url}${folder}`, chart: 'web', targetRevision: version } },
    name,
  );

describe('what the base branch names', () => {
  test('is fetched, for base and head', async () => {
    const found = await review({ 'app.yaml': app('1.0.0') }, { 'note.md': 'words' });
    expect(gapsOf(found)).toEqual([]);
    expect(targetsOf(found)).toEqual(['Application/argocd/web Application . rendered']);
  });

  test('is fetched in another version', async () => {
    const found = await review({ 'app.yaml': app('1.0.0') }, { 'app.yaml': app('2.0.0') });
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toEqual(['Application/argocd/web changed ConfigMap/web']);
    expect(found.verdict).toBe('success');
  });

  test('is fetched for what the pull request adds', async () => {
    const found = await review(
      { 'app.yaml': app('1.0.0') },
      { 'more.yaml': app('2.0.0', '/charts', 'more') },
    );
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toEqual(['Application/argocd/more added ConfigMap/more']);
  });

  test('counts where nothing uses it yet', async () => {
    const release = flux(
      'HelmRelease',
      'web',
      '  chart: { spec: { chart: web, version: 2.0.0, sourceRef: { kind: HelmRepository, name: charts } } }\n',
    );
    const found = await review(
      { 'charts.yaml': helmRepository(`${server.url}/charts`) },
      { 'release.yaml': release },
    );
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toEqual([expect.stringMatching(/ added ConfigMap\//)]);
  });

  test('counts where a template of a chart says it', async () => {
    const parent = (version: string) =>
      chart('apps', {
        'values.yaml': `version: ${version}\n`,
        'templates/app.yaml': app('VERSION').replace('"VERSION"', '{{ .Values.version | quote }}'),
      });
    const found = await review(parent('1.0.0'), parent('2.0.0'));
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toContain('Application/argocd/web changed ConfigMap/web');
  });

  test('counts in a kustomization that does not build there', async () => {
    const url = `${server.url}/crds.yaml`;
    server.answers.set('/crds.yaml', configMap('remote'));
    const found = await review(
      { 'web/kustomization.yaml': `resources:\n- gone.yaml\n- ${url}\n` },
      { 'web/gone.yaml': configMap('own') },
    );
    expect(gapsOf(found)).toEqual([]);
    expect(targetsOf(found)).toEqual(['web kustomize web rendered']);
  });

  test('says where its charts lie', async () => {
    const store = await startWebServer();
    const versions = ['1.0.0', '2.0.0'];
    for (const version of versions) store.answers.set(`/web-${version}.tgz`, await packChart('web', version));
    const listed = versions.map((version) => ({ version, urls: [`${store.url}/web-${version}.tgz`] }));
    server.answers.set('/charts/index.yaml', indexOf({ web: listed }));
    const found = await review(
      { 'app.yaml': app('1.0.0'), ...opened({ allow: [`${server.url}/nothing`, store.url] }) },
      { 'app.yaml': app('2.0.0') },
    );
    await store.close();
    expect(gapsOf(found)).toEqual([]);
  });

  test('opens no address of this machine or its network', async () => {
    const found = await review(
      { 'app.yaml': app('1.0.0'), ...opened({ allow: [] }) },
      { 'app.yaml': app('2.0.0') },
    );
    expect(gapsOf(found)).toEqual([
      expect.stringMatching(/ leads to a loopback address, and only public ones are fetched from; list /),
    ]);
    expect(server.requests).toEqual([]);
    expect(found.verdict).toBe('neutral');
  });
});

describe('what the pull request brings in', () => {
  test('is not fetched, though it is on the same host', async () => {
    await serveCharts('/other');
    const found = await review({ 'app.yaml': app('1.0.0') }, { 'more.yaml': app('1.0.0', '/other', 'more') });
    expect(gapsOf(found)).toEqual([`Application/argocd/more: ${broughtIn(`${server.url}/other`)}`]);
    expect(server.requests.filter((path) => path.startsWith('/other'))).toEqual([]);
    expect(found.verdict).toBe('neutral');
  });

  test('is not fetched where a repository moves', async () => {
    await serveCharts('/moved');
    const found = await review({ 'app.yaml': app('1.0.0') }, { 'app.yaml': app('1.0.0', '/moved') });
    expect(gapsOf(found)).toEqual([`Application/argocd/web: ${broughtIn(`${server.url}/moved`)}`]);
    expect(server.requests.filter((path) => path.startsWith('/moved'))).toEqual([]);
  });

  test('is not fetched where it is below what the base names', async () => {
    await serveCharts('/charts/deeper');
    const found = await review({ 'app.yaml': app('1.0.0') }, { 'app.yaml': app('1.0.0', '/charts/deeper') });
    expect(gapsOf(found)).toHaveLength(1);
  });

  test('is not named by words in other files of the base', async () => {
    const words = {
      'note.yaml': `repoURL: ${server.url}/charts\n`,
      'map.yaml': configMap('map', `a: '${server.url}/charts'`),
    };
    const found = await review(words, { 'app.yaml': app('1.0.0') });
    expect(gapsOf(found)).toEqual([`Application/argocd/web: ${broughtIn(`${server.url}/charts`)}`]);
    expect(server.requests).toEqual([]);
  });
});

describe('remotes.mode', () => {
  test('none: nothing is fetched, whatever is listed', async () => {
    const found = await review(
      { 'app.yaml': app('1.0.0') },
      { 'app.yaml': app('2.0.0') },
      { mode: 'none', allow: [server.url] },
    );
    expect(gapsOf(found)).toEqual([
      `Application/argocd/web: ${server.url}/charts is remote, and with \`remotes.mode: none\` in .hydrant.yaml nothing is fetched`,
    ]);
    expect(server.requests).toEqual([]);
    expect(found.verdict).toBe('neutral');
  });

  test('listed: what the base names is not enough', async () => {
    const found = await review(
      { 'app.yaml': app('1.0.0') },
      { 'app.yaml': app('2.0.0') },
      { mode: 'listed' },
    );
    expect(gapsOf(found)).toEqual([
      `Application/argocd/web: ${server.url}/charts is remote, and the settings do not allow it; list it in \`remotes.allow\` of .hydrant.yaml to have it fetched`,
    ]);
    expect(server.requests).toEqual([]);
  });

  test('is the one of the base branch', async () => {
    const found = await review(
      { 'app.yaml': app('1.0.0') },
      { 'app.yaml': app('2.0.0'), '.hydrant.yaml': '{}' },
      { mode: 'none' },
    );
    expect(server.requests).toEqual([]);
    expect(gapsOf(found)).toHaveLength(1);
  });
});

describe('a Git repository', () => {
  let upstream: TestRepository;
  let git: GitServer;
  beforeEach(async () => {
    upstream = await createRepository();
    for (const version of ['v1', 'v2']) {
      await upstream.commit({
        'prod/kustomization.yaml': 'resources: [config.yaml]\n',
        'prod/config.yaml': configMap('config', `version: ${version}`),
      });
      await upstream.git(['tag', version]);
    }
    const repositories = { 'acme/base': upstream.gitDir, 'acme/other': upstream.gitDir };
    git = await startGitServer({ repositories, token: null });
  });
  afterEach(async () => {
    await git.close();
    await upstream.remove();
  });

  const overlay = (ref: string, name = 'acme/base') => ({
    'web/kustomization.yaml': `resources:\n- ${git.urlOf(name)}/prod?ref=${ref}\n`,
  });
  const gitReview = (base: TestFiles, head: TestFiles) =>
    review({ ...opened({}, new URL(git.urlOf('x')).origin), ...base }, head);

  test('that the base builds on is fetched at another tag', async () => {
    const found = await gitReview(overlay('v1'), overlay('v2'));
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toEqual(['web changed ConfigMap/config']);
  });

  test('that only the head builds on is not', async () => {
    const found = await gitReview(overlay('v1'), overlay('v1', 'acme/other'));
    expect(gapsOf(found)).toEqual([`web: ${broughtIn(git.urlOf('acme/other'))}`]);
    expect(git.requests.filter(({ url }) => url.includes('other'))).toEqual([]);
  });

  test('of a GitRepository is fetched by its name without .git', async () => {
    const source = (branch: string, url: string) =>
      flux('GitRepository', 'base', `  url: ${url}\n  ref: { tag: ${branch} }\n`);
    const sync = flux(
      'Kustomization',
      'web',
      '  path: ./prod\n  sourceRef: { kind: GitRepository, name: base }\n',
    );
    const url = git.urlOf('acme/base');
    const found = await gitReview(
      { 'source.yaml': source('v1', url), 'sync.yaml': sync },
      { 'source.yaml': source('v2', url) },
    );
    expect(gapsOf(found)).toEqual([]);
    expect(changesOf(found)).toEqual([expect.stringMatching(/ changed ConfigMap\/config$/)]);
  });
});

describe('a repository of charts that', () => {
  const answering = (status: number) => async () => {
    server.answers.set('/charts/index.yaml', (_, response) => response.writeHead(status).end());
  };
  const wrongDigest = async () => {
    const entry = { version: '2.0.0', urls: ['web-2.0.0.tgz'], digest: 'a'.repeat(64) };
    server.answers.set('/charts/index.yaml', indexOf({ web: [entry] }));
  };
  const slow = async () => {
    server.answers.set('/charts/index.yaml', () => {});
  };
  test.each([
    ['is down', () => server.close(), / refuses the connection; it is fetched again with the next review$/],
    ['is slow', slow, / took longer than 0\.5 s to fetch; it is fetched again with the next review$/],
    ['has another digest', wrongDigest, /web-2\.0\.0\.tgz does not have the digest it is announced with/],
    [
      'answers 401',
      answering(401),
      / answers with status 401: it wants credentials, and Hydrant has none to give; `helm repo add` /,
    ],
    ['answers 403', answering(403), / answers with status 403: it wants credentials, /],
    ['answers 404', answering(404), / answers with status 404; there may be no Helm repository$/],
    ['answers 429', answering(429), / answers with status 429; it is fetched again with the next review$/],
  ])('%s leaves its target alone not validated, and names itself', async (_, arrange, reason) => {
    await arrange();
    const own = 'configMapGenerator: [{ name: own }]\n';
    const found = await reviewed(engine, {
      base: { ...opened(), 'app.yaml': app('1.0.0') },
      head: { 'app.yaml': app('2.0.0'), 'own/kustomization.yaml': own },
      openRemotes: (settings) =>
        createRemoteInputs({
          ...settings,
          cacheDir,
          signal: fetching.signal,
          limits: { retries: 0, totalMs: 500 },
        }),
    });
    const [gap, ...others] = gapsOf(found);
    expect(gap).toMatch(reason);
    expect(gap).toContain(server.url);
    expect(others).toEqual([]);
    expect(targetsOf(found)).toContain('own kustomize own rendered');
    expect(found.verdict).toBe('neutral');
  });
});
