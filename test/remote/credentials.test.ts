import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { machineCredentials } from '../../src/remote/machineCredentials.ts';
import { createRemoteInputs } from '../../src/remote/remoteInputs.ts';
import { createFolder } from '../helpers/repository.ts';
import { indexOf, packChart, sha256 } from './charts.ts';
import { redirectTo, startWebServer, type WebServer } from './webServer.ts';

const PASSWORD = 'pass-f00d';
const BASIC = `Basic ${Buffer.from(`me:${PASSWORD}`).toString('base64')}`;
const AUTH = BASIC.slice('Basic '.length);

let packed: Buffer;
beforeAll(async () => {
  packed = await packChart('web', '1.0.0');
});

let server: WebServer;
let other: WebServer;
let home: string;
/** Who asked with what, by server. */
let seen: { readonly at: string; readonly authorization: string | undefined }[];
beforeEach(async () => {
  [server, other, home] = await Promise.all([startWebServer(), startWebServer(), createFolder()]);
  seen = [];
});
afterEach(async () => {
  await Promise.all([server.close(), other.close()]);
  await rm(home, { recursive: true, force: true });
});

/** Answers who has the login, or refuses; and keeps what was sent. */
function guard(at: string, path: string, answer: string | Buffer, challenge = 'Basic realm="x"'): void {
  const web = at === 'server' ? server : other;
  web.answers.set(path, (request, response) => {
    const { authorization } = request.headers;
    seen.push({ at, authorization });
    if (authorization === BASIC || authorization === 'Bearer good') response.end(answer);
    else response.writeHead(401, { 'www-authenticate': challenge }).end('secret words of a server');
  });
}

