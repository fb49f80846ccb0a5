import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { redirectTarget } from '../../src/remote/redirect.ts';
import { createRemoteInputs, type RemoteInputsOptions } from '../../src/remote/remoteInputs.ts';
import { redirectTo, startWebServer, type WebServer } from './webServer.ts';

const TEXT = 'kind: ConfigMap\n';

let server: WebServer;
let other: WebServer;
beforeEach(async () => {
  [server, other] = await Promise.all([startWebServer(), startWebServer()]);
  server.answers.set('/ok/file.yaml', TEXT);
  other.answers.set('/file.yaml', TEXT);
});
afterEach(() => Promise.all([server.close(), other.close()]));

async function fetchFile(url: string, options: Partial<RemoteInputsOptions> = {}): Promise<string> {
  const remotes = createRemoteInputs({
    allow: [`${server.url}/ok`],
    signal: new AbortController().signal,
    ...options,
  });
  const answer = await remotes.file({ url });
  if (answer === null) return 'no file';
  return 'refused' in answer ? answer.refused : Buffer.from(answer.base64, 'base64').toString();
}

describe('what is reached', () => {
  test('an address that the settings allow', async () => {
    expect(await fetchFile(`${server.url}/ok/file.yaml`)).toBe(TEXT);
  });

  test('no address that the settings do not allow', async () => {
    for (const path of [
      '/okay/file.yaml',
      '/file.yaml',
      '/ok/../file.yaml',
      '/ok/%2e%2e/file.yaml',
      '/OK/file.yaml',
    ]) {
      expect(await fetchFile(server.url + path)).toContain(
        'is remote, and the settings do not allow it; list it in `remotes.allow` of .hydrant.yaml to have it fetched',
      );
    }
    expect(await fetchFile(`${server.url}/ok/..%2ffile.yaml`)).toContain('is no web address');
    expect(server.requests).toEqual([]);
  });

  test('no credentials are taken from an address or repeated', async () => {
    expect(await fetchFile(`http://me:secret@127.0.0.1:${server.port}/ok/file.yaml`)).toBe(
      `${server.url}/ok/file.yaml holds credentials, which Hydrant does not use; \`remotes.allow\` of .hydrant.yaml cannot list it`,
    );
    expect(await fetchFile(`${server.url}/no/file.yaml?token=secret`)).not.toContain('secret');
  });

  test('a name that resolves to this machine is refused, with the entry that would allow it', async () => {
    const url = `http://localhost:${server.port}/ok/file.yaml`;
    const allow = [`http://localhost:${server.port}`];
    const refused = await fetchFile(url, { allow });
    expect(refused).toMatch(
      / leads to a loopback address, since localhost is (127\.0\.0\.1|::1), and only public/,
    );
    expect(refused).toMatch(
      /; list `http:\/\/\S+` as well in `remotes.allow` of \.hydrant\.yaml where it is meant$/,
    );
    expect(server.requests).toEqual([]);
    expect(await fetchFile(url, { allow: [...allow, server.url] })).toBe(TEXT);
  });

  test('a local address counts only with its port', async () => {
    const url = `http://localhost:${server.port}/ok/file.yaml`;
    const allow = [`http://localhost:${server.port}`, other.url];
    expect(await fetchFile(url, { allow })).toContain('leads to a loopback address');
  });

  test('no local address at all where the reviewer wants none', async () => {
    expect(await fetchFile(`${server.url}/ok/file.yaml`, { localAddresses: 'never' })).toContain(
      'leads to a loopback address, and only public ones are fetched from',
    );
    expect(server.requests).toEqual([]);
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data', 'a link-local address'],
    ['http://[fe80::1]/x', 'a link-local address'],
    ['http://100.100.100.200/x', 'an address by which a cloud tells machines their credentials'],
    ['http://0.0.0.0/x', 'a reserved address'],
    ['http://224.0.0.1/x', 'a multicast address'],
  ])('%s is not reached even where it is allowed', async (url, kind) => {
    expect(await fetchFile(url, { allow: [url] })).toBe(
      `${url} leads to ${kind}, and only public ones are fetched from`,
    );
  });

  test.each(['http://10.1.2.3/x', 'http://192.168.1.1:8080/x', 'http://[fd00::1]/x', 'http://2130706433/x'])(
    '%s is not reached unless it is allowed',
    async (url) => {
      expect(await fetchFile(url)).toContain('the settings do not allow it');
    },
  );
});

