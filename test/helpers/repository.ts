import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a path holds after a commit; null removes it (a file, or a folder with all in it). */
type TestFile =
  | string
  | Uint8Array
  | null
  | { readonly symlink: string }
  | { readonly executable: string | Uint8Array }
  | { readonly submodule: string };

/** Files by path; paths that are not named stay as the parent has them. */
export type TestFiles = Readonly<Record<string, TestFile>>;

interface CommitOptions {
  /** The branch that moves to the commit; `main` by default. */
  readonly branch?: string;
  /**
   * Revision(s) that it stands on; the first one's files are kept. By default the branch's
   * tip, else main's tip, else none. Null: a first commit.
   */
  readonly parent?: string | readonly string[] | null;
  readonly message?: string;
}

export interface TestRepository {
  /** The clone's folder; the repository itself in a bare one. */
  readonly dir: string;
  /** The folder with the objects. */
  readonly gitDir: string;
  /** Makes a commit and gives its full id. The same calls give the same ids. */
  commit(files: TestFiles, options?: CommitOptions): Promise<string>;
  /** Runs git in the repository and gives its output without the last line break. */
  git(args: readonly string[], input?: string | Uint8Array): Promise<string>;
  /** Removes it from the disk; happens by itself at the end of the test file. */
  remove(): Promise<void>;
}

/** Folders to remove at the end, whatever happens. */
const folders = new Set<string>();
const atEnd: unknown = Reflect.get(globalThis, 'afterAll');
if (typeof atEnd === 'function') atEnd(removeAll);
else process.once('exit', removeAll);

/**
 * A real, empty Git repository in a temporary folder; its default branch is `main`. Nothing
 * of the user's or the machine's Git configuration counts.
 */
export async function createRepository(
  options: { readonly bare?: boolean; readonly objectFormat?: 'sha1' | 'sha256' } = {},
): Promise<TestRepository> {
  const dir = await createFolder();
  const args = ['init', '--quiet', '--template=', '--initial-branch=main'];
  if (options.bare === true) args.push('--bare');
  if (options.objectFormat !== undefined) args.push(`--object-format=${options.objectFormat}`);
  const git = (gitArgs: readonly string[], input: string | Uint8Array = '') => runGit(dir, gitArgs, input);
  await git(args);

  let time = 1_700_000_000;
  return {
    dir,
    gitDir: options.bare === true ? dir : path.join(dir, '.git'),
    git,
    commit: async (files, commitOptions = {}) => {
      const parents = await parentsOf(git, commitOptions);
      time += 60;
      return git(['fast-import', '--quiet', '--force'], stream(files, commitOptions, { parents, time }));
    },
    remove: () => removeFolder(dir),
  };
}

/** A temporary folder that is removed at the end of the test file. */
export async function createFolder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'hydrant-test-'));
  folders.add(dir);
  return dir;
}

/** The files of a folder on disk, such as a fixture, ready to be committed. */
export async function readFolder(folder: string): Promise<TestFiles> {
  const files: Record<string, TestFile> = {};
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join('/');
    if (entry.isSymbolicLink()) files[name] = { symlink: await readlink(file) };
    else if (entry.isFile()) {
      const content = await readFile(file);
      files[name] = ((await stat(file)).mode & 0o100) === 0 ? content : { executable: content };
    }
  }
  return files;
}

/** Runs git in a folder with nothing of the machine's configuration. */
export async function runGit(
  cwd: string,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<string> {
  const child = spawn('git', args, { cwd, env: ENVIRONMENT, stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // A git that fails early closes its input; its exit code says why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${Buffer.concat(errors).toString()}`);
  return Buffer.concat(output).toString().replace(/\n$/, '');
}

const ENVIRONMENT = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

async function parentsOf(git: TestRepository['git'], options: CommitOptions): Promise<string[]> {
  const { branch = 'main', parent } = options;
  if (parent === null) return [];
  if (parent !== undefined) {
    const revisions = typeof parent === 'string' ? [parent] : parent;
    return Promise.all(revisions.map((revision) => git(['rev-parse', '--verify', `${revision}^{commit}`])));
  }
  const refs = await git([
    'for-each-ref',
    '--format=%(refname) %(objectname)',
    `refs/heads/${branch}`,
    'refs/heads/main',
  ]);
  const tips = new Map(refs.split('\n').map((line) => [line.split(' ')[0], line.split(' ')[1]]));
  const tip = tips.get(`refs/heads/${branch}`) ?? tips.get('refs/heads/main');
  return tip === undefined ? [] : [tip];
}

/** One commit in the language of `git fast-import`. https://git-scm.com/docs/git-fast-import */
function stream(
  files: TestFiles,
  { branch = 'main', message = 'Change files' }: CommitOptions,
  { parents, time }: { readonly parents: readonly string[]; readonly time: number },
): Buffer {
  const parts: Uint8Array[] = [];
  const line = (text: string) => parts.push(Buffer.from(`${text}\n`));
  const data = (content: string | Uint8Array) => {
    const bytes = Buffer.from(content);
    line(`data ${bytes.length}`);
    parts.push(bytes);
    line('');
  };
  // A branch that exists would otherwise be the parent of a first commit.
  line(`reset refs/heads/${branch}`);
  if (parents[0] !== undefined) line(`from ${parents[0]}`);
  line(`commit refs/heads/${branch}`);
  line('mark :1');
  line(`committer Ada <ada@example.com> ${time} +0000`);
  data(message);
  for (const parent of parents.slice(1)) line(`merge ${parent}`);
  for (const [name, file] of Object.entries(files)) {
    const quoted = `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
    if (file === null) line(`D ${quoted}`);
    else if (typeof file === 'object' && 'submodule' in file) line(`M 160000 ${file.submodule} ${quoted}`);
    else {
      const { mode, content } = blobOf(file);
      line(`M ${mode} inline ${quoted}`);
      data(content);
    }
  }
  line('get-mark :1');
  return Buffer.concat(parts);
}

function blobOf(file: Exclude<TestFile, null | { submodule: string }>): {
  mode: string;
  content: string | Uint8Array;
} {
  if (typeof file === 'string' || file instanceof Uint8Array) return { mode: '100644', content: file };
  if ('symlink' in file) return { mode: '120000', content: file.symlink };
  return { mode: '100755', content: file.executable };
}

async function removeFolder(dir: string): Promise<void> {
  folders.delete(dir);
  await rm(dir, { recursive: true, force: true, maxRetries: 3 });
}

function removeAll(): void {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  folders.clear();
}
