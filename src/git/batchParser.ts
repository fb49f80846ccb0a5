import { GitError } from './error.ts';

export interface GitObject {
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly content: Buffer;
}

/** GitHub refuses larger files, so only other servers' repositories ever meet this limit. */
const MAX_BYTES = 100 * 1024 * 1024;

/** Longest first line of an answer that git can give; more means that we lost step. */
const MAX_HEADER = 1024;

/**
 * Takes the output of `git cat-file --batch` apart: `<oid> <type> <size>` LF, the content,
 * LF; or `<name> missing` LF. Each answer is given to the callback, in order.
 */
export class BatchParser {
  readonly #onAnswer: (answer: GitObject | GitError) => void;
  #header: Buffer = Buffer.alloc(0);
  #current: { oid: string; type: GitObject['type']; size: number } | null = null;
  #parts: Buffer[] = [];
  /** Bytes still to come of the content, with its final LF. */
  #left = 0;

  constructor(onAnswer: (answer: GitObject | GitError) => void) {
    this.#onAnswer = onAnswer;
  }

  /** @throws {Error} where the output is not of this form. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#current === null ? this.#readHeader(rest) : this.#readContent(rest);
  }

  #readHeader(chunk: Buffer): Buffer {
    const end = chunk.indexOf(0x0a);
    this.#header = Buffer.concat([this.#header, end < 0 ? chunk : chunk.subarray(0, end)]);
    if (this.#header.length > MAX_HEADER) throw new Error('git cat-file gave an answer without an end');
    if (end < 0) return Buffer.alloc(0);
    const header = this.#header.toString();
    this.#header = Buffer.alloc(0);
    this.#begin(header);
    return chunk.subarray(end + 1);
  }

  #begin(header: string): void {
    const [oid = '', type, size] = header.split(' ');
    if (type === 'missing') {
      this.#onAnswer(new GitError('object-missing', `The Git object ${oid} is not in the repository.`));
      return;
    }
    if (!isType(type) || size === undefined || !/^\d+$/.test(size)) {
      throw new Error(`git cat-file gave an unknown answer: ${header}`);
    }
    this.#current = { oid, type, size: Number(size) };
    this.#left = this.#current.size + 1;
  }

  #readContent(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.#left);
    this.#left -= part.length;
    const keep = this.#current !== null && this.#current.size <= MAX_BYTES;
    if (keep) this.#parts.push(part);
    if (this.#left === 0) this.#finish();
    return chunk.subarray(part.length);
  }

  #finish(): void {
    const { oid, type, size } = this.#current ?? { oid: '', type: 'blob' as const, size: 0 };
    const parts = this.#parts;
    this.#current = null;
    this.#parts = [];
    if (size > MAX_BYTES) {
      const message = `The Git object ${oid} has ${size} bytes; Hydrant reads at most ${MAX_BYTES}.`;
      this.#onAnswer(new GitError('object-too-large', message));
    } else {
      this.#onAnswer({ oid, type, content: Buffer.concat(parts).subarray(0, size) });
    }
  }
}

function isType(type: string | undefined): type is GitObject['type'] {
  return type === 'blob' || type === 'tree' || type === 'commit' || type === 'tag';
}
