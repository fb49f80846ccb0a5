import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RemoteInputs } from '../../src/model/remoteInputs.ts';
import { createRemoteInputs } from '../../src/remote/remoteInputs.ts';
import { startGitServer } from '../helpers/gitServer.ts';
import { createFolder, createRepository } from '../helpers/repository.ts';
import { indexOf, packChart } from './charts.ts';
import { startWebServer, type WebServer } from './webServer.ts';

let server: WebServer;
let cacheDir: string;
beforeEach(async () => {
  [server, cacheDir] = await Promise.all([startWebServer(), createFolder()]);
  server.answers.set('/charts/index.yaml', indexOf({ web: [{ version: '1.2.3', urls: ['web.tgz'] }] }));
  server.answers.set('/charts/web.tgz', await packChart('web', '1.2.3'));
  server.answers.set('/file.yaml', 'kind: ConfigMap\n');
});
afterEach(() => server.close());

const told: string[] = [];
const open = ({ offline = false, allow = [server.url] } = {}): RemoteInputs => {
  told.length = 0;
  const { signal } = new AbortController();
  const limits = { retries: 0 };
  return createRemoteInputs({
    allow,
    cacheDir,
    signal,
    limits,
    offline,
    onFetch: (shown) => told.push(shown),
  });
};
const web = (version: string) => ({ repository: `${server.url}/charts`, chart: 'web', version });

describe('what was fetched before', () => {
  test('is taken without asking where its version is given in full', async () => {
    const first = await open().chart(web('1.2.3'));
    expect(told).toEqual([`${server.url}/charts`]);
    const asked = server.requests.length;
    expect(await open().chart(web('1.2.3'))).toEqual(first);
    expect(server.requests).toHaveLength(asked);
    expect(told).toEqual([]);
  });

  test('is looked up anew where a range is given', async () => {
    await open().chart(web('1.x'));
    const asked = server.requests.length;
    await open().chart(web('1.x'));
    expect(server.requests.length).toBeGreaterThan(asked);
  });

  test('is all there is offline: charts by range, files and commits by branch', async () => {
    const upstream = await createRepository();
    await upstream.commit({ a: 'b' });
    const git = await startGitServer({ repositories: { 'acme/base': upstream.gitDir }, token: null });
    const allow = [server.url, git.urlOf('acme/base')];
    const questions = (inputs: RemoteInputs) =>
      Promise.all([
        inputs.chart(web('1.x')),
        inputs.file({ url: `${server.url}/file.yaml` }),
        inputs.repository({ repository: git.urlOf('acme/base'), ref: 'main' }),
      ]);
    const first = await questions(open({ allow }));
    await Promise.all([git.close(), server.close()]);
    const again = await questions(open({ allow, offline: true }));
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    expect(JSON.stringify(again)).not.toContain('refused');
    await upstream.remove();
  });

  test('is held to the settings offline, too', async () => {
    await open().chart(web('1.2.3'));
    expect(await open({ offline: true, allow: [] }).chart(web('1.2.3'))).toEqual({
      refused: expect.stringContaining('the settings do not allow it'),
    });
  });
});

test('what was not fetched before is told offline, and no name is looked up', async () => {
  const inputs = open({
    offline: true,
    allow: [server.url, 'https://charts.example.com', 'oci://ghcr.io/acme'],
  });
  const reason =
    'is remote and was not kept from an earlier run, and nothing is fetched (`--offline` or HYDRANT_OFFLINE); run once without that to have it fetched and kept';
  expect(await inputs.chart(web('1.2.3'))).toEqual({ refused: `${server.url}/charts ${reason}` });
  expect(
    await inputs.chart({ repository: 'https://charts.example.com', chart: 'a', version: '1.0.0' }),
  ).toEqual({
    refused: `https://charts.example.com/ ${reason}`,
  });
  expect(await inputs.chart({ repository: 'oci://ghcr.io/acme', chart: 'a', version: '1.0.0' })).toEqual({
    refused: expect.stringContaining(reason),
  });
  expect(server.requests).toEqual([]);
});
