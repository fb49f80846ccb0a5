import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { fc, runs } from '../helpers/properties.ts';
import {
  createFolder,
  createRepository,
  type TestFiles,
  type TestRepository,
} from '../helpers/repository.ts';

const opened: Repository[] = [];
afterAll(() => Promise.all(opened.map((repository) => repository.close())));

async function open(dir: string): Promise<Repository> {
  const repository = await openRepository(dir);
  opened.push(repository);
  return repository;
}

async function withFiles(
  files: TestFiles,
): Promise<{ made: TestRepository; repository: Repository; commit: string }> {
  const made = await createRepository();
  const commit = await made.commit(files);
  return { made, repository: await open(made.dir), commit };
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('openRepository', () => {
  test('opens a clone, a folder in it, a linked worktree and a bare repository at their objects', async () => {
    const { made, repository, commit } = await withFiles({ a: 'one' });
    const other = await made.commit({ a: 'two' }, { branch: 'other' });
    const worktree = path.join(await createFolder(), 'worktree');
    await made.git(['worktree', 'add', '--quiet', worktree, 'other']);
    await mkdir(path.join(worktree, 'deep/down'), { recursive: true });
    const bare = await createRepository({ bare: true });
    await bare.git(['fetch', '--quiet', made.dir, 'main:main']);

    const linked = await open(path.join(worktree, 'deep/down'));
    expect([repository.gitDir, linked.gitDir]).toEqual([made.gitDir, made.gitDir]);
    expect((await open(bare.dir)).gitDir).toBe(bare.dir);
    expect(await readdir(linked.gitDir)).toContain('objects');
    expect([await repository.resolve('HEAD'), await linked.resolve('HEAD')]).toEqual([commit, other]);
    expect(text(await (await linked.snapshot(other)).read('a'))).toBe('two');
  });

  test('says what is wrong with a folder that is no repository', async () => {
    const folder = await createFolder();
    await writeFile(path.join(folder, 'file'), '');
    await expect(open(folder)).rejects.toMatchObject({
      code: 'not-a-repository',
      message: `\`${folder}\` is not in a Git repository; name a folder of a clone.`,
    });
    for (const dir of [path.join(folder, 'nothing'), path.join(folder, 'file')]) {
      await expect(open(dir)).rejects.toMatchObject({
        code: 'not-a-repository',
        message: `\`${dir}\` is not a folder; name a folder of a Git clone.`,
      });
    }
  });

  test('refuses a repository with SHA-256 names', async () => {
    const made = await createRepository({ objectFormat: 'sha256' });
    await expect(open(made.dir)).rejects.toMatchObject({
      code: 'unsupported-repository',
      message: `The repository of \`${made.dir}\` names its objects by SHA256; Hydrant reads SHA-1 repositories only.`,
    });
  });

  test('says that Git is missing', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nonexistent';
    try {
      await expect(open('.')).rejects.toMatchObject({
        code: 'git-missing',
        message: 'Hydrant needs the git command and found none; install Git 2.36 or newer.',
      });
    } finally {
      process.env.PATH = path;
    }
  });

  test('runs nothing that the configuration of the repository names', async () => {
    const { made, repository, commit } = await withFiles({
      a: '1',
      '.gitattributes': '* diff=evil filter=evil',
    });
    const head = await made.commit({ a: '2' });
    const proof = path.join(await createFolder(), 'ran');
    const evil = path.join(made.dir, 'evil.sh');
    await writeFile(evil, `#!/bin/sh\ntouch ${proof}\n`);
    await chmod(evil, 0o755);
    const keys = [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.alternateRefsCommand',
      'diff.external',
      'diff.evil.command',
      'diff.evil.textconv',
      'filter.evil.smudge',
      'uploadpack.packObjectsHook',
    ];
    for (const key of keys) await made.git(['config', key, evil]);
    // A partial clone fetches what it lacks from its remote, by any command that the remote names.
    await made.git(['config', 'core.repositoryFormatVersion', '1']);
    await made.git(['config', 'extensions.partialClone', 'origin']);
    await made.git(['config', 'remote.origin.url', `ext::${evil}`]);
    await made.git(['config', 'remote.origin.promisor', 'true']);
    await made.git(['config', 'protocol.ext.allow', 'always']);
    const snapshot = await repository.snapshot(commit);
    const blob = snapshot.entries.get('a')?.oid ?? '';
    await rm(path.join(made.gitDir, 'objects', blob.slice(0, 2), blob.slice(2)));

    await expect(snapshot.read('a')).rejects.toMatchObject({
      code: 'object-missing',
      message: `Could not read \`a\`. The Git object ${blob} is not in the repository. This clone is partial: make one without \`--filter\`.`,
    });
    await repository.changedPaths(commit, head);
    await repository.mergeBase(commit, head);
    await repository.resolve('main');
    await repository.defaultBranch();
    expect(await readdir(path.dirname(proof))).toEqual([]);
    // The same configuration does run the program for a git that is called without care.
    await made.git(['cat-file', '-p', blob]).catch(() => {});
    expect(await readdir(path.dirname(proof))).toEqual(['ran']);
  });
});

