import type { ManifestValue } from '../../model/manifest.ts';
import { Redacted } from '../../model/redacted.ts';

/** A copy for validation: an empty text, which passes for a string and for base64, where hidden values stood. */
export function withoutHidden(value: ManifestValue): unknown {
  if (value instanceof Redacted) return value.marked('');
  if (Array.isArray(value)) return value.map(withoutHidden);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutHidden(inner)]));
}
