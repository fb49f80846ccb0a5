import { stringify } from 'yaml';
import { isObject, type ManifestObject, type ManifestValue } from '../model/manifest.ts';
import { Redacted } from '../model/redacted.ts';

const BEFORE = '<redacted: value before>';
const AFTER = '<redacted: value after>';

/** Fields that come first, as people write manifests; the others follow by name. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

/**
 * Two manifests as canonical YAML, ready to be compared line by line: fields in one
 * order, no aliases, Secret values replaced. A Secret value that changes shows only that
 * it does. Equal manifests give equal text. Null stands for no manifest, and gives ''.
 */
export function canonicalPair(base: ManifestObject | null, head: ManifestObject | null): [string, string] {
  return [canonical(base, head, BEFORE), canonical(head, base, AFTER)];
}

function canonical(manifest: ManifestObject | null, other: ManifestObject | null, changed: string): string {
  if (manifest === null) return '';
  const plain = order(conceal(manifest, other, changed));
  return stringify(plain, { aliasDuplicateObjects: false, lineWidth: 0, version: '1.1' });
}

function conceal(value: ManifestValue, other: ManifestValue | undefined, changed: string): ManifestValue {
  if (value instanceof Redacted) {
    return other instanceof Redacted && !other.equals(value) ? value.marked(changed) : String(value);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      conceal(item, Array.isArray(other) ? other[index] : undefined, changed),
    );
  }
  if (!isObject(value)) return value;
  const partner = isObject(other) ? other : {};
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, conceal(item, partner[key], changed)]),
  );
}

function order(value: ManifestValue): ManifestValue {
  if (Array.isArray(value)) return value.map(order);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([key, item]) => [key, order(item)]),
  );
}

function rank(field: string): number {
  const index = FIRST.indexOf(field);
  return index < 0 ? FIRST.length : index;
}
