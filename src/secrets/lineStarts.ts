/** Tells the lines of a text, many times over. */
export class LineStarts {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The lines of a part of the text, from 1. */
  of({ start, end }: { readonly start: number; readonly end: number }): {
    startLine: number;
    endLine: number;
  } {
    return { startLine: this.#line(start), endLine: this.#line(Math.max(end - 1, start)) };
  }

  #line(at: number): number {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