describe('resolve', () => {
  test('finds commits by branch, tag, short id and ancestry', async () => {
    const { made, repository, commit } = await withFiles({ a: '1' });
    const head = await made.commit({ a: '2' });
    await made.git(['tag', '--annotate', '--message=one', 'v1', commit]);
    for (const name of ['v1', 'main~1', 'HEAD^', commit.slice(0, 10), commit]) {
      expect(await repository.resolve(name)).toBe(commit);
    }
    expect(await repository.resolve('refs/heads/main')).toBe(head);
  });

  test.each([
    'nothing',
    '',
    '--all',
    '-n1',
    '--git-dir',
    '^main',
    'main..main',
    'main:a',
    'a\0b',
    'f'.repeat(40),
  ])('names an unknown revision: %j', async (revision) => {
    const { repository } = await withFiles({ a: '1' });
    await expect(repository.resolve(revision)).rejects.toMatchObject({
      code: 'unknown-revision',
      message: `The repository has no commit \`${revision}\`. Fetch it first, or name another branch, tag or commit.`,
    });
  });

  test('a repository without commits is empty', async () => {
    const made = await createRepository();
    const repository = await open(made.dir);
    const empty = {
      code: 'empty-repository',
      message: 'The repository has no commit yet; make one first.',
    };
    await expect(repository.resolve('HEAD')).rejects.toMatchObject(empty);
    await expect(repository.defaultBranch()).rejects.toMatchObject(empty);
  });
});

describe('defaultBranch', () => {
  test("is the remote's, then main, then master, and the remote's before the local one", async () => {
    const { made, repository, commit } = await withFiles({ a: '1' });
    await made.git(['update-ref', 'refs/heads/master', commit]);
    expect(await repository.defaultBranch()).toBe('refs/heads/main');
    await made.git(['update-ref', 'refs/remotes/origin/main', commit]);
    expect(await repository.defaultBranch()).toBe('refs/remotes/origin/main');
    await made.git(['update-ref', 'refs/remotes/origin/trunk', commit]);
    await made.git(['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk']);
    expect(await repository.defaultBranch()).toBe('refs/remotes/origin/trunk');
  });

  test('is asked for where there is none', async () => {
    const made = await createRepository();
    await made.commit({ a: '1' }, { branch: 'trunk' });
    await expect((await open(made.dir)).defaultBranch()).rejects.toMatchObject({
      code: 'no-default-branch',
      message:
        'The repository has no branch `main` or `master` and its remote names no default branch; name the commit to compare with.',
    });
  });
});

