import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { applicationWith } from '../helpers/operators.ts';
import { createFolder, createRepository, type TestRepository } from '../helpers/repository.ts';
import { indexOf, packChart } from '../remote/charts.ts';
import { startWebServer, type WebServer } from '../remote/webServer.ts';
import { hydrant } from './run.ts';

let server: WebServer;
let files: TestRepository;
let base: string;
let head: string;

const before = { ...process.env };
beforeAll(async () => {
  // These tests have a server of their own.
  Object.assign(process.env, { HYDRANT_OFFLINE: 'false', XDG_CACHE_HOME: await createFolder() });
  [server, files] = await Promise.all([startWebServer(), createRepository()]);
  const versions = ['1.0.0', '2.0.0'];
  for (const version of versions) {
    server.answers.set(`/charts/web-${version}.tgz`, await packChart('web', version));
  }
  const entries = versions.map((version) => ({ version, urls: [`web-${version}.tgz`] }));
  server.answers.set('/charts/index.yaml', indexOf({ web: entries }));
  const app = (targetRevision: string) =>
    applicationWith({ source: { repoURL: `${server.url}/charts`, chart: 'web', targetRevision } });
  base = await files.commit({
    '.hydrant.yaml': JSON.stringify({ remotes: { allow: [`${server.url}/nothing`] } }),
    'app.yaml': app('1.0.0'),
  });
  head = await files.commit({ 'app.yaml': app('2.0.0') });
});
afterAll(async () => {
  process.env = before;
  await files.remove();
  await server.close();
});

const check = (...args: string[]) =>
  hydrant('check', '--repo', files.dir, '--base', base, '--head', head, '--format', 'json', ...args);
const render = (...args: string[]) => hydrant('render', '--all', '--repo', files.dir, ...args);
const targets = (...args: string[]) => hydrant('targets', '--repo', files.dir, ...args);
const KEPT = 'was not kept from an earlier run, and nothing is fetched (`--offline` or HYDRANT_OFFLINE)';

describe('a chart that the commit itself names', () => {
  test('is not fetched with --offline, and the reason is told', async () => {
    const checked = await check('--offline');
    expect(checked.code).toBe(3);
    expect(JSON.parse(checked.stdout).notValidated).toEqual([
      expect.objectContaining({ reason: expect.stringContaining(KEPT) }),
    ]);
    expect((await render('--offline')).stderr).toContain(KEPT);
    expect((await targets('--offline')).stdout).toContain(KEPT);
    expect(server.requests).toEqual([]);
  });

  test('is fetched without, which stderr tells in one line, and is then there for --offline', async () => {
    const online = await check();
    expect(online.code).toBe(0);
    expect(online.stderr).toBe(`hydrant: fetching from ${server.url}/charts\n`);
    expect(JSON.parse(online.stdout).changes).toHaveLength(1);
    const asked = server.requests.length;
    const offline = await check('--offline');
    expect({ ...offline, stderr: online.stderr }).toEqual(online);
    expect(await render('--offline')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('version: 2.0.0'),
    });
    expect((await targets('--offline')).stdout).not.toContain('Not followed');
    expect(server.requests).toHaveLength(asked);
    expect(offline.stderr).toBe('');
  });
});
