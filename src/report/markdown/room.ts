/** How much text GitHub takes somewhere, and how it measures. */
export interface Room {
  readonly most: number;
  readonly size: (text: string) => number;
}

/** Room measured in bytes of UTF-8, as GitHub measures the texts of check runs. */
export function bytes(most: number): Room {
  return { most, size: (text) => Buffer.byteLength(text) };
}

/**
 * Room measured in UTF-16 units, as GitHub measures comments in characters: a character has one or two units, so that
 * what fits here fits there.
 */
export function characters(most: number): Room {
  return { most, size: (text) => text.length };
}

/** What is left of the room beside texts that stand in it, each with an empty line after it. */
export function beside({ most, size }: Room, ...texts: readonly string[]): Room {
  return { most: most - texts.reduce((sum, text) => sum + size(text) + 2, 0), size };
}