describe('mergeBase', () => {
  test('is where the branches part, or null for histories that never met', async () => {
    const { made, repository, commit } = await withFiles({ a: '1' });
    await made.commit({ a: '2' });
    await made.commit({ b: '1' }, { branch: 'feature', parent: commit });
    await made.commit({ c: '1' }, { branch: 'orphan', parent: null });
    expect(await repository.mergeBase('main', 'feature')).toBe(commit);
    expect(await repository.mergeBase('main', 'orphan')).toBeNull();
  });

  test('a shallow clone that does not reach it says how to get the rest', async () => {
    const { made, commit } = await withFiles({ a: '1' });
    await made.commit({ a: '2' });
    await made.commit({ b: '1' }, { branch: 'feature', parent: commit });
    const clone = await createRepository();
    await clone.git([
      'fetch',
      '--quiet',
      '--depth=1',
      '--update-head-ok',
      `file://${made.dir}`,
      'main:main',
      'feature:feature',
    ]);
    const repository = await open(clone.dir);
    await expect(repository.mergeBase('main', 'feature')).rejects.toMatchObject({
      code: 'no-merge-base-in-shallow-clone',
      message:
        'This clone is shallow and does not reach back to where the branches part: fetch the rest with `git fetch --unshallow` (actions/checkout: `fetch-depth: 0`).',
    });
    await expect(repository.resolve('main~1')).rejects.toMatchObject({
      code: 'unknown-revision',
      message:
        'The repository has no commit `main~1`. This clone is shallow: fetch the rest with `git fetch --unshallow` (actions/checkout: `fetch-depth: 0`).',
    });
  });
});

