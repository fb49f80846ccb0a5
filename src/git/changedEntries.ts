import type { ObjectReader } from './objectReader.ts';
import { pathName } from './pathName.ts';
import { MODE, type TreeLimits, type TreeLine, TreeReader } from './treeReader.ts';

/** A file, symlink or submodule that two trees do not have alike; null where one has none there. */
export interface ChangedEntry {
  readonly path: string;
  readonly before: TreeLine | null;
  readonly after: TreeLine | null;
}

/** Two folders of the same path. */
interface Pair {
  /** The path, with a slash at its end. */
  readonly folder: Buffer;
  /** Names of the trees; null where it is no folder. */
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * What differs between the files of two commits, by path. Folders that are alike are not read.
 * @param commits full ids; with null for the first, all that the second has differs.
 * @throws {GitError} `object-missing` where one of the commits is not wholly in the repository, `tree-too-large`.
 */
export async function changedEntries(
  objects: Pick<ObjectReader, 'read'>,
  commits: readonly [string | null, string],
  limits?: TreeLimits,
): Promise<ChangedEntry[]> {
  const [before, after] = commits;
  const reader = new TreeReader(objects, after, limits);
  const found: { readonly bytes: Buffer; readonly entry: ChangedEntry }[] = [];
  const root = { folder: Buffer.alloc(0), before: before && `${before}^{tree}`, after: `${after}^{tree}` };
  for (let pairs: Pair[] = [root]; pairs.length > 0; ) {
    const differing = await Promise.all(pairs.map((pair) => differingLines(reader, pair)));
    pairs = [];
    for (const { bytes, ...lines } of differing.flat()) {
      reader.count(bytes);
      const leaves = { before: leafOf(lines.before), after: leafOf(lines.after) };
      if (leaves.before !== null || leaves.after !== null) {
        found.push({ bytes, entry: { path: pathName(bytes), ...leaves } });
      }
      const trees = { before: treeOf(lines.before), after: treeOf(lines.after) };
      if (trees.before !== null || trees.after !== null) {
        pairs.push({ folder: Buffer.concat([bytes, SLASH]), ...trees });
      }
    }
  }
  // As git has them: by the bytes of the whole path.
  return found.toSorted((one, other) => Buffer.compare(one.bytes, other.bytes)).map(({ entry }) => entry);
}

const SLASH = Buffer.from('/');

interface Difference {
  readonly bytes: Buffer;
  readonly before: TreeLine | null;
  readonly after: TreeLine | null;
}

async function differingLines(reader: TreeReader, { folder, before, after }: Pair): Promise<Difference[]> {
  const [one, other] = await Promise.all([linesOf(reader, before), linesOf(reader, after)]);
  const gone = new Map(one.map((line) => [keyOf(line), line]));
  const differing: Difference[] = [];
  const add = (lines: Pick<Difference, 'before' | 'after'>, { name }: TreeLine) =>
    differing.push({ bytes: Buffer.concat([folder, name]), ...lines });
  for (const line of other) {
    const old = gone.get(keyOf(line)) ?? null;
    if (old?.oid !== line.oid || old.mode !== line.mode) add({ before: old, after: line }, line);
    gone.delete(keyOf(line));
  }
  for (const line of gone.values()) add({ before: line, after: null }, line);
  return differing;
}

async function linesOf(reader: TreeReader, tree: string | null): Promise<readonly TreeLine[]> {
  return tree === null ? [] : reader.read(tree);
}

/** The bytes of the name, as a text that has one character for each. */
function keyOf({ name }: TreeLine): string {
  return name.toString('latin1');
}

function leafOf(line: TreeLine | null): TreeLine | null {
  return line?.mode === MODE.folder ? null : line;
}

function treeOf(line: TreeLine | null): string | null {
  return line?.mode === MODE.folder ? line.oid : null;
}
