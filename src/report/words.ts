/** Why a commit has no target. */
export const NO_TARGETS = 'no folder has a kustomization or chart, and no file an object of Argo CD or Flux.';

/** `1 error`, `2 errors`, `1,024 errors`. */
export function count(number: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** The first five of names, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const more = names.length - 5;
  return more > 0 ? `${names.slice(0, 5).join(', ')} and ${more} more` : names.join(', ');
}

/** A commit id as people read it. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}
