import type { Snapshot } from '../../model/snapshot.ts';

/** A variable without a default; `$${NAME}` is none, but what it is taken for does no harm. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** More than any manifest that people write. */
const MAX_BYTES = 1024 * 1024;

/** The variables without default that files use, each once, in order of names. */
export async function variableNames(snapshot: Snapshot, files: readonly string[]): Promise<string[]> {
  const names = new Set<string>();
  for (const file of files) {
    if (snapshot.entries.get(file)?.kind !== 'file') continue;
    const bytes = await snapshot.read(file);
    if (bytes.length > MAX_BYTES) continue;
    for (const [, name = ''] of new TextDecoder().decode(bytes).matchAll(VARIABLE)) names.add(name);
  }
  return [...names].toSorted();
}
