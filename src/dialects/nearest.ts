/** The word that a misspelt one was probably meant to be, or undefined when none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const scored = words
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((one, other) => one.edits - other.edits);
  const best = scored[0];
  if (best === undefined || best.edits > Math.max(2, best.candidate.length / 3)) return undefined;
  return best.candidate;
}

/** Levenshtein's distance: letters to insert, remove or replace. */
function distance(one: string, other: string): number {
  // Nobody misspells by more; it keeps a hostile name from costing time.
  if (Math.abs(one.length - other.length) > 8) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index++) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (one[index] === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
