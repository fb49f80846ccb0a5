import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRemoteInputs } from '../../src/remote/remoteInputs.ts';
import { packChart, sha256 } from './charts.ts';
import { redirectTo, startWebServer, type WebServer } from './webServer.ts';

const NAME = 'acme/podinfo';
const NONE = 'Hydrant has none to give; `docker login` where Hydrant runs gives it some';

let packed: Buffer;
let manifest: string;
beforeAll(async () => {
  packed = await packChart('podinfo', '1.0.0');
  manifest = manifestOf(`sha256:${sha256(packed)}`);
});

function manifestOf(digest: string, mediaType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip') {
  return JSON.stringify({
    schemaVersion: 2,
    layers: [
      { mediaType: 'x', digest: 'y' },
      { mediaType, digest },
    ],
  });
}

let registry: WebServer;
let other: WebServer;
beforeEach(async () => {
  [registry, other] = await Promise.all([startWebServer(), startWebServer()]);
  serve('manifests/1.0.0', manifest);
  serve(`blobs/sha256:${sha256(packed)}`, packed);
});
afterEach(() => Promise.all([registry.close(), other.close()]));

function serve(path: string, answer: string | Buffer): void {
  registry.answers.set(`/v2/${NAME}/${path}`, answer);
}

/** Lets nobody in without the token that is given out elsewhere. */
function guardWithToken(
  realm: string,
  parameters = ',service="registry",scope="repository:acme/podinfo:pull"',
) {
  const seen: string[] = [];
  for (const [path, answer] of registry.answers) {
    registry.answers.set(path, (request, response) => {
      seen.push(request.headers.authorization ?? '');
      if (request.headers.authorization === 'Bearer anonymous') {
        if (typeof answer === 'function') answer(request, response);
        else response.end(answer);
      } else {
        response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"${parameters}` }).end();
      }
    });
  }
  return seen;
}

function podinfo(version = '1.0.0', allow: readonly string[] = []) {
  const host = `127.0.0.1:${registry.port}`;
  return createRemoteInputs({
    allow: [`oci://${host}/acme`, ...allow],
    signal: new AbortController().signal,
    limits: { retries: 0 },
  }).chart({ repository: `oci://${host}/acme`, chart: 'podinfo', version });
}

function at() {
  return `oci://127.0.0.1:${registry.port}/${NAME}`;
}

const FOUND = {
  version: '1.0.0',
  place: { archive: expect.objectContaining({ name: 'podinfo-1.0.0.tgz' }) },
};

describe('tokens for everybody', () => {
  const asked = '/token?service=registry&scope=repository%3Aacme%2Fpodinfo%3Apull';

  test('are fetched where the registry says, and sent to the registry alone', async () => {
    other.answers.set(asked, JSON.stringify({ token: 'anonymous' }));
    other.answers.set('/storage', (request, response) =>
      response.end(request.headers.authorization ?? packed),
    );
    registry.answers.set(
      `/v2/${NAME}/blobs/sha256:${sha256(packed)}`,
      redirectTo(`${other.url}/storage?key=a`),
    );
    other.answers.set('/storage?key=a', redirectTo('/storage', 307));
    const seen = guardWithToken(`${other.url}/token`);
    expect(await podinfo('1.0.0', [other.url])).toEqual(FOUND);
    expect(seen).toEqual(['', 'Bearer anonymous', 'Bearer anonymous']);
    expect(other.requests).toEqual([asked, '/storage?key=a', '/storage']);
  });

  test('may be named access_token, and be asked for without a scope', async () => {
    other.answers.set('/token?scope=repository%3Aacme%2Fpodinfo%3Apull', '{"access_token":"anonymous"}');
    guardWithToken(`${other.url}/token`, '');
    expect(await podinfo('1.0.0', [other.url])).toEqual(FOUND);
  });

  test('are not asked for at a local address that the settings do not name', async () => {
    guardWithToken(`${other.url}/token`);
    expect(await podinfo()).toEqual({
      refused: `${other.url}/token leads to a loopback address, and only public ones are fetched from; list \`${other.url}\` as well in \`remotes.allow\` of .hydrant.yaml where it is meant`,
    });
    expect(other.requests).toEqual([]);
  });

  test.each(['{"token":"a\\r\\nb"}', '{"token":5}', 'secret', '[]', 'null', '{"token":"other"}'])(
    'that are no tokens (%s) open nothing',
    async (answer) => {
      other.answers.set(asked, answer);
      guardWithToken(`${other.url}/token`);
      expect(await podinfo('1.0.0', [other.url])).toEqual({
        refused: `${at()} does not exist or wants credentials, and ${NONE}`,
      });
    },
  );

  test.each([
    ['Basic realm="x"', `does not exist or wants credentials, and ${NONE}`],
    ['Bearer', `does not exist or wants credentials, and ${NONE}`],
    [
      'Bearer realm="file:///etc/passwd"',
      'sends to file:///etc/passwd for a token, which is no address for one',
    ],
  ])('the challenge %s is told', async (challenge, reason) => {
    registry.answers.set('*', (_, response) =>
      response.writeHead(401, { 'www-authenticate': challenge }).end(),
    );
    registry.answers.delete(`/v2/${NAME}/manifests/1.0.0`);
    expect(await podinfo()).toEqual({ refused: `${at()} ${reason}` });
  });
});

