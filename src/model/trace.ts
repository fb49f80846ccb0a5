/**
 * One thing that a render asked of a commit's tree.
 * - `file`: its content was read (for a symlink on the way: the link itself); oid of the blob.
 * - `directory`: only asked whether it is one; oid is empty.
 * - `list`: its names were listed; oid of the tree.
 * - `tree`: all that is in it counts; oid of the tree.
 * - `absent`: looked for and not found; oid is empty.
 */
export interface TraceEntry {
  readonly path: string;
  readonly state: 'file' | 'directory' | 'list' | 'tree' | 'absent';
  readonly oid: string;
}

/** All that a render depends on: equal traces at two commits mean equal renderings. */
export type Trace = readonly TraceEntry[];
