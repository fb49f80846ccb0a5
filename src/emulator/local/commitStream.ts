import type { RepositoryFile, RepositoryFiles } from './files.ts';

/** A commit to be made. */
export interface NewCommit {
  readonly branch: string;
  readonly message: string;
  /** A number by which later commits of the same stream name it, as in `:1`. */
  readonly mark?: number;
  /** Full ids or marks; the first one's files are kept. */
  readonly parents: readonly string[];
  /** Seconds since 1970. */
  readonly time: number;
}

/**
 * One commit in the language of `git fast-import`, which then prints the commit's id.
 * https://git-scm.com/docs/git-fast-import
 */
export function commitStream(files: RepositoryFiles, commit: NewCommit): Buffer {
  const { branch, message, parents, time, mark = 1 } = commit;
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
  line(`mark :${mark}`);
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
  line(`get-mark :${mark}`);
  return Buffer.concat(parts);
}

function blobOf(file: Exclude<RepositoryFile, null | { submodule: string }>): {
  mode: string;
  content: string | Uint8Array;
} {
  if (typeof file === 'string' || file instanceof Uint8Array) return { mode: '100644', content: file };
  if ('symlink' in file) return { mode: '120000', content: file.symlink };
  return { mode: '100755', content: file.executable };
}
