import { chmod, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Mirror, openMirror } from '../../src/git/mirror.ts';
import { type GitServer, startGitServer } from '../helpers/gitServer.ts';
import { createFolder, createRepository, runGit, type TestRepository } from '../helpers/repository.ts';

const TOKEN = 'ghs_canary-installation-token';
const closing: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(closing.map((each) => each.close())));

interface Place {
  readonly made: TestRepository;
  readonly server: GitServer;
  readonly mirror: Mirror;
  readonly dataDir: string;
  readonly reopen: () => Promise<Mirror>;
}

async function place(options: { filters?: boolean; token?: string | null } = {}): Promise<Place> {
  const made = await createRepository();
  const server = await startGitServer({
    token: TOKEN,
    ...options,
    repositories: { 'acme/gitops': made.gitDir },
  });
  const dataDir = await createFolder();
  const reopen = async () => {
    const mirror = await openMirror({
      dataDir,
      owner: 'acme',
      name: 'gitops',
      url: server.urlOf('acme/gitops'),
    });
    closing.push(mirror);
    return mirror;
  };
  closing.push(server);
  return { made, server, dataDir, reopen, mirror: await reopen() };
}

/** Commits in a row on a branch, made by one process; the last one's id. */
async function commits(made: TestRepository, count: number, branch = 'main', from?: string): Promise<string> {
  const parts = [`reset refs/heads/${branch}\n`, from === undefined ? '' : `from ${from}\n`];
  for (let index = 0; index < count; index++) {
    const content = `${branch} ${index}\n`;
    parts.push(`commit refs/heads/${branch}\ncommitter A <a@b> ${1_700_000_000 + index} +0000\ndata 0\n`);
    parts.push(`M 100644 inline ${branch}.yaml\ndata ${content.length}\n${content}\n`);
  }
  await made.git(['fast-import', '--quiet', '--force'], parts.join(''));
  return made.git(['rev-parse', branch]);
}

/** Does the work with a `git` first in the path that notes its arguments, and what they set by the environment. */
async function recordingArguments(work: () => Promise<void>): Promise<string> {
  const log = path.join(await createFolder(), 'arguments');
  const real = `PATH='${process.env.PATH}' exec git "$@"`;
  await withGit(`printf '%s ' "$@" "$GIT_CONFIG_KEY_0" >> ${log}\n${real}`, work);
  return readFile(log, 'utf8');
}

