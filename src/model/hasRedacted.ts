import type { ManifestValue } from './manifest.ts';
import { Redacted } from './redacted.ts';

/** Whether a value of a Secret stands anywhere in a manifest, hidden as it is. */
export function hasRedacted(value: ManifestValue): boolean {
  if (value instanceof Redacted) return true;
  if (typeof value !== 'object' || value === null) return false;
  return (Array.isArray(value) ? value : Object.values(value)).some(hasRedacted);
}