describe('snapshot', () => {
  test('lists files, folders, links and submodules, and reads files and links', async () => {
    const submodule = '1'.repeat(40);
    const { repository, commit } = await withFiles({
      'a/b/c.yaml': 'content',
      'a/link': { symlink: '../a/b' },
      run: { executable: '#!' },
      'vendor/lib': { submodule },
    });
    const snapshot = await repository.snapshot(commit);
    expect([...snapshot.entries.values()].map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'directory a',
      'directory a/b',
      'file a/b/c.yaml',
      'symlink a/link',
      'file run',
      'directory vendor',
      'submodule vendor/lib',
    ]);
    expect(snapshot).toMatchObject({ commit, gitDir: repository.gitDir });
    expect(snapshot.entries.get('vendor/lib')?.oid).toBe(submodule);
    expect(text(await snapshot.read('a/b/c.yaml'))).toBe('content');
    expect(text(await snapshot.read('a/link'))).toBe('../a/b');
    await expect(snapshot.read('a')).rejects.toThrow(
      `Commit ${commit} has no file \`a\`; it is a directory.`,
    );
    await expect(snapshot.read('none')).rejects.toThrow(`Commit ${commit} has no file \`none\`.`);
  });

  test('an empty tree has no entries', async () => {
    const { repository, commit } = await withFiles({});
    expect((await repository.snapshot(commit)).entries.size).toBe(0);
  });

  test('takes a full commit id and nothing else', async () => {
    const { repository, commit } = await withFiles({ a: '1' });
    const blob = (await repository.snapshot(commit)).entries.get('a')?.oid ?? '';
    await expect(repository.snapshot('main')).rejects.toMatchObject({
      code: 'unknown-revision',
      message: '`main` is not a full commit id; resolve it first.',
    });
    await expect(repository.snapshot('f'.repeat(40))).rejects.toMatchObject({
      code: 'unknown-revision',
      message: `The repository has no commit ${'f'.repeat(40)}. Fetch it first, or name another.`,
    });
    await expect(repository.snapshot(blob)).rejects.toMatchObject({
      code: 'unknown-revision',
      message: `${blob} is a blob, no commit. Fetch it first, or name another.`,
    });
  });

  test('names that are not UTF-8 are told apart and can be read', async () => {
    const made = await createRepository();
    const oids = [
      await made.git(['hash-object', '-w', '--stdin'], 'one'),
      await made.git(['hash-object', '-w', '--stdin'], 'two'),
    ];
    const lines = oids.map((oid, index) =>
      Buffer.concat([
        Buffer.from(`100644 blob ${oid}\tcaf`),
        Buffer.from([0xe9 + index]),
        Buffer.from('.yaml\0'),
      ]),
    );
    const before = await made.git(['mktree', '-z'], '');
    const tree = await made.git(['mktree', '-z'], Buffer.concat(lines));
    const repository = await open(made.dir);
    const base = await made.git(['commit-tree', '-m', 'one', before]);
    const head = await made.git(['commit-tree', '-m', 'two', tree]);
    const snapshot = await repository.snapshot(head);
    expect([...snapshot.entries.keys()]).toEqual(['caf\\351.yaml', 'caf\\352.yaml']);
    expect(text(await snapshot.read('caf\\352.yaml'))).toBe('two');
    expect((await repository.changedPaths(base, head)).map(({ path }) => path)).toEqual([
      ...snapshot.entries.keys(),
    ]);
  });

  test('many reads at once, large and empty ones among them, get their own content', async () => {
    const contents = Array.from({ length: 300 }, (_, index) =>
      Buffer.alloc(index === 7 ? 9_000_000 : index * 37, `${index}\n`),
    );
    const files = Object.fromEntries(contents.map((content, index) => [`f${index}`, content]));
    const { repository, commit } = await withFiles(files);
    const snapshot = await repository.snapshot(commit);
    const read = await Promise.all(contents.map((_, index) => snapshot.read(`f${index}`)));
    expect(read.every((bytes, index) => contents[index]?.equals(bytes))).toBe(true);
    expect(Buffer.from(await snapshot.read('f7')).equals(contents[7] ?? Buffer.alloc(0))).toBe(true);
  });

  test('can still be read after its repository was closed, by a new process', async () => {
    const { repository, commit } = await withFiles({ a: 'x' });
    const snapshot = await repository.snapshot(commit);
    await repository.close();
    expect(text(await snapshot.read('a'))).toBe('x');
    const unfinished = expect(repository.snapshot(commit)).rejects.toMatchObject({
      code: 'aborted',
      message: `Could not read the Git object ${commit}: it was closed while reading.`,
    });
    await repository.close();
    await unfinished;
  });

  test('a missing part of the tree or file is told as such', async () => {
    const { made, repository, commit } = await withFiles({ 'a/b': 'x' });
    const snapshot = await repository.snapshot(commit);
    for (const path of ['a/b', 'a']) {
      const oid = snapshot.entries.get(path)?.oid ?? '';
      await rm(`${made.gitDir}/objects/${oid.slice(0, 2)}/${oid.slice(2)}`);
    }
    const oid = snapshot.entries.get('a/b')?.oid;
    await expect(snapshot.read('a/b')).rejects.toMatchObject({
      code: 'object-missing',
      message: `Could not read \`a/b\`. The Git object ${oid} is not in the repository.`,
    });
    await expect(repository.snapshot(commit)).rejects.toMatchObject({
      code: 'object-missing',
      message: `A part of the tree of commit ${commit} is not in the repository.`,
    });
  });
});