/** Does the work with a script of the shell in place of `git`. */
async function withGit(script: string, work: () => Promise<void>): Promise<void> {
  const folder = await createFolder();
  const before = process.env.PATH ?? '';
  await writeFile(path.join(folder, 'git'), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(folder, 'git'), 0o755);
  process.env.PATH = `${folder}${path.delimiter}${before}`;
  try {
    await work();
  } finally {
    process.env.PATH = before;
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const bytesOf = ({ requests }: GitServer) => requests.reduce((sum, { bytes }) => sum + bytes, 0);

describe('fetch', () => {
  test('brings whole commits without their ancestors, and asks for nothing twice', async () => {
    const { made, server, mirror } = await place();
    const old = await made.commit({
      'big.bin': Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))),
      a: '1',
    });
    const head = await made.commit({ 'big.bin': null, 'dir/b': 'b' });
    await mirror.fetch({ commits: [head], token: TOKEN });

    const snapshot = await mirror.snapshot(head);
    expect([...snapshot.entries.keys()]).toEqual(['a', 'dir', 'dir/b']);
    expect(text(await snapshot.read('dir/b'))).toBe('b');
    await expect(mirror.resolve(old)).rejects.toMatchObject({ code: 'unknown-revision' });
    expect(bytesOf(server)).toBeLessThan(5_000);

    const asked = server.requests.length;
    await mirror.fetch({ commits: [head, head], token: TOKEN });
    expect(server.requests.length).toBe(asked);
    await mirror.fetch({ commits: [old, head], token: TOKEN });
    expect((await mirror.changedPaths(old, head)).map(({ path }) => path)).toEqual(['big.bin', 'dir/b']);
  });

  test('of the next commit only what is new comes', async () => {
    const { made, server, mirror } = await place();
    const first = await made.commit({
      'big.bin': Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))),
    });
    await mirror.fetch({ commits: [first], token: TOKEN });
    const before = bytesOf(server);
    await made.commit({ a: '1' });
    const third = await made.commit({ a: '2' });
    await mirror.fetch({ commits: [third], token: TOKEN });
    expect(bytesOf(server) - before).toBeLessThan(5_000);
    expect((await (await mirror.snapshot(third)).read('big.bin')).length).toBe(60_000);
    // The other way round: an ancestor of what is there comes whole as well.
    const second = await made.git(['rev-parse', `${third}~1`]);
    await mirror.fetch({ commits: [second], token: TOKEN });
    expect(text(await (await mirror.snapshot(second)).read('a'))).toBe('1');
    await runGit(mirror.gitDir, ['fsck', '--full', '--strict']);
  });

  test('references resolve by their name, and follow a force-push', async () => {
    const { made, mirror } = await place();
    const first = await made.commit({ a: '1' });
    await mirror.fetch({ refs: ['refs/heads/main'], token: TOKEN });
    expect(await mirror.resolve('refs/heads/main')).toBe(first);
    expect(await mirror.defaultBranch()).toBe('refs/heads/main');
    const other = await made.commit({ a: '2' }, { parent: null });
    await mirror.fetch({ refs: ['refs/heads/main'], token: TOKEN });
    expect(await mirror.resolve('refs/heads/main')).toBe(other);
  });

  test('a commit that no branch has any more comes while the remote has it, then is told as missing', async () => {
    const { made, server, mirror } = await place();
    await made.commit({ a: '1' });
    const replaced = await made.commit({ a: '2' }, { branch: 'feature' });
    await made.commit({ a: '3' }, { branch: 'feature', parent: 'main' });
    await mirror.fetch({ commits: [replaced], token: TOKEN });
    const gone = 'd'.repeat(40);
    await expect(mirror.fetch({ commits: [replaced, gone], token: TOKEN })).rejects.toMatchObject({
      code: 'object-missing',
      message: `${server.urlOf('acme/gitops')} has no commit ${gone} any more; it was probably replaced by a force-push.`,
    });
    await expect(mirror.fetch({ refs: ['refs/heads/none'], token: TOKEN })).rejects.toMatchObject({
      code: 'object-missing',
      message: `${server.urlOf('acme/gitops')} has no reference refs/heads/none.`,
    });
    expect(text(await (await mirror.snapshot(replaced)).read('a'))).toBe('2');
  });

  test.each(['main', '--upload-pack=touch x', 'HEAD', `^${'a'.repeat(40)}`])(
    'takes no name %j for a commit',
    async (name) => {
      const { mirror } = await place();
      const wrong = {
        code: 'unknown-revision',
        message: `\`${name}\` is no full commit id and no full reference (refs/...).`,
      };
      await expect(mirror.fetch({ commits: [name], token: TOKEN })).rejects.toMatchObject(wrong);
      await expect(mirror.fetch({ refs: [name], token: TOKEN })).rejects.toMatchObject(wrong);
      await expect(mirror.fetch({ refs: ['refs/heads/*'], token: TOKEN })).rejects.toMatchObject({
        code: 'unknown-revision',
      });
      await expect(mirror.fetch({ refs: ['refs/heads/a:refs/b'], token: TOKEN })).rejects.toMatchObject({
        code: 'unknown-revision',
      });
    },
  );

  test('many fetches at once all succeed', async () => {
    const { made, reopen } = await place();
    const ids: string[] = [];
    for (let index = 0; index < 6; index++) ids.push(await made.commit({ [`f${index}`]: String(index) }));
    const mirrors = await Promise.all([reopen(), reopen()]);
    await Promise.all(
      ids.flatMap((id) =>
        mirrors.map((mirror) => mirror.fetch({ commits: [id, ids[0] ?? ''], token: TOKEN })),
      ),
    );
    for (const id of ids) await mirrors[0]?.snapshot(id);
  });
});

