import { GitError, isGitError } from './error.ts';
import type { ObjectReader } from './objectReader.ts';
import { pathName } from './pathName.ts';

/** One line of a tree object. */
export interface TreeLine {
  readonly name: Buffer;
  /** As git reads it: what the entry is, and of a file whether it is executable. */
  readonly mode: number;
  readonly oid: string;
}

/** As much of one commit's tree as is read. */
export interface TreeLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** A few objects of Git, each twice in the next, are a tree without end. */
const TREE_LIMITS: TreeLimits = { entries: 1_000_000, bytes: 256 * 1024 * 1024 };

/** Reads trees through the process that reads files, each of them once, and of all together no more than the limits. */
export class TreeReader {
  readonly #objects: Pick<ObjectReader, 'read'>;
  readonly #commit: string;
  readonly #limits: TreeLimits;
  readonly #read = new Map<string, Promise<readonly TreeLine[]>>();
  /** Lines that were read: of the trees of two commits at most, which each may have as many as the limit. */
  #lines = 0;
  #entries = 0;
  #bytes = 0;

  /** @param commit whose tree is read, for messages. */
  constructor(objects: Pick<ObjectReader, 'read'>, commit: string, limits: TreeLimits = TREE_LIMITS) {
    this.#objects = objects;
    this.#commit = commit;
    this.#limits = limits;
  }

  /**
   * The lines of a tree, in Git's order.
   * @param name its id, or `<commit id>^{tree}`.
   * @throws {GitError} `object-missing` where it is not in the repository or damaged, `tree-too-large`.
   */
  read(name: string): Promise<readonly TreeLine[]> {
    const found = this.#read.get(name) ?? this.#parsed(name);
    this.#read.set(name, found);
    return found;
  }

  /**
   * Counts what is told of a tree; the same tree can be in many folders.
   * @param path of the entry.
   * @param more bytes that are told of it besides its path.
   */
  count(path: Buffer, more = 0): void {
    this.#entries += 1;
    this.#bytes += path.length + more;
    const { entries, bytes: most } = this.#limits;
    if (this.#entries > entries || this.#bytes > most) throw this.#tooLarge(path);
  }

  async #parsed(name: string): Promise<readonly TreeLine[]> {
    const content = await this.#contentOf(name);
    const lines: TreeLine[] = [];
    for (const line of linesOf(content)) {
      lines.push(line);
      this.#lines += 1;
      if (this.#lines > 2 * this.#limits.entries) throw this.#tooLarge();
    }
    return lines;
  }

  async #contentOf(name: string): Promise<Buffer> {
    try {
      const { type, content } = await this.#objects.read(name);
      if (type === 'tree') return content;
    } catch (error) {
      if (isGitError(error, 'object-too-large')) throw this.#tooLarge();
      const damaged = isGitError(error) && (error.code === 'object-missing' || DAMAGED.test(error.message));
      if (!damaged) throw error;
    }
    const message = `A part of the tree of commit ${this.#commit} is not in the repository.`;
    throw new GitError('object-missing', message);
  }

  /** @param path of the first entry that is too much, where it is known. */
  #tooLarge(path?: Buffer): GitError {
    const { entries, bytes } = this.#limits;
    const size = `more than ${entries.toLocaleString('en-US')} files and folders, or ${bytes / 1024 / 1024} MiB of their names`;
    const where = path === undefined ? '' : ` The first that is too much is in ${folderName(path)}.`;
    return new GitError(
      'tree-too-large',
      `The tree of commit ${this.#commit} has ${size}, and is not read.${where} Keep fewer files in one repository.`,
    );
  }
}

/** Longer names of folders are cut. */
const MOST_SHOWN = 200;

/** The folder that an entry stands in, as it is said. */
function folderName(path: Buffer): string {
  const end = path.lastIndexOf(0x2f);
  if (end < 0) return 'its root';
  const name = pathName(path.subarray(0, end));
  return `the folder ${name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name}`;
}

/** What git says as it ends where an object cannot be read. */
const DAMAGED = /could not read|unable to read|bad tree|bad object|corrupt|is empty/i;

/**
 * `<mode> <name>` NUL and the 20 bytes of an id, over and over:
 * https://github.com/git/git/blob/v2.45.0/tree-walk.c#L14
 */
function* linesOf(content: Buffer): Generator<TreeLine> {
  for (let start = 0; start < content.length; ) {
    const space = content.indexOf(0x20, start);
    const end = content.indexOf(0, space);
    const mode = content.toString('latin1', start, Math.max(space, start));
    if (end <= space + 1 || end + 20 >= content.length || !/^[0-7]{1,6}$/.test(mode)) {
      throw new GitError('git-failed', 'A tree of the repository is malformed.');
    }
    const name = content.subarray(space + 1, end);
    yield {
      name,
      mode: canonical(Number.parseInt(mode, 8)),
      oid: content.toString('hex', end + 1, end + 21),
    };
    start = end + 21;
  }
}

/** https://github.com/git/git/blob/v2.45.0/object.h#L128 */
function canonical(mode: number): number {
  const type = mode & MODE.type;
  if (type === MODE.file) return MODE.file | (mode & 0o100 ? 0o755 : 0o644);
  return type === MODE.symlink || type === MODE.folder ? type : MODE.submodule;
}

/** The bits of a mode that say what an entry is, and what they say. */
export const MODE = {
  type: 0o170000,
  file: 0o100000,
  symlink: 0o120000,
  folder: 0o040000,
  submodule: 0o160000,
};