describe('redirects', () => {
  test('are followed within what is allowed, relative ones too', async () => {
    server.answers.set('/ok/a', redirectTo('b', 301));
    server.answers.set('/ok/b', redirectTo(`${server.url}/ok/file.yaml`, 308));
    expect(await fetchFile(`${server.url}/ok/a`)).toBe(TEXT);
  });

  test('to a local address are refused: of the same host, of another, by name', async () => {
    const targets = [
      [`${server.url}/admin`, ''],
      [`${other.url}/file.yaml`, ''],
      [`http://localhost:${other.port}/file.yaml`, ', since localhost is '],
      ['http://[::ffff:127.0.0.1]/x', ''],
      ['http://169.254.169.254/latest', ''],
      ['http://10.0.0.1/x', ''],
    ] as const;
    server.answers.set('/admin', TEXT);
    for (const [target, since] of targets) {
      server.answers.set('/ok/a', redirectTo(target));
      const refused = await fetchFile(`${server.url}/ok/a`);
      expect(refused).toMatch(/ leads to a (loopback|link-local|private) address/);
      expect(refused).toContain(since);
    }
    expect(server.requests.filter((path) => path !== '/ok/a')).toEqual([]);
    expect(other.requests).toEqual([]);
  });

  test('to a local address are followed where that address is allowed itself', async () => {
    server.answers.set('/ok/a', redirectTo(`${other.url}/file.yaml`));
    expect(await fetchFile(`${server.url}/ok/a`, { allow: [`${server.url}/ok`, other.url] })).toBe(TEXT);
  });

  test('end after five', async () => {
    server.answers.set('/ok/a', redirectTo('/ok/a'));
    expect(await fetchFile(`${server.url}/ok/a`)).toBe(`${server.url}/ok/a redirects more than 5 times`);
    expect(server.requests).toHaveLength(6);
  });

  test.each([
    ['file:///etc/passwd', 'redirects to file:///etc/passwd, which is no plain web address'],
    ['http://me:secret@a.example/x', 'redirects to http://a.example/x, which is no plain web address'],
    ['oci://a.example/x', 'redirects to oci://a.example/x, which is no plain web address'],
    ['http://[', 'redirects to nowhere'],
  ])('to %s are refused', async (location, reason) => {
    server.answers.set('/ok/a', redirectTo(location));
    expect(await fetchFile(`${server.url}/ok/a`)).toBe(`${server.url}/ok/a ${reason}`);
  });

  test('from an encrypted to a plain connection are refused', () => {
    const from = new URL('https://charts.example.com/a');
    expect(() => redirectTarget(from, 'http://charts.example.com/b?key=secret')).toThrow(
      'https://charts.example.com/a redirects to http://charts.example.com/b, which is not encrypted',
    );
    expect(() => redirectTarget(from, undefined)).toThrow('redirects to nowhere');
    expect(redirectTarget(from, '//cdn.example.net/b').href).toBe('https://cdn.example.net/b');
  });
});

