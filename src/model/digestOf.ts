import { createHash } from 'node:crypto';
import { Redacted } from './redacted.ts';

/**
 * A key that is equal for JSON values that are equal, whatever the order of their fields; one that
 * is undefined counts as left out. Values of Secrets count by their digest, which differs from run
 * to run, so a report must not contain it.
 */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(value)))
    .digest('hex');
}

function ordered(value: unknown): unknown {
  if (value instanceof Redacted) return { redacted: [value.toString(), value.identity()] };
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = given.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, item]) => [name, ordered(item)]));
}