describe('the token', () => {
  test('goes to the remote, and into no argument, file or message', async () => {
    const { made, server, mirror, dataDir } = await place();
    const base = await made.commit({ a: '1' });
    const head = await made.commit({ a: '2' });
    const seen = await recordingArguments(async () => {
      await mirror.fetch({ commits: [head], refs: ['refs/heads/main'], token: TOKEN });
      await mirror.fetchMergeBase({ base, head, token: TOKEN });
    });
    const sent = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
    expect(new Set(server.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`basic ${sent}`]),
    );
    expect(server.requests.some(({ url }) => url.includes(TOKEN))).toBe(false);
    expect(seen).toContain(`fetch --quiet`);
    expect(seen.includes(TOKEN) || seen.includes(sent)).toBe(false);
    // For no other host, should Git ever ask one.
    expect(seen).toContain(` http.${server.urlOf('acme/gitops')}.extraHeader `);
    expect(seen).not.toContain(' http.extraHeader ');

    for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const content = await readFile(path.join(entry.parentPath, entry.name), 'latin1');
      expect(content.includes(TOKEN) || content.includes(sent)).toBe(false);
    }
  });

  test('that is refused, forbidden or blind gives a typed error without it', async () => {
    const { made, server, mirror } = await place();
    const head = await made.commit({ a: '1' });
    const url = server.urlOf('acme/gitops');
    const asking = async (failWith: number | null, token: string | null) => {
      server.failWith = failWith;
      const error: unknown = await mirror
        .fetch({ commits: [head], token })
        .catch((reason: unknown) => reason);
      expect(String(error) + JSON.stringify(error)).not.toContain(token ?? TOKEN);
      return error;
    };
    const expired = {
      code: 'unauthorized',
      message: `${url} does not accept the token; it may have expired.`,
    };
    expect(await asking(null, 'ghs_expired')).toMatchObject(expired);
    expect(await asking(null, null)).toMatchObject(expired);
    expect(await asking(403, TOKEN)).toMatchObject({
      code: 'unauthorized',
      message: `${url} does not allow the token to read it (403).`,
    });
    expect(await asking(404, TOKEN)).toMatchObject({
      code: 'unauthorized',
      message: `${url} does not exist, or the token may not see it.`,
    });
    for (const status of [500, 502, 429]) {
      expect(await asking(status, TOKEN)).toMatchObject({
        code: 'fetch-failed',
        message: `${url} answered with status ${status}; try again later.`,
      });
    }
    server.failWith = null;
    await mirror.fetch({ commits: [head], token: TOKEN });
  });

  test('is hidden in whatever git says', async () => {
    const { mirror } = await place();
    const odd = `echo "fatal: odd ${TOKEN}, $GIT_CONFIG_VALUE_0" >&2; exit 128`;
    const real = `PATH='${process.env.PATH}' exec git "$@"`;
    await withGit(`case "$*" in *" fetch "*) ${odd};; esac\n${real}`, async () => {
      await expect(mirror.fetch({ commits: ['a'.repeat(40)], token: TOKEN })).rejects.toMatchObject({
        message: expect.stringContaining('fatal: odd ***, AUTHORIZATION: basic ***'),
      });
    });
  });

  test('is not carried to where a redirect leads', async () => {
    const { server, dataDir } = await place();
    const mover = createServer((request, response) => {
      response
        .writeHead(301, {
          location: server.urlOf('acme/gitops').replace('/acme/gitops.git', request.url ?? ''),
        })
        .end();
    });
    await new Promise<void>((resolve) => mover.listen(0, '127.0.0.1', resolve));
    closing.push({ close: async () => void mover.close() });
    // Always an address with a port: the server listens on TCP.
    const url = `http://127.0.0.1:${(mover.address() as AddressInfo).port}/acme/gitops.git`;
    const mirror = await openMirror({ dataDir, owner: 'acme', name: 'gitops', url });
    await expect(mirror.fetch({ commits: ['a'.repeat(40)], token: TOKEN })).rejects.toMatchObject({
      code: 'fetch-failed',
      message: `${url} answered with status 301; try again later.`,
    });
    expect(server.requests).toEqual([]);
  });
});

