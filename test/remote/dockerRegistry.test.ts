import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteInputs, type RemoteInputsOptions } from '../../src/remote/remoteInputs.ts';
import { indexOf, packChart, sha256 } from './charts.ts';
import { type DockerRegistry, HAS_REGISTRY, startDockerRegistry } from './dockerRegistry.ts';
import { startWebServer } from './webServer.ts';

if (!HAS_REGISTRY) {
  console.warn('docker-registry is not installed (apt-get install docker-registry): its tests are skipped');
}
const describeRegistry = HAS_REGISTRY ? describe : describe.skip;

describeRegistry('charts of a real registry', () => {
  let registry: DockerRegistry;
  let cacheDir: string;
  const charts = new Map<string, Buffer>();
  let digest: string;
  beforeAll(async () => {
    registry = await startDockerRegistry();
    cacheDir = await mkdtemp(path.join(tmpdir(), 'hydrant-remote-'));
    for (const version of ['1.9.0', '1.10.0', '2.0.0-rc.1', '1.11.0+build.5']) {
      const packed = await packChart('podinfo', version);
      charts.set(version, packed);
      const pushed = await registry.push('acme/charts/podinfo', version.replace('+', '_'), packed);
      if (version === '1.9.0') digest = pushed;
    }
    await registry.push('acme/charts/podinfo', 'latest', await chart('1.9.0'));
    await registry.push('acme/charts/podinfo', 'image', Buffer.from('no chart'), 'application/x-other');
  });
  afterAll(async () => {
    await registry.stop();
    await rm(cacheDir, { recursive: true, force: true });
  });

  async function chart(version: string): Promise<Buffer> {
    const packed = charts.get(version);
    if (packed === undefined) throw new Error(version);
    return packed;
  }

  function open(options: Partial<RemoteInputsOptions> = {}) {
    const allow = [`oci://${registry.host}/acme/charts/*`];
    return createRemoteInputs({ allow, cacheDir, signal: new AbortController().signal, ...options });
  }

  function podinfo(version: string) {
    return { repository: `oci://${registry.host}/acme/charts`, chart: 'podinfo', version };
  }

  async function found(version: string, name = version) {
    const packed = await chart(version);
    const archive = {
      name: `podinfo-${name.replace(/[@:]/g, '_')}.tgz`,
      sha256: sha256(packed),
    };
    return { place: { archive }, version: name };
  }

  test.each([
    ['1.9.0', '1.9.0'],
    ['*', '1.11.0+build.5'],
    ['', '1.11.0+build.5'],
    ['1.11.0+build.5', '1.11.0+build.5'],
    ['<1.11', '1.10.0'],
    ['>=1.0.0-0', '2.0.0-rc.1'],
    ['~1.9', '1.9.0'],
  ])('version %j is %s', async (wanted, version) => {
    expect(await open().chart(podinfo(wanted))).toEqual(await found(version));
  });

  test('a tag and a digest are taken as they are', async () => {
    expect(await open().chart(podinfo('latest'))).toEqual(await found('1.9.0', 'latest'));
    expect(await open().chart(podinfo(`@${digest}`))).toEqual(await found('1.9.0', digest));
    expect(await open().chart(podinfo(digest))).toEqual(await found('1.9.0', digest));
  });

  test("the address may be the chart's own, with or without tag", async () => {
    const repository = `oci://${registry.host}/acme/charts/podinfo`;
    const allow = [repository];
    const own = (suffix: string, version: string) =>
      open({ allow }).chart({ repository: repository + suffix, chart: '', version });
    expect(await own('', '1.10.0')).toEqual(await found('1.10.0'));
    expect(await own(':1.9.0', '')).toEqual(await found('1.9.0'));
    expect(await own(`@${digest}`, '')).toEqual(await found('1.9.0', digest));
  });

  test('an index of a Helm repository may lead to it, if that is allowed as well', async () => {
    const web = await startWebServer();
    try {
      const url = `oci://${registry.host}/acme/charts/podinfo:1.10.0`;
      web.answers.set('/index.yaml', indexOf({ podinfo: [{ version: '1.10.0', urls: [url] }] }));
      const wanted = { repository: web.url, chart: 'podinfo', version: '1.x' };
      expect(await open({ allow: [web.url, url.slice(0, -7)] }).chart(wanted)).toEqual(await found('1.10.0'));
      expect(await open({ allow: [web.url] }).chart(wanted)).toEqual({
        refused: `\`podinfo\` 1.10.0 of ${web.url} lies elsewhere: ${url.slice(0, -7)} is remote, and the settings do not allow it; list it in \`remotes.allow\` of .hydrant.yaml to have it fetched`,
      });
    } finally {
      await web.close();
    }
  });

  test('what is not there, or no chart, is told', async () => {
    const at = `oci://${registry.host}/acme/charts/podinfo`;
    const refusals = {
      '9.9.9': `${at} has no 9.9.9`,
      '>9': `${at} has no version that fits \`>9\``,
      image: `${at} has something at image that is no Helm chart`,
      '../x': `\`../x\`, which is wanted of ${at}, is no version, range, tag or digest`,
    };
    for (const [version, refused] of Object.entries(refusals)) {
      expect(await open().chart(podinfo(version))).toEqual({ refused });
    }
    expect(await open().chart({ ...podinfo('*'), chart: 'none' })).toEqual({
      refused: `oci://${registry.host}/acme/charts/none does not exist`,
    });
    expect(await open().chart({ ...podinfo('*'), chart: 'No_Name' })).toEqual({
      refused: `oci://${registry.host}/acme/charts/No_Name is no name that a registry can have`,
    });
  });

  test.each(['../other', 'deeper/podinfo', '../../x/charts/podinfo'])(
    'the chart %s is not below what is allowed',
    async (name) => {
      expect(await open().chart({ ...podinfo('*'), chart: name })).toEqual({
        refused: expect.stringContaining('the settings do not allow it'),
      });
    },
  );

  test('a chart that is larger than the limit is refused', async () => {
    const options = { cacheDir: undefined, limits: { chartBytes: 10 } };
    expect(await open(options).chart(podinfo('1.9.0'))).toEqual({
      refused: expect.stringMatching(/ sends more than 10 bytes, which is the most that is fetched$/),
    });
  });

  test('a digest is answered from the cache when the registry is gone', async () => {
    await open().chart(podinfo(`@${digest}`));
    const before = registry;
    await before.stop();
    try {
      expect(await open().chart(podinfo(`@${digest}`))).toEqual(await found('1.9.0', digest));
      expect(await open({ limits: { retries: 0 } }).chart(podinfo('latest'))).toEqual({
        refused: `http://${before.host}/v2/acme/charts/podinfo/manifests/latest refuses the connection; it is fetched again with the next review`,
      });
    } finally {
      registry = await startDockerRegistry();
    }
  });
});
