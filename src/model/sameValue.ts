import { isObject, type ManifestValue, valueAt } from './manifest.ts';
import { Redacted } from './redacted.ts';

/** True where two values mean the same to the API server: `null` is as good as absent, the order of fields is none. */
export function sameValue(one: ManifestValue | undefined, other: ManifestValue | undefined): boolean {
  if (one === undefined || one === null) return other === undefined || other === null;
  if (one instanceof Redacted) return other instanceof Redacted && one.equals(other);
  if (Array.isArray(one))
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => sameValue(item, other[index]))
    );
  if (!isObject(one)) return one === other;
  if (!isObject(other)) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) =>
    sameValue(valueAt(one, [name]), valueAt(other, [name])),
  );
}