describe('fetchMergeBase', () => {
  test('finds where the branches part, with its files, without the history before', async () => {
    const { made, server, mirror } = await place();
    const fork = await commits(made, 3_000);
    const base = await commits(made, 5, 'main', fork);
    const head = await commits(made, 3, 'feature', fork);
    expect(await mirror.fetchMergeBase({ base, head, token: TOKEN })).toBe(fork);
    expect((await mirror.snapshot(fork)).entries.has('main.yaml')).toBe(true);
    expect(await mirror.mergeBase(base, head)).toBe(fork);
    const history = path.join(path.dirname(mirror.gitDir), 'history.git');
    expect(Number(await runGit(history, ['rev-list', '--all', '--count']))).toBeLessThan(120);
    expect(bytesOf(server)).toBeLessThan(40_000);
    const asked = server.requests.length;
    expect(await mirror.fetchMergeBase({ base, head, token: TOKEN })).toBe(fork);
    expect(server.requests.length).toBe(asked);
  });

  test('goes back as far as it must', async () => {
    const { made, mirror } = await place();
    const fork = await commits(made, 20);
    const base = await commits(made, 1_200, 'main', fork);
    const head = await commits(made, 2, 'feature', fork);
    expect(await mirror.fetchMergeBase({ base, head, token: TOKEN })).toBe(fork);
  });

  test('is not misled by an old common ancestor that lies on a short way', async () => {
    const { made, mirror } = await place();
    const old = await commits(made, 5);
    const fork = await commits(made, 50, 'main', old);
    const base = await commits(made, 3, 'main', fork);
    // The head merges a branch that left long ago: a short way to `old`, a long one to `fork`.
    const long = await commits(made, 150, 'feature', fork);
    const short = await commits(made, 1, 'release', old);
    const head = await made.commit({}, { branch: 'feature', parent: [long, short] });
    const side = await made.commit({}, { branch: 'side', parent: [base, short] });
    for (const [one, other] of [
      [base, head],
      [side, head],
    ] as const) {
      const right = (await made.git(['merge-base', one, other])).trim();
      expect(await mirror.fetchMergeBase({ base: one, head: other, token: TOKEN })).toBe(right);
    }
  });

  test('grows with the branches: a later head, a branch that left before what is known', async () => {
    const { made, mirror } = await place();
    const old = await commits(made, 300);
    const base = await commits(made, 300, 'main', old);
    const first = await commits(made, 2, 'one', base);
    expect(await mirror.fetchMergeBase({ base, head: first, token: TOKEN })).toBe(base);
    const later = await commits(made, 2, 'one', first);
    expect(await mirror.fetchMergeBase({ base, head: later, token: TOKEN })).toBe(base);
    const ancient = await commits(made, 1, 'two', old);
    expect(await mirror.fetchMergeBase({ base, head: ancient, token: TOKEN })).toBe(old);
    expect(await mirror.fetchMergeBase({ base: ancient, head: later, token: TOKEN })).toBe(old);
  });

  test('histories that never met have none', async () => {
    const { made, mirror } = await place();
    const base = await made.commit({ a: '1' });
    const head = await made.commit({ b: '1' }, { branch: 'orphan', parent: null });
    expect(await mirror.fetchMergeBase({ base, head, token: TOKEN })).toBeNull();
    expect(await mirror.fetchMergeBase({ base: head, head, token: TOKEN })).toBe(head);
  });

  test('works with a remote that knows no filters', async () => {
    const { made, mirror } = await place({ filters: false });
    const base = await commits(made, 200);
    const head = await commits(made, 2, 'feature', base);
    expect(await mirror.fetchMergeBase({ base, head, token: TOKEN })).toBe(base);
  });

  test('without a fetch before, the history is said to be missing', async () => {
    const { mirror } = await place();
    await expect(mirror.mergeBase('a'.repeat(40), 'b'.repeat(40))).rejects.toMatchObject({
      code: 'object-missing',
      message: 'The history of the two commits is not in the mirror; fetch their merge base.',
    });
  });
});

