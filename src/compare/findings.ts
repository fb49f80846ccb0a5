import type { FindingStatus } from '../model/finding.ts';

/**
 * Tells which of the head's fingerprints are new and which of the base's are fixed. Equal
 * fingerprints are counted: two at the head against one at the base leave one new.
 * @returns for each item of `head` its status, and the items of `base` that are gone.
 */
export function compareFindings<T>(
  base: readonly T[],
  head: readonly T[],
  fingerprintOf: (item: T) => string,
): { statuses: Exclude<FindingStatus, 'fixed'>[]; fixed: T[] } {
  const waiting = new Map<string, T[]>();
  for (const item of base) {
    const key = fingerprintOf(item);
    waiting.set(key, [...(waiting.get(key) ?? []), item]);
  }
  const statuses = head.map((item) =>
    waiting.get(fingerprintOf(item))?.shift() === undefined ? 'new' : 'existing',
  );
  return { statuses, fixed: [...waiting.values()].flat() };
}
