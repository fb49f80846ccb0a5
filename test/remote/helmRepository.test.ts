import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RemoteChart } from '../../src/model/remoteInputs.ts';
import { createRemoteInputs, type RemoteInputsOptions } from '../../src/remote/remoteInputs.ts';
import { indexOf, packChart, sha256 } from './charts.ts';
import { startWebServer, type WebServer } from './webServer.ts';

let packed: Buffer;
beforeAll(async () => {
  packed = await packChart('podinfo', '6.5.0');
});

let server: WebServer;
let cacheDir: string;
beforeEach(async () => {
  server = await startWebServer();
  cacheDir = await mkdtemp(path.join(tmpdir(), 'hydrant-remote-'));
  server.answers.set('/charts/podinfo-6.5.0.tgz', packed);
  serveIndex([
    { version: '6.4.0', urls: ['podinfo-6.4.0.tgz'] },
    { version: '6.5.0', urls: ['podinfo-6.5.0.tgz'], digest: sha256(packed) },
    { version: '7.0.0-rc.1', urls: ['podinfo-7.0.0-rc.1.tgz'] },
  ]);
});
afterEach(async () => {
  await server.close();
  await rm(cacheDir, { recursive: true, force: true });
});

function serveIndex(podinfo: readonly Readonly<Record<string, unknown>>[]): void {
  server.answers.set('/charts/index.yaml', indexOf({ podinfo }));
}

function open(options: Partial<RemoteInputsOptions> = {}) {
  return createRemoteInputs({
    allow: [`${server.url}/charts`],
    cacheDir,
    signal: new AbortController().signal,
    ...options,
  });
}

function podinfo(version = '*'): RemoteChart {
  return { repository: `${server.url}/charts`, chart: 'podinfo', version };
}

function found(version = '6.5.0') {
  const archive = {
    name: `podinfo-${version}.tgz`,
    sha256: sha256(packed),
  };
  return { place: { archive }, version };
}

