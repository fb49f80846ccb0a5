import type { Explanation } from './explain.ts';

/** Errors for clusters of the same name, of which it is unclear which one is meant. */
export function duplicateClusters(data: unknown, lineOf: (index: number) => number): Explanation[] {
  const clusters = listAt(data, 'clusters');
  const first = new Map<string, number>();
  return clusters.flatMap((cluster, index) => {
    const name = fieldAt(cluster, 'name');
    if (typeof name !== 'string') return [];
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, index);
      return [];
    }
    const sentence = `a cluster \`${name}\` stands here again, first on line ${lineOf(earlier)}; give each cluster a name of its own. This one does not count.`;
    const about = { problem: 'cluster-twice', name };
    return [{ field: ['clusters', index], place: 'value', sentence, about } as const];
  });
}

function listAt(data: unknown, field: string): readonly unknown[] {
  const value = fieldAt(data, field);
  return Array.isArray(value) ? value : [];
}

function fieldAt(data: unknown, field: string): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, field)
    ? Reflect.get(data, field)
    : undefined;
}
