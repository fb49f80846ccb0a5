import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createRemoteInputs, type RemoteInputsOptions } from '../../src/remote/remoteInputs.ts';
import { type GitServer, startGitServer } from '../helpers/gitServer.ts';
import { createFolder, createRepository, runGit, type TestRepository } from '../helpers/repository.ts';
import { redirectTo, startWebServer } from './webServer.ts';

const FILE = 'kind: ConfigMap\n';

let upstream: TestRepository;
let server: GitServer;
let cacheDir: string;
let first: string;
beforeEach(async () => {
  upstream = await createRepository();
  first = await upstream.commit({ 'a/file.yaml': FILE });
  server = await startGitServer({ repositories: { 'acme/base': upstream.gitDir }, token: null });
  cacheDir = await createFolder();
});
afterEach(async () => {
  await server.close();
  await upstream.remove();
});

const url = () => server.urlOf('acme/base');
const open = (options: Partial<RemoteInputsOptions> = {}) =>
  createRemoteInputs({ allow: [url()], cacheDir, signal: new AbortController().signal, ...options });
const refused = async (repository: string, options: Partial<RemoteInputsOptions> = {}, ref = '') =>
  open(options).repository({ repository, ref });
const kept = (commit: string) => ({
  gitDir: path.join(cacheDir, 'git', commit),
  commit,
  snapshot: expect.any(Function),
});

describe.each([1, 2] as const)('a Git repository by version %d of the protocol', (protocol) => {
  beforeEach(async () => {
    await server.close();
    server = await startGitServer({ repositories: { 'acme/base': upstream.gitDir }, token: null, protocol });
  });

  test('is fetched at its default branch, without history', async () => {
    const second = await upstream.commit({ 'a/more.yaml': FILE });
    expect(await open().repository({ repository: url(), ref: '' })).toEqual(kept(second));
    const { gitDir } = kept(second);
    expect(await runGit(gitDir, ['ls-tree', '-r', '--name-only', second])).toBe('a/file.yaml\na/more.yaml');
    expect(await runGit(gitDir, ['show', `${second}:a/file.yaml`])).toBe(FILE.trim());
    expect(await runGit(gitDir, ['log', '--format=%H', second])).toBe(second);
  });

  test('is found by branch, tag, annotated tag, full name and commit', async () => {
    const branch = await upstream.commit({ branch: 'b' }, { branch: 'feature/x' });
    await upstream.git(['tag', 'v1', first]);
    await upstream.git(['tag', '-a', '-m', 'release', 'v2', branch]);
    // A tag goes before a branch of its name.
    await upstream.git(['branch', 'v1', branch]);
    const wanted = [
      ['main', first],
      ['feature/x', branch],
      ['v1', first],
      ['v2', branch],
      ['refs/heads/v1', branch],
      ['refs/tags/v2', branch],
      ['heads/v1', branch],
      ['HEAD', first],
      [first, first],
    ] as const;
    for (const [ref, commit] of wanted) {
      expect([ref, await open().repository({ repository: url(), ref })]).toEqual([ref, kept(commit)]);
    }
    expect(await readdir(path.join(cacheDir, 'git'))).toEqual([first, branch].toSorted());
  });

  test('is found by a range of versions where that is asked, for the newest tag in it', async () => {
    const newer = await upstream.commit({ 'c.yaml': FILE });
    await upstream.git(['tag', 'v1.2.0', first]);
    await upstream.git(['tag', '-a', '-m', 'release', 'v1.10.0', newer]);
    await upstream.git(['tag', 'v2.0.0-rc.1', newer]);
    for (const ref of ['1.x', '^1.2', '>=1.0.0 <2', '*']) {
      const found = await open().repository({ repository: url(), ref, orRange: true });
      expect([ref, found]).toEqual([ref, kept(newer)]);
    }
    expect(await open().repository({ repository: url(), ref: '~1.2', orRange: true })).toEqual(kept(first));
    expect(await open().repository({ repository: url(), ref: 'v1.2.0', orRange: true })).toEqual(kept(first));
    const none = { refused: `${url()} has no branch or tag \`3.x\`` };
    expect(await open().repository({ repository: url(), ref: '3.x', orRange: true })).toEqual(none);
    expect(await refused(url(), {}, '1.x')).toEqual({ refused: `${url()} has no branch or tag \`1.x\`` });
  });

  test('that has no such branch is refused', async () => {
    expect(await refused(url(), {}, 'gone')).toEqual({ refused: `${url()} has no branch or tag \`gone\`` });
    const unknown = '0'.repeat(39).concat('1');
    expect(await refused(url(), {}, unknown)).toEqual({
      refused: expect.stringMatching(/ (?:refuses to be read|did not send the whole commit|broke off)/),
    });
    expect(await readdir(cacheDir)).toEqual([]);
  });
});