describe('limits', () => {
  test('on size, announced or not', async () => {
    server.answers.set('/ok/announced', Buffer.alloc(2000));
    server.answers.set('/ok/streamed', (_, response) => {
      response.write(Buffer.alloc(1000));
      const timer = setInterval(() => response.write(Buffer.alloc(1000)), 5);
      response.once('close', () => clearInterval(timer));
    });
    for (const path of ['/ok/announced', '/ok/streamed']) {
      expect(await fetchFile(server.url + path, { limits: { fileBytes: 1999 } })).toBe(
        `${server.url}${path} sends more than 1999 bytes, which is the most that is fetched`,
      );
    }
    expect(server.requests).toHaveLength(2);
    expect(await fetchFile(`${server.url}/ok/announced`, { limits: { fileBytes: 2000 } })).toHaveLength(2000);
  });

  test('on time: a server that says nothing, and one that never ends', async () => {
    server.answers.set('/ok/silent', () => {});
    server.answers.set('/ok/endless', (_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(timer));
    });
    for (const path of ['/ok/silent', '/ok/endless'])
      expect(await fetchFile(server.url + path, { limits: { totalMs: 300 } })).toBe(
        `${server.url}${path} took longer than 0.3 s to fetch; it is fetched again with the next review`,
      );
  });

  test('on tries: a failure that passes is waited for, one that stays is told without its body', async () => {
    let failures = 2;
    server.answers.set('/ok/flaky', (_, response) => {
      if (failures-- > 0) response.writeHead(503).end('secret');
      else response.end(TEXT);
    });
    server.answers.set('/ok/broken', (_, response) => response.writeHead(500).end('secret'));
    server.answers.set('/ok/missing', (_, response) => response.writeHead(404).end('secret'));
    expect(await fetchFile(`${server.url}/ok/flaky`)).toBe(TEXT);
    server.requests.length = 0;
    expect(await fetchFile(`${server.url}/ok/broken`)).toBe(
      `${server.url}/ok/broken answers with status 500; it is fetched again with the next review`,
    );
    expect(server.requests).toHaveLength(3);
    expect(await fetchFile(`${server.url}/ok/missing`)).toBe(
      `${server.url}/ok/missing answers with status 404`,
    );
    expect(server.requests).toHaveLength(4);
  });

  test('a body that breaks off is fetched again', async () => {
    let breaks = 1;
    server.answers.set('/ok/file.yaml', (request, response) => {
      response.writeHead(200, { 'content-length': TEXT.length });
      if (breaks-- > 0) response.write(TEXT.slice(0, 3), () => request.destroy());
      else response.end(TEXT);
    });
    expect(await fetchFile(`${server.url}/ok/file.yaml`)).toBe(TEXT);
  });

  test('a host that is not there is told', async () => {
    await server.close();
    expect(await fetchFile(`${server.url}/ok/x`, { limits: { retries: 0 } })).toBe(
      `${server.url}/ok/x refuses the connection; it is fetched again with the next review`,
    );
    const unknown = 'https://charts.invalid/x';
    expect(await fetchFile(unknown, { allow: [unknown], limits: { retries: 0 } })).toMatch(
      /^https:\/\/charts\.invalid\/x (has a host that no name server knows|cannot be looked up at the moment); it is/,
    );
  });

  test('what speaks no TLS is told', async () => {
    const url = `https://127.0.0.1:${server.port}/ok/x`;
    expect(await fetchFile(url, { allow: [url], limits: { retries: 0 } })).toMatch(
      /^https:\/\/127\.0\.0\.1:\d+\/ok\/x broke the connection \(\w+\); it is fetched again with the next review$/,
    );
  });
});

test('nothing but an abort throws, and it stops what is under way', async () => {
  const controller = new AbortController();
  server.answers.set('/ok/silent', () => controller.abort(new Error('superseded')));
  const fetching = fetchFile(`${server.url}/ok/silent`, { signal: controller.signal });
  await expect(fetching).rejects.toThrow('superseded');
  await expect(fetchFile(`${server.url}/ok/file.yaml`, { signal: controller.signal })).rejects.toThrow(
    'superseded',
  );
});

describe('a page', () => {
  const page: Parameters<WebServer['answers']['set']>[1] = (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>');

  test('is no file where a Git repository may be', async () => {
    server.answers.set('/ok/base', page);
    const remotes = createRemoteInputs({ allow: [server.url], signal: new AbortController().signal });
    expect(await remotes.file({ url: `${server.url}/ok/base`, orRepository: true })).toBeNull();
    expect(await remotes.file({ url: `${server.url}/ok/gone`, orRepository: true })).toBeNull();
    expect(await remotes.file({ url: `${server.url}/ok/gone` })).toEqual({
      refused: `${server.url}/ok/gone answers with status 404`,
    });
    expect(await fetchFile(`${server.url}/ok/base`)).toBe('<html>');
  });
});
