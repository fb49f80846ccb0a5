import type { FieldPath, ManifestValue } from '../../model/manifest.ts';
import { Redacted } from '../../model/redacted.ts';
import { HIDDEN_KEY } from '../../model/secretValue.ts';

/**
 * Where values of a manifest are hidden. A mapping with a hidden name counts as hidden as a
 * whole: a rule may not look at its names either.
 */
export function hiddenPaths(value: ManifestValue, path: FieldPath = []): FieldPath[] {
  if (value instanceof Redacted) return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => hiddenPaths(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  if (path.length > 0 && entries.some(([name]) => name.startsWith(HIDDEN_KEY.slice(0, -1)))) return [path];
  return entries.flatMap(([name, inner]) => hiddenPaths(inner, [...path, name]));
}
