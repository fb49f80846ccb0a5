import type { FindingStatus } from '../model/finding.ts';

/** A way to recognise an item at the other commit; null for items that it is none for. */
export interface LooserKey<T> {
  base(item: T): string | null;
  head(item: T): string | null;
}

/**
 * Tells which of the head's fingerprints are new and which of the base's are fixed. Equal
 * fingerprints are counted: two at the head against one at the base leave one new. What is
 * left of both is then tried by each looser key in turn.
 * @param fingerprintOf what an item is recognised by at both commits.
 * @returns for each item of `head` its status, and the items of `base` that are gone.
 */
export function compareFindings<T>(
  { base, head }: Readonly<Record<'base' | 'head', readonly T[]>>,
  fingerprintOf: (item: T) => string,
  looser: readonly LooserKey<T>[] = [],
): { statuses: Exclude<FindingStatus, 'fixed'>[]; fixed: T[] } {
  let waiting = base;
  const existing = new Set<number>();
  for (const keyOf of [{ base: fingerprintOf, head: fingerprintOf }, ...looser]) {
    const byKey = positionsBy(waiting, (item) => keyOf.base(item));
    const matched = new Set<number>();
    for (const [index, item] of head.entries()) {
      const key = existing.has(index) ? null : keyOf.head(item);
      const position = key === null ? undefined : byKey.get(key)?.shift();
      if (position === undefined) continue;
      existing.add(index);
      matched.add(position);
    }
    waiting = waiting.filter((_, position) => !matched.has(position));
  }
  return {
    statuses: head.map((_, index) => (existing.has(index) ? 'existing' : 'new')),
    fixed: [...waiting],
  };
}

function positionsBy<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, item] of items.entries()) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = positions.get(key);
    if (group === undefined) positions.set(key, [position]);
    else group.push(position);
  }
  return positions;
}
