import { beforeAll, describe, expect, test } from '@jest/globals';
import { REPORT_FORMATS } from '../../src/report/formats.ts';
import { createFolder, createRepository, type TestRepository } from '../helpers/repository.ts';
import { hydrant } from './run.ts';

const EMPTY = 'hydrant: The repository has no commit yet; make one first.\n';
const NO_TARGET = 'no folder has a kustomization or chart, and no file an object of Argo CD or Flux.\n';
const HELP = '(hydrant --help lists what is allowed)\n';
const GONE = '1'.repeat(40);

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: b }\n';

describe('an empty repository', () => {
  test.each([['check'], ['targets'], ['render', '--all'], ['render', 'a']])('hydrant %s', async (...args) => {
    const { dir } = await createRepository();
    expect(await hydrant(...args, '--repo', dir)).toEqual({ code: 2, stdout: '', stderr: EMPTY });
  });
});

describe('a repository without any target', () => {
  let files: TestRepository;
  let base: string;
  beforeAll(async () => {
    files = await createRepository();
    base = await files.commit({ 'README.md': 'a' });
    await files.commit({ 'README.md': 'b' });
  });

  test('check', async () => {
    expect(await hydrant('check', '--repo', files.dir, '--base', base)).toEqual({
      code: 0,
      stdout: [
        `No target: ${NO_TARGET}`,
        'render skipped, schemas skipped, policies skipped, secrets skipped\n',
        'skipped: Nothing to review\n',
      ].join(''),
      stderr: '',
    });
  });

  test('targets', async () => {
    const stdout = `No target: ${NO_TARGET}`;
    expect(await hydrant('targets', '--repo', files.dir)).toEqual({ code: 0, stdout, stderr: '' });
  });

  test('render', async () => {
    const stderr = `hydrant render: no target: ${NO_TARGET}`;
    expect(await hydrant('render', '--all', '--repo', files.dir)).toEqual({ code: 0, stdout: '', stderr });
  });
});

describe('what cannot be reviewed exits 2 and says why on stderr alone', () => {
  let files: TestRepository;
  let alone: string;
  beforeAll(async () => {
    files = await createRepository();
    await files.commit({ 'a/kustomization.yaml': 'resources: [c.yaml]\n', 'a/c.yaml': CONFIG });
    alone = await files.commit({ x: '' }, { branch: 'alone', parent: null });
  });

  test.each([
    [
      'a head that no longer exists',
      ['--head', GONE],
      `hydrant: The repository has no commit \`${GONE}\`. Fetch it first, or name another branch, tag or commit.\n`,
    ],
    [
      'a base that no longer exists',
      ['--base', 'nowhere'],
      'hydrant: The repository has no commit `nowhere`. Fetch it first, or name another branch, tag or commit.\n',
    ],
    [
      'a revision that looks like an option',
      ['--base=--upload-pack=x'],
      'hydrant: The repository has no commit `--upload-pack=x`. Fetch it first, or name another branch, tag or commit.\n',
    ],
    [
      'an unknown format',
      ['--format', 'xml'],
      `error: option '--format <name[=file]>' argument 'xml' is invalid. Allowed choices are ${Object.keys(REPORT_FORMATS).join(', ')}.\n${HELP}`,
    ],
    ['an unknown option', ['--heda', 'x'], `error: unknown option '--heda'\n(Did you mean --head?)\n${HELP}`],
  ])('%s', async (_, args, stderr) => {
    expect(await hydrant('check', '--repo', files.dir, ...args)).toEqual({ code: 2, stdout: '', stderr });
  });

  test('a head without a commit in common', async () => {
    expect(await hydrant('check', '--repo', files.dir, '--head', 'alone')).toEqual({
      code: 2,
      stdout: '',
      stderr: `hydrant: ${alone} has no commit in common with refs/heads/main; name the commit to compare with: --base REV\n`,
    });
  });

  test('no repository', async () => {
    const dir = await createFolder();
    expect(await hydrant('check', '--repo', dir)).toEqual({
      code: 2,
      stdout: '',
      stderr: `hydrant: \`${dir}\` is not in a Git repository; name a folder of a clone.\n`,
    });
  });

  test('no folder', async () => {
    expect(await hydrant('check', '--repo', '/nonexistent')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'hydrant: `/nonexistent` is not a folder; name a folder of a Git clone.\n',
    });
  });

  test('an unknown command', async () => {
    const stderr = `error: unknown command 'chekc'\n(Did you mean check?)\n${HELP}`;
    expect(await hydrant('chekc')).toEqual({ code: 2, stdout: '', stderr });
  });
});

describe('hydrant render', () => {
  let files: TestRepository;
  beforeAll(async () => {
    files = await createRepository();
    await files.commit({
      'a/kustomization.yaml': 'resources: [c.yaml]\n',
      'a/c.yaml': CONFIG,
      'b/kustomization.yaml': 'resources: [gone.yaml]\n',
      'c/kustomization.yaml': 'image: []\n',
    });
  });

  test.each([
    ['an overlay that is a file', 'a/c.yaml', 'a/c.yaml is a file; a folder with a kustomization is wanted.'],
    ['a folder that is not there', 'nowhere', 'nowhere does not exist.'],
    ['a folder without kustomization', '.', 'the root of the repository has no kustomization.yaml.'],
    ['a missing resource file', 'b', 'b/gone.yaml does not exist.'],
    ['a typo', 'c', 'c/kustomization.yaml has an unknown field: image.'],
  ])('of %s says so', async (_, target, message) => {
    expect(await hydrant('render', '--repo', files.dir, target)).toEqual({
      code: 1,
      stdout: '',
      stderr: `hydrant render: ${target}: ${message}\n`,
    });
  });

  test('of all prints those that render, and says what is wrong with the others', async () => {
    expect(await hydrant('render', '--repo', files.dir, '--all')).toEqual({
      code: 1,
      stdout: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: c\n',
      stderr:
        'hydrant render: b: b/gone.yaml does not exist.\nhydrant render: c: c/kustomization.yaml has an unknown field: image.\n',
    });
  });

  test.each([[[]], [['a', '--all']]])('exits 2 without one of path and --all: %j', async (args) => {
    expect(await hydrant('render', '--repo', files.dir, ...args)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'hydrant render: name one target, or --all\n',
    });
  });
});