describe('changedPaths', () => {
  test('tells what was added, changed and removed; a rename is both', async () => {
    const { made, repository, commit } = await withFiles({
      changed: '1',
      gone: '1',
      'old/name': 'same content that git would take for renamed',
      typed: '1',
      mode: '1',
      same: '1',
    });
    const head = await made.commit({
      changed: '2',
      gone: null,
      'old/name': null,
      'new/name': 'same content that git would take for renamed',
      typed: { symlink: 'same' },
      mode: { executable: '1' },
      module: { submodule: '2'.repeat(40) },
    });
    await made.git(['config', 'diff.ignoreSubmodules', 'all']);
    await made.git(['config', 'diff.renames', 'true']);
    expect(
      (await repository.changedPaths(commit, head)).map(({ path, change }) => `${change} ${path}`),
    ).toEqual([
      'changed changed',
      'removed gone',
      'changed mode',
      'added module',
      'added new/name',
      'removed old/name',
      'changed typed',
    ]);
    expect(await repository.changedPaths(head, head)).toEqual([]);
  });

  test('of a first commit all is added', async () => {
    const { repository, commit } = await withFiles({ 'a/b': '1', c: '2' });
    expect(await repository.changedPaths(null, commit)).toEqual([
      { path: 'a/b', change: 'added' },
      { path: 'c', change: 'added' },
    ]);
  });

  test('of a commit that is not there is an error', async () => {
    const { repository, commit } = await withFiles({ a: '1' });
    await expect(repository.changedPaths('f'.repeat(40), commit)).rejects.toMatchObject({
      code: 'object-missing',
    });
  });
});

/** What git says that a commit brings, which is whole lines of a merge only where they are of no parent. */
function addedBy(raw: (args: string[]) => string[], commit: string): string[] {
  const format = ['--no-commit-id', '--root', '-c', '-r', '-z', '--raw', '--no-abbrev', '--no-renames'];
  const parts = raw(['diff-tree', ...format, commit]);
  return parts.flatMap((part, index) => {
    const [, oid = '', status = ''] = /([0-9a-f]{40}) ([A-Z]+)$/.exec(part) ?? [];
    const isAdded = part.startsWith(':') && !/^[0]*$/.test(oid);
    return isAdded && status !== '' ? [`${commit} ${oid} ${parts[index + 1]}`] : [];
  });
}

test('trees and differences are those of git for any files', async () => {
  const name = fc
    .stringMatching(/^[a-zß "\\\n-][a-z."\t]{0,3}$/)
    .filter((part) => part !== '.' && part !== '..');
  const paths = fc.uniqueArray(
    fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
    {
      maxLength: 12,
      // A path cannot be a file and a folder.
      comparator: (one, other) => one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`),
    },
  );
  const files = paths.chain((list) =>
    fc
      .tuple(...list.map((path) => fc.string({ maxLength: 3 }).map((content) => [path, content] as const)))
      .map(Object.fromEntries),
  );
  const made = await createRepository();
  const repository = await open(made.dir);
  const raw = (args: string[]) =>
    execFileSync('git', args, { cwd: made.dir, encoding: 'utf8' }).split('\0').slice(0, -1);
  await fc.assert(
    fc.asyncProperty(files, files, async (one: TestFiles, other: TestFiles) => {
      const base = await made.commit(one, { parent: null });
      const head = await made.commit(other, { parent: null });
      const snapshot = await repository.snapshot(head);
      expect([...snapshot.entries.values()].map(({ path, oid }) => `${oid}\t${path}`)).toEqual(
        raw(['ls-tree', '-r', '-t', '-z', head]).map((line) =>
          line.slice(line.lastIndexOf(' ', line.indexOf('\t')) + 1),
        ),
      );
      for (const [path, content] of Object.entries(other))
        expect(text(await snapshot.read(path))).toBe(content);
      const changed = await repository.changedPaths(base, head);
      expect(changed.map(({ path }) => path)).toEqual(
        raw(['diff', '--name-only', '--no-renames', '-z', base, head]),
      );
      for (const { path, change } of changed) {
        expect(change).toBe(!(path in one) ? 'added' : !(path in other) ? 'removed' : 'changed');
      }
      const merge = await made.commit({ 'merged file': '1' }, { branch: 'merge', parent: [base, head] });
      const { files: added } = await repository.addedHistory(base, merge);
      expect(added.map(({ commit, path, oid }) => `${commit} ${oid} ${path}`)).toEqual(
        [head, merge].flatMap((commit) => addedBy(raw, commit)),
      );
    }),
    { numRuns: runs(25) },
  );
});