describe('openMirror', () => {
  test('finds again what an earlier process fetched', async () => {
    const { made, server, mirror, reopen } = await place();
    const head = await made.commit({ a: '1' });
    await mirror.fetch({ commits: [head], token: TOKEN });
    const asked = server.requests.length;
    const again = await reopen();
    await again.fetch({ commits: [head], token: TOKEN });
    expect(text(await (await again.snapshot(head)).read('a'))).toBe('1');
    expect([again.gitDir, server.requests.length]).toEqual([mirror.gitDir, asked]);
  });

  test('every owner and name has a folder of its own inside the data folder', async () => {
    const dataDir = await createFolder();
    const folderOf = async (owner: string, name: string, url = 'http://127.0.0.1:1/x.git') => {
      const mirror = await openMirror({ dataDir, owner, name, url });
      return path.relative(dataDir, path.dirname(mirror.gitDir));
    };
    const folders = [];
    for (const [owner, name] of [
      ['..', '..'],
      ['a', 'b.c'],
      ['a', 'b_c'],
      ['a/b', 'c'],
      ['a', 'b/c'],
      ['x'.repeat(300), 'ü'],
    ] as const) {
      folders.push(await folderOf(owner, name));
    }
    expect(new Set(folders).size).toBe(folders.length);
    for (const folder of folders) expect(folder).toMatch(/^mirrors\/[a-z0-9_-]+-[0-9a-f]{16}$/);
    expect(await folderOf('A', 'B.c')).toBe(folders[1]);
    // The same names on another server are another repository.
    expect(folders).not.toContain(await folderOf('a', 'b.c', 'http://127.0.0.1:2/x.git'));
  });

  test('what a crash left behind is cleared or made anew at the next fetch', async () => {
    const { made, mirror, reopen } = await place();
    const head = await made.commit({ a: '1' });
    await mirror.fetch({ commits: [head], token: TOKEN });
    const damages: [name: string, damage: () => Promise<void>][] = [
      [
        'a lock',
        async () => {
          for (const name of [
            'shallow.lock',
            'packed-refs.lock',
            'refs/heads/main.lock',
            '../history.git.new-1',
          ]) {
            await writeFile(path.join(mirror.gitDir, name), '');
            await utimes(path.join(mirror.gitDir, name), 1, 1);
          }
        },
      ],
      ['no HEAD', () => rm(path.join(mirror.gitDir, 'HEAD'))],
      ['half a configuration', () => writeFile(path.join(mirror.gitDir, 'config'), '[core\nbare')],
      ['no references', () => rm(path.join(mirror.gitDir, 'refs'), { recursive: true })],
      ['no objects', () => rm(path.join(mirror.gitDir, 'objects'), { recursive: true })],
      ['garbage for boundaries', () => writeFile(path.join(mirror.gitDir, 'shallow'), 'garbage\n')],
      ['nothing at all', () => rm(mirror.gitDir, { recursive: true })],
    ];
    for (const [name, damage] of damages) {
      const next = await made.commit({ a: name });
      await mirror.close();
      await damage();
      const again = await reopen();
      await again.fetch({ commits: [next], refs: ['refs/heads/main'], token: TOKEN });
      expect(text(await (await again.snapshot(next)).read('a'))).toBe(name);
    }
    expect(await readdir(path.dirname(mirror.gitDir))).toEqual(['commits.git', 'history.git']);
  });

  test('a file that was damaged on disk is told, and whole after the next fetch', async () => {
    const { made, mirror } = await place();
    for (const damage of ['remove', 'truncate', 'overwrite'] as const) {
      const head = await made.commit({ a: damage });
      await mirror.fetch({ commits: [head], token: TOKEN });
      const snapshot = await mirror.snapshot(head);
      const oid = snapshot.entries.get('a')?.oid ?? '';
      const file = path.join(mirror.gitDir, 'objects', oid.slice(0, 2), oid.slice(2));
      expect((await stat(file)).isFile()).toBe(true);
      await rm(file);
      if (damage !== 'remove') await writeFile(file, damage === 'truncate' ? '' : 'garbage');
      await expect(snapshot.read('a')).rejects.toMatchObject({
        message: expect.stringMatching(/The mirror was damaged; it is fetched again next time\.$/),
      });
      await mirror.fetch({ commits: [head], token: TOKEN });
      expect(text(await (await mirror.snapshot(head)).read('a'))).toBe(damage);
    }
  });

  test('a remote that cannot be reached is told', async () => {
    const url = 'http://127.0.0.1:9/acme/gitops.git';
    const mirror = await openMirror({ dataDir: await createFolder(), owner: 'acme', name: 'gitops', url });
    await expect(mirror.fetch({ commits: ['a'.repeat(40)], token: TOKEN })).rejects.toMatchObject({
      code: 'fetch-failed',
      message: `${url} cannot be reached; try again later.`,
    });
  });

  test.each(['ssh://git@example.com/x', 'ext::sh -c true', 'https://user:canary-pass@example.com/x'])(
    'fetches from no address such as %s',
    async (url) => {
      const mirror = await openMirror({ dataDir: await createFolder(), owner: 'a', name: 'b', url });
      await expect(mirror.fetch({ commits: ['a'.repeat(40)], token: TOKEN })).rejects.toMatchObject({
        code: 'fetch-failed',
        message: 'The address to fetch from must be https: and without credentials.',
      });
    },
  );

  test('a fetch stops when its caller does', async () => {
    const { made, mirror } = await place();
    const head = await made.commit({ a: '1' });
    const controller = new AbortController();
    const fetching = mirror.fetch({ commits: [head], token: TOKEN, signal: controller.signal });
    controller.abort();
    await expect(fetching).rejects.toMatchObject({ code: 'aborted' });
    await mirror.fetch({ commits: [head], token: TOKEN });
  });

  test('pruning lets go of old commits, and they can be fetched again', async () => {
    const { made, mirror } = await place();
    const base = await commits(made, 150);
    const head = await commits(made, 2, 'feature', base);
    const review = async () => {
      await mirror.fetch({ commits: [base, head], token: TOKEN });
      expect(await mirror.fetchMergeBase({ base, head, token: TOKEN })).toBe(base);
      expect((await mirror.changedPaths(base, head)).map(({ path }) => path)).toEqual(['feature.yaml']);
      expect(text(await (await mirror.snapshot(head)).read('feature.yaml'))).toBe('feature 1\n');
    };
    await review();
    await mirror.prune(1);
    expect(await mirror.mergeBase(base, head)).toBe(base);
    await review();
    await mirror.prune(0);
    expect(await runGit(mirror.gitDir, ['for-each-ref'])).toBe('');
    await review();
  });
});
