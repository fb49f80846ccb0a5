import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Does work in a folder of its own, which is removed afterwards. */
export async function inWorkplace(work) {
  const workplace = mkdtempSync(join(tmpdir(), 'hydrant-bench-'));
  try {
    await work(workplace);
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

/** A new folder in it. */
export function folderIn(workplace, name) {
  const folder = join(workplace, name);
  mkdirSync(folder);
  return folder;
}

/** A new, empty folder for what reviews keep, as on a machine that CI has just started. */
export function emptyCache(workplace) {
  return mkdtempSync(join(workplace, 'cache-'));
}
