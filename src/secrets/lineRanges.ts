import type { Location } from '../model/finding.ts';

/** Tells whether lines overlap with any of many others, without asking each. */
export class LineRanges {
  /** Sorted, and apart from each other. */
  readonly #ranges: { readonly start: number; end: number }[] = [];

  constructor(all: readonly Location[]) {
    for (const { startLine, endLine } of all.toSorted((one, other) => one.startLine - other.startLine)) {
      const last = this.#ranges.at(-1);
      if (last !== undefined && startLine <= last.end) last.end = Math.max(last.end, endLine);
      else this.#ranges.push({ start: startLine, end: endLine });
    }
  }

  overlaps({ startLine, endLine }: Location): boolean {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.end ?? 0) < startLine) low = middle + 1;
      else high = middle;
    }
    return (this.#ranges[low]?.start ?? Number.POSITIVE_INFINITY) <= endLine;
  }
}