describe('what a registry sends', () => {
  test('tags are read page by page, of the same list', async () => {
    const next = (target: string, tags: readonly string[]) => ({ tags, link: `<${target}>; rel="next"` });
    const pages = {
      'n=1000': next(`/v2/${NAME}/tags/list?n=1000&last=b`, ['0.1.0', 'latest', 'v3.0.0', '4']),
      // Another path of the same registry is not asked for.
      'n=1000&last=b': next('/v2/secret/list?last=c', ['1.0.0']),
      'last=c': { tags: ['0.2.0'], link: undefined },
    };
    for (const [query, { tags, link }] of Object.entries(pages)) {
      registry.answers.set(`/v2/${NAME}/tags/list?${query}`, (_, response) => {
        if (link !== undefined) response.setHeader('link', link);
        response.end(JSON.stringify({ name: NAME, tags }));
      });
    }
    expect(await podinfo('*')).toEqual(FOUND);
    expect(registry.requests.slice(0, 3)).toEqual(
      Object.keys(pages).map((query) => `/v2/${NAME}/tags/list?${query}`),
    );
  });

  test('tags without end are given up', async () => {
    registry.answers.set('*', (_, response) => {
      response.setHeader('link', `</v2/${NAME}/tags/list?last=a>; rel="next"`).end('{"tags":["1.0.0"]}');
    });
    expect(await podinfo('*')).toEqual({ refused: `${at()} has more than 100 pages of tags` });
  });

  test.each(['', 'secret', '{}', '{"tags":null}', '{"tags":[{}]}'])(
    'tags that are none (%s) fit nothing',
    async (tags) => {
      registry.answers.set(`/v2/${NAME}/tags/list?n=1000`, tags);
      expect(await podinfo('*')).toEqual({ refused: `${at()} has no version that fits \`*\`` });
    },
  );

  test.each(['', 'secret', '[]', '{"layers":{}}', '{"layers":[null]}', '{"layers":[{"mediaType":"x"}]}'])(
    'a manifest that is none (%s) is told',
    async (text) => {
      serve('manifests/1.0.0', text);
      expect(await podinfo()).toEqual({ refused: `${at()} has something at 1.0.0 that is no Helm chart` });
    },
  );

  test('a digest that could lead elsewhere is none', async () => {
    serve('manifests/1.0.0', manifestOf('sha256:../../../secret'));
    expect(await podinfo()).toEqual({ refused: `${at()} has something at 1.0.0 that is no Helm chart` });
  });

  test('charts of older Helms are known', async () => {
    serve('manifests/1.0.0', manifestOf(`sha256:${sha256(packed)}`, 'application/tar+gzip'));
    expect(await podinfo()).toEqual(FOUND);
  });

  test('content with another digest is refused, of a chart and of a manifest', async () => {
    serve(`blobs/sha256:${sha256(packed)}`, 'other');
    expect(await podinfo()).toEqual({
      refused: `the chart of ${at()} at 1.0.0 does not have the digest it is announced with (sha256:${sha256(packed)})`,
    });
    const digest = `sha256:${'0'.repeat(64)}`;
    serve(`manifests/${digest}`, manifest);
    expect(await podinfo(`@${digest}`)).toEqual({
      refused: `${at()}@${digest} does not have the digest it is announced with (${digest})`,
    });
  });

  test('a redirect to a local address is refused', async () => {
    registry.answers.set(`/v2/${NAME}/blobs/sha256:${sha256(packed)}`, redirectTo(`${other.url}/storage`));
    expect(await podinfo()).toEqual({
      refused: expect.stringContaining(`${other.url}/storage leads to a loopback address`),
    });
  });
});
