import type { ObjectReader } from './objectReader.ts';

/**
 * The ids of a commit's parents, as the commit itself says.
 * https://git-scm.com/docs/git-commit-tree#_description
 * @param commit a full commit id.
 * @throws {GitError} as the reader does.
 */
export async function commitParents(objects: Pick<ObjectReader, 'read'>, commit: string): Promise<string[]> {
  const { type, content } = await objects.read(commit);
  if (type !== 'commit') return [];
  return [...headerOf(content).matchAll(/^parent ([0-9a-f]{40})$/gm)].map(([, id = '']) => id);
}

/** When a commit was made, in seconds since 1970; 0 where it does not say. */
export function committerTime(content: Uint8Array): number {
  return Number(/^committer .*> (\d+) [+-]\d+$/m.exec(headerOf(content))?.[1] ?? 0);
}

function headerOf(content: Uint8Array): string {
  return new TextDecoder().decode(content).split('\n\n', 1)[0] ?? '';
}