describe('charts of a Helm repository', () => {
  test.each(['*', '', '6.5.0', 'v6.5.0', '6.x', '~6.5', '>=6.4 <7', '>6.4.0, <7.0.0'])(
    'version %j is found and pinned',
    async (version) => {
      expect(await open().chart(podinfo(version))).toEqual(found());
    },
  );

  test('a trailing slash of the repository does not matter', async () => {
    const chart = { ...podinfo(), repository: `${server.url}/charts/` };
    const remotes = open({ allow: [`${server.url}/charts/`] });
    expect(await remotes.chart(chart)).toEqual(found());
    expect(remotes.archives.bytesOf(sha256(packed))).toEqual(packed);
  });

  test('an absolute address below the repository, and one that is allowed itself, are followed', async () => {
    serveIndex([{ version: '6.5.0', urls: [`${server.url}/charts/podinfo-6.5.0.tgz`] }]);
    expect(await open().chart(podinfo())).toEqual(found());
    server.answers.set('/files/p.tgz', packed);
    serveIndex([{ version: '6.5.0', urls: ['../files/p.tgz'] }]);
    expect(await open({ allow: [`${server.url}/charts`, `${server.url}/files`] }).chart(podinfo())).toEqual(
      found(),
    );
  });

  test('a chart that lies where nothing is allowed is refused, and not asked for', async () => {
    for (const url of [`${server.url}/chartsandmore/p.tgz`, '../files/p.tgz', '//127.0.0.1:1/charts/p.tgz']) {
      serveIndex([{ version: '6.5.0', urls: [url] }]);
      const { href } = new URL(url, `${server.url}/charts/`);
      expect(await open().chart(podinfo())).toEqual({
        refused: `\`podinfo\` 6.5.0 of ${server.url}/charts lies elsewhere: ${href} is remote, and the settings do not allow it; list it in \`remotes.allow\` of .hydrant.yaml to have it fetched`,
      });
    }
    expect(new Set(server.requests)).toEqual(new Set(['/charts/index.yaml']));
  });

  test("a repository's query goes to its charts too", async () => {
    server.answers.set(
      '/charts/index.yaml?key=a',
      indexOf({ podinfo: [{ version: '6.5.0', urls: ['p.tgz'] }] }),
    );
    server.answers.set('/charts/p.tgz?key=a', packed);
    const chart = { ...podinfo(), repository: `${server.url}/charts?key=a` };
    expect(await open().chart(chart)).toEqual(found());
    expect(await open().chart({ ...chart, chart: 'none' })).toEqual({
      refused: `${server.url}/charts has no chart \`none\``,
    });
  });

  test('base and head of a review see the same, and the repository is read once', async () => {
    const review = open();
    const answers = await Promise.all(
      [podinfo(), podinfo('6.x'), podinfo()].map((chart) => review.chart(chart)),
    );
    expect(answers).toEqual([found(), found(), found()]);
    serveIndex([]);
    await server.close();
    expect(await review.chart(podinfo())).toEqual(found());
    expect(server.requests.filter((asked) => asked === '/charts/index.yaml')).toHaveLength(1);
  });

  test('what has a digest is kept by it, for reviews to come', async () => {
    expect(await open().chart(podinfo())).toEqual(found());
    expect(await readdir(path.join(cacheDir, 'sha256'))).toEqual([`${sha256(packed)}.tgz`]);
    server.answers.delete('/charts/podinfo-6.5.0.tgz');
    expect(await open().chart(podinfo())).toEqual(found());
    expect(await open({ cacheDir: undefined }).chart(podinfo())).toEqual({
      refused: `${server.url}/charts/podinfo-6.5.0.tgz answers with status 404`,
    });
  });

  test('a kept file that was damaged is fetched again', async () => {
    await open().chart(podinfo());
    const file = path.join(cacheDir, 'sha256', `${sha256(packed)}.tgz`);
    await writeFile(file, 'damaged');
    expect(await open().chart(podinfo())).toEqual(found());
    expect(await readFile(file)).toEqual(packed);
  });

  test('a cache that cannot be written to does not matter', async () => {
    const file = path.join(cacheDir, 'file');
    await writeFile(file, '');
    expect(await open({ cacheDir: file }).chart(podinfo())).toEqual(found());
  });

  test('a chart with another digest than announced is refused and not kept', async () => {
    serveIndex([{ version: '6.5.0', urls: ['podinfo-6.5.0.tgz'], digest: '0'.repeat(64) }]);
    expect(await open().chart(podinfo())).toEqual({
      refused: `${server.url}/charts/podinfo-6.5.0.tgz does not have the digest it is announced with (sha256:${'0'.repeat(64)})`,
    });
    serveIndex([{ version: '6.5.0', urls: ['podinfo-6.5.0.tgz'], digest: 'md5:1' }]);
    expect(await open().chart(podinfo())).toEqual({
      refused: `\`podinfo\` 6.5.0 of ${server.url}/charts has a digest in the repository's index that is no SHA-256`,
    });
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test('versions keep their text: 1.10 is not 1.1', async () => {
    server.answers.set(
      '/charts/index.yaml',
      'apiVersion: v1\nentries:\n  podinfo:\n  - {version: 1.9, urls: [a.tgz]}\n  - {version: 1.10, urls: [podinfo-6.5.0.tgz]}\n',
    );
    expect(await open().chart(podinfo())).toEqual(found('1.10'));
  });

  test.each([
    ['an empty file', ''],
    ['a page', '<html><body>secret</body></html>'],
    ['no YAML', 'entries: [secret'],
    ['no entries', 'apiVersion: v1\n'],
    ['nesting without end', '['.repeat(100_000)],
    ['aliases that multiply', `a: &a [x,x]\nb: &b [*a,*a]\nentries: 3\n`],
  ])('%s in place of the index is told', async (_, text) => {
    server.answers.set('/charts/index.yaml', text);
    expect(await open().chart(podinfo())).toEqual({
      refused: `${server.url}/charts/index.yaml is no index of a Helm repository`,
    });
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['no address', { version: '1.0.0' }, "has no address in the repository's index"],
    [
      'an empty list of addresses',
      { version: '1.0.0', urls: [] },
      "has no address in the repository's index",
    ],
    [
      'an address of another kind',
      { version: '1.0.0', urls: ['ftp://a/b'] },
      "has none but an unusable address in the repository's index",
    ],
    [
      'an address with credentials',
      { version: '1.0.0', urls: ['https://me:secret@a.example/b'] },
      "has none but an unusable address in the repository's index",
    ],
  ])('%s for a chart is told', async (_, entry, reason) => {
    serveIndex([entry, { version: 0 }, { version: ['x'] }]);
    expect(await open().chart(podinfo())).toEqual({
      refused: `\`podinfo\` 1.0.0 of ${server.url}/charts ${reason}`,
    });
  });

  test('a chart or version that is not there is told', async () => {
    const review = open();
    expect(await review.chart({ ...podinfo(), chart: 'constructor' })).toEqual({
      refused: `${server.url}/charts has no chart \`constructor\``,
    });
    for (const version of ['>9', 'nonsense', '7.x']) {
      expect(await review.chart(podinfo(version))).toEqual({
        refused: `${server.url}/charts has no version of \`podinfo\` that fits \`${version}\``,
      });
    }
  });
});