describe('a Git repository', () => {
  test('means the same for base and head, whatever is pushed meanwhile', async () => {
    const review = open();
    expect(await review.repository({ repository: url(), ref: 'main' })).toEqual(kept(first));
    const second = await upstream.commit({ 'b.yaml': FILE });
    expect(await review.repository({ repository: url(), ref: 'main' })).toEqual(kept(first));
    expect(await open().repository({ repository: url(), ref: 'main' })).toEqual(kept(second));
  });

  test('is kept by its commit: only its branches are asked for again, and nothing for a commit', async () => {
    await open().repository({ repository: url(), ref: 'main' });
    const before = server.requests.length;
    await open().repository({ repository: url(), ref: 'main' });
    expect(server.requests.slice(before).map(({ method, url: asked }) => `${method} ${asked}`)).toEqual([
      'GET /acme/base.git/info/refs?service=git-upload-pack',
      'POST /acme/base.git/git-upload-pack',
    ]);
    await server.close();
    expect(await open().repository({ repository: url(), ref: first })).toEqual(kept(first));
    await rm(kept(first).gitDir, { recursive: true });
    expect(await open().repository({ repository: url(), ref: first })).toEqual({
      refused: `${url()}/info/refs refuses the connection; it is fetched again with the next review`,
    });
  });

  test('is allowed by its address with and without .git, and nobody is called for another', async () => {
    const bare = url().replace(/\.git$/, '');
    expect(await refused(url(), { allow: [bare] })).toEqual(kept(first));
    const asked = server.requests.length;
    for (const allow of [[], [`${bare}s`], [`${bare}/a`]]) {
      expect(await refused(url(), { allow })).toEqual({
        refused: `${url()} is remote, and the settings do not allow it; list it in \`remotes.allow\` of .hydrant.yaml to have it fetched`,
      });
    }
    expect(server.requests).toHaveLength(asked);
  });

  test.each(['git@github.com:acme/base.git', 'ssh://git@github.com/acme/base.git'])(
    'of GitHub by SSH, %s, is the one by HTTPS',
    async (repository) => {
      expect(await refused(repository)).toEqual({
        refused:
          'https://github.com/acme/base.git is remote, and the settings do not allow it; list it in `remotes.allow` of .hydrant.yaml to have it fetched',
      });
      const offline = { allow: ['https://github.com/acme/base'], offline: true };
      expect(await refused(repository, offline)).toEqual({
        refused: expect.stringMatching(/^https:\/\/github\.com\/acme\/base\.git is remote and was not kept/),
      });
    },
  );

  test.each([
    ['git@git.example.com:acme/base', 'https://git.example.com/acme/base'],
    ['ssh://git@git.example.com:2222/acme/base', 'https://git.example.com/acme/base'],
  ])('%s, by SSH, is refused with the address that would do', async (repository, https) => {
    const shown = repository.replace('ssh://git@', 'ssh://');
    expect(await refused(repository, { allow: ['https://git.example.com'] })).toEqual({
      refused: `${shown} is reached by SSH, for which Hydrant has no key; where anybody may read the repository, name it by \`${https}\` and list that in \`remotes.allow\` of .hydrant.yaml to have it fetched`,
    });
  });

  test('of this machine or with credentials is refused', async () => {
    expect(await refused('file:///srv/git/base')).toEqual({
      refused:
        'file:///srv/git/base is no web address of a Git repository; `remotes.allow` of .hydrant.yaml cannot list it',
    });
    expect(await refused('https://me:secret@github.com/acme/base')).toEqual({
      refused:
        'https://github.com/acme/base holds credentials, which Hydrant does not use; `remotes.allow` of .hydrant.yaml cannot list it',
    });
  });

  test('that wants credentials, or is none, is refused', async () => {
    const locked = await startGitServer({ repositories: { 'acme/base': upstream.gitDir }, token: 'secret' });
    const web = await startWebServer({ '/page/info/refs?service=git-upload-pack': '<html>' });
    try {
      for (const repository of [locked.urlOf('acme/base'), server.urlOf('acme/gone')]) {
        expect(await refused(repository, { allow: [repository] })).toEqual({
          refused: `${repository} is no Git repository, or wants credentials, and Hydrant has none to give`,
        });
      }
      expect(await refused(`${web.url}/page`, { allow: [web.url] })).toEqual({
        refused: `${web.url}/page is no Git repository`,
      });
    } finally {
      await Promise.all([locked.close(), web.close()]);
    }
  });

  test('that has moved is followed, and never to a local address that is not allowed', async () => {
    const moved = await startWebServer({
      '/old/info/refs?service=git-upload-pack': redirectTo(`${url()}/info/refs?service=git-upload-pack`, 301),
    });
    const repository = `${moved.url}/old`;
    try {
      expect(await refused(repository, { allow: [moved.url, url()] })).toEqual(kept(first));
      expect(await refused(repository, { allow: [moved.url] })).toEqual({
        refused: expect.stringContaining(
          'leads to a loopback address, and only public ones are fetched from',
        ),
      });
    } finally {
      await moved.close();
    }
  });

  test('that is larger than allowed is refused', async () => {
    const large = Array.from({ length: 4000 }, (_, index) => `${index} ${Math.sin(index)}`).join('\n');
    await upstream.commit({ 'large.txt': large });
    expect(await refused(url(), { limits: { repositoryBytes: 10_000 } })).toEqual({
      refused: `${url().replace(/$/, '/git-upload-pack')} sends more than 10000 bytes, which is the most that is fetched`,
    });
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test('is fetched only where there is a folder to keep it in', async () => {
    expect(await refused(url(), { cacheDir: undefined })).toEqual({
      refused: 'Git repositories are fetched only where there is a folder to keep them in',
    });
  });
});