async function machineFile(name: string, content: string): Promise<void> {
  const file = path.join(home, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Asks as somebody would whose home it is. */
function open({ runsHelpers = true, allow = [] as readonly string[] } = {}) {
  const env = { HOME: home, PATH: `${home}/bin:${process.env['PATH'] ?? ''}` };
  return createRemoteInputs({
    allow: [server.url, `oci://127.0.0.1:${server.port}`, other.url, ...allow],
    signal: new AbortController().signal,
    limits: { retries: 0 },
    credentials: machineCredentials({ env, runsHelpers }),
  });
}

const found = { place: { archive: { name: 'web-1.0.0.tgz', sha256: expect.any(String) } }, version: '1.0.0' };

describe('a private registry', () => {
  const place = () => `oci://127.0.0.1:${server.port}/acme/web`;
  const chart = (options = {}) =>
    open(options).chart({
      repository: `oci://127.0.0.1:${server.port}/acme`,
      chart: 'web',
      version: '1.0.0',
    });
  const serve = (challenge?: string) => {
    const digest = `sha256:${sha256(packed)}`;
    const mediaType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
    const manifest = JSON.stringify({ schemaVersion: 2, layers: [{ mediaType, digest }] });
    guard('server', '/v2/acme/web/manifests/1.0.0', manifest, challenge);
    guard('server', `/v2/acme/web/blobs/${digest}`, packed, challenge);
  };
  const login = (entry: object = { auth: AUTH }) =>
    machineFile('.docker/config.json', JSON.stringify({ auths: { [`127.0.0.1:${server.port}`]: entry } }));

  test('is opened by the login of config.json', async () => {
    serve();
    await login();
    expect(await chart()).toEqual(found);
  });

  test('gives a token for it', async () => {
    const token = `${server.url}/token`;
    serve(`Bearer realm="${token}",service="r",scope="s"`);
    guard('server', '/token?service=r&scope=s', '{"token":"good"}');
    await login({ username: 'me', password: PASSWORD });
    expect(await chart()).toEqual(found);
  });

  test('that sends to another host for a token has no login sent there', async () => {
    serve(`Bearer realm="${other.url}/token",service="r",scope="s"`);
    guard('other', '/token?service=r&scope=s', '{"token":"good"}');
    await login();
    expect(await chart()).toEqual({
      refused: expect.stringContaining(`${place()} does not exist, or the login`),
    });
    expect(seen.filter(({ at }) => at === 'other')).toEqual([{ at: 'other', authorization: undefined }]);
  });

  test('that redirects elsewhere has no login sent there', async () => {
    serve();
    other.answers.set('/blob', (request, response) => {
      seen.push({ at: 'other', authorization: request.headers.authorization });
      response.end(packed);
    });
    const blob = `/v2/acme/web/blobs/sha256:${sha256(packed)}`;
    server.answers.set(blob, redirectTo(`${other.url}/blob`));
    await login();
    expect(await chart()).toEqual(found);
    expect(seen.at(-1)).toEqual({ at: 'other', authorization: undefined });
  });

  test('of another host gets no login', async () => {
    serve();
    await machineFile('.docker/config.json', JSON.stringify({ auths: { '127.0.0.1:1': { auth: AUTH } } }));
    expect(await chart()).toEqual({
      refused: `${place()} does not exist or wants credentials, and Hydrant has none to give; \`docker login\` where Hydrant runs gives it some`,
    });
    expect(seen.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  test('that does not take the login says so', async () => {
    serve();
    await login({ username: 'me', password: 'wrong' });
    expect(await chart()).toEqual({
      refused: `${place()} does not exist, or the login that Docker's config.json has for 127.0.0.1:${server.port} does not open it; \`docker login\` where Hydrant runs makes it anew`,
    });
  });

  const helper = async (script: string) => {
    await machineFile('bin/docker-credential-safe', `#!/bin/sh\n${script}\n`);
    await chmod(path.join(home, 'bin/docker-credential-safe'), 0o755);
  };
  const withHelper = (name = 'safe') =>
    machineFile(
      '.docker/config.json',
      JSON.stringify({ credHelpers: { [`127.0.0.1:${server.port}`]: name } }),
    );

  test('is opened by a credential helper of the command line', async () => {
    serve();
    await withHelper();
    await helper(
      `read host; [ "$host" = 127.0.0.1:${server.port} ] && echo '{"Username":"me","Secret":"${PASSWORD}"}'`,
    );
    expect(await chart()).toEqual(found);
  });

  test('has no helper run by the bot', async () => {
    serve();
    await withHelper();
    await helper(`touch ${home}/ran; echo '{}'`);
    expect(await chart({ runsHelpers: false })).toEqual({
      refused: expect.stringMatching(
        /credential helper `safe`, which is run by the command line alone; put the login under `auths`/,
      ),
    });
    expect(existsSync(path.join(home, 'ran'))).toBe(false);
  });

  const wants = 'does not exist or wants credentials, and';
  test.each<[string, () => Promise<void>, unknown]>([
    [
      'is no JSON',
      () => machineFile('.docker/config.json', `{"auths": ${PASSWORD}`),
      "Docker's config.json is not valid JSON; mend it, or make it anew with `docker login`, or name the folder of another by DOCKER_CONFIG",
    ],
    [
      'cannot be read',
      () => machineFile('.docker/config.json/x', ''),
      "Docker's config.json cannot be read (EISDIR); mend it, or make it anew with `docker login`, or name the folder of another by DOCKER_CONFIG",
    ],
    ['has no base64', () => login({ auth: '%%%' }), expect.any(String)],
    [
      'names a helper that is not installed',
      () => withHelper('gone'),
      "Docker's config.json names the credential helper `docker-credential-gone`, which is not installed; install or mend it, or take it out of `credHelpers` and `credsStore`",
    ],
    ['names a helper by a path', () => withHelper('../../x'), expect.any(String)],
  ])('is told of where the file %s', async (_, arrange, reason) => {
    serve();
    await arrange();
    const answer = await chart();
    const refused = 'refused' in answer ? answer.refused : '';
    if (typeof reason === 'string') expect(refused).toBe(`${place()} ${wants} ${reason}`);
    expect(refused).toContain(`${place()} ${wants} Docker's config.json`);
    expect(refused).not.toContain(PASSWORD);
    expect(refused).not.toContain(home);
  });

  test('that anybody may read is read although the file is broken', async () => {
    await machineFile('.docker/config.json', '{');
    serve(`Bearer realm="${server.url}/token",service="r",scope="s"`);
    server.answers.set('/token?service=r&scope=s', '{"token":"good"}');
    expect(await chart()).toEqual(found);
  });
});

describe('a Helm repository with user and password', () => {
  const repository = () => `${server.url}/charts`;
  const chart = (from = repository()) => open().chart({ repository: from, chart: 'web', version: '1.0.0' });
  const serve = () => {
    guard('server', '/charts/index.yaml', indexOf({ web: [{ version: '1.0.0', urls: ['web-1.0.0.tgz'] }] }));
    guard('server', '/charts/web-1.0.0.tgz', packed);
  };
  const known = (more: object = {}) =>
    machineFile(
      '.config/helm/repositories.yaml',
      JSON.stringify({
        repositories: [
          { name: 'acme', url: `${repository()}/`, username: 'me', password: PASSWORD, ...more },
        ],
      }),
    );

  test('is opened by those of repositories.yaml', async () => {
    serve();
    await known();
    expect(await chart()).toEqual(found);
  });

  test.each(['@acme', 'alias:acme'])('is known by its name %s', async (name) => {
    serve();
    await known();
    expect(await chart(name)).toEqual(found);
  });

  test('that is not known by a name is told', async () => {
    await known();
    expect(await chart('@other')).toEqual({
      refused:
        "no repository is named `other` in Helm's repositories.yaml; `helm repo add other <address>` where Hydrant runs adds it, or Chart.yaml names its address",
    });
  });

  test('of a name whose address may not be fetched keeps its address to itself', async () => {
    await known({ url: 'https://private.example.com/charts' });
    const answer = await chart('@acme');
    expect(answer).toEqual({
      refused: expect.stringMatching(/^@acme is remote, and its address may not be fetched/),
    });
    expect(JSON.stringify(answer)).not.toContain('private.example.com');
  });

  test('keeps them from another host, that its index names', async () => {
    const index = indexOf({ web: [{ version: '1.0.0', urls: [`${other.url}/web-1.0.0.tgz`] }] });
    guard('server', '/charts/index.yaml', index);
    guard('other', '/web-1.0.0.tgz', packed);
    await known();
    expect(await chart()).toEqual({ refused: `${other.url}/web-1.0.0.tgz answers with status 401` });
    expect(seen.at(-1)).toEqual({ at: 'other', authorization: undefined });
  });

  test('keeps them from another host, to which it redirects', async () => {
    server.answers.set('/charts/index.yaml', redirectTo(`${other.url}/index.yaml`));
    guard('other', '/index.yaml', indexOf({}));
    await known();
    expect(await chart()).toEqual({
      refused: expect.stringContaining("does not take those of Helm's repositories.yaml"),
    });
    expect(seen).toEqual([{ at: 'other', authorization: undefined }]);
  });

  test('beside it gets none', async () => {
    guard('server', '/charts2/index.yaml', indexOf({}));
    await known();
    expect(await chart(`${server.url}/charts2`)).toEqual({
      refused: `${server.url}/charts2/index.yaml answers with status 401: it wants credentials, and Hydrant has none to give; \`helm repo add\` with \`--username\` and \`--password\` where Hydrant runs gives it some`,
    });
    expect(seen).toEqual([{ at: 'server', authorization: undefined }]);
  });

  test.each<[string, string, string]>([
    ['is no YAML', 'repositories.yaml', "Helm's repositories.yaml is not valid YAML; mend it"],
    ['cannot be read', 'repositories.yaml/x', "Helm's repositories.yaml cannot be read (EISDIR); mend it"],
  ])('is told of where the file %s', async (_, name, reason) => {
    serve();
    await machineFile(`.config/helm/${name}`, `a: b: ${PASSWORD}`);
    const answer = await chart();
    expect(answer).toEqual({ refused: expect.stringContaining(`it wants credentials, and ${reason}`) });
    expect(JSON.stringify(answer)).not.toContain(PASSWORD);
  });
});
