/**
 * What is kept from review to review: texts by key, each made of nothing but what its key names.
 * What is not there is computed again, so that losing all of it costs time and nothing else.
 */
export interface Facts {
  /** @returns undefined for what is not kept. */
  get(key: string): string | undefined;
  keep(key: string, text: string): void;
}

/** Keeps for as long as it is used itself. */
export function memoryFacts(): Facts {
  const known = new Map<string, string>();
  return { get: (key) => known.get(key), keep: (key, text) => void known.set(key, text) };
}
