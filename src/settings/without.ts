import type { Field } from './parseYaml.ts';

/** The same data without what stands at the given places; lists close up. */
export function without(data: unknown, places: readonly Field[]): unknown {
  if (places.some((place) => place.length === 0)) return undefined;
  if (places.length === 0 || typeof data !== 'object' || data === null) return data;
  const below = (step: string | number) =>
    places.filter((place) => place[0] === step).map((place) => place.slice(1));
  if (Array.isArray(data)) {
    return data.map((item, index) => without(item, below(index))).filter((item) => item !== undefined);
  }
  return Object.fromEntries(
    Object.entries(data)
      .map(([key, value]) => [key, without(value, below(key))])
      .filter(([, value]) => value !== undefined),
  );
}
