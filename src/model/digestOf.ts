import { createHash } from 'node:crypto';
import { isObject, type ManifestValue } from './manifest.ts';
import { Redacted } from './redacted.ts';

/**
 * A key that is equal for values that are equal, whatever the order of their fields. Values of
 * Secrets count by their digest, which differs from run to run, so a report must not contain it.
 */
export function digestOf(value: ManifestValue): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(value)))
    .digest('hex');
}

function ordered(value: ManifestValue): ManifestValue {
  if (value instanceof Redacted) return [value.toString(), value.identity()];
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([name, item]) => [name, ordered(item)]);
}
