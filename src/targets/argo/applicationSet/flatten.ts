import { isObject, type ManifestValue } from '../../../model/manifest.ts';
import { Redacted } from '../../../model/redacted.ts';

/**
 * Nested values as texts by names with dots (`a.b`, `list.0`), as Argo CD's generators give
 * them to simple templates and selectors.
 * @see https://github.com/jeremywohl/flatten
 */
export function flatten(value: ManifestValue): Record<string, string> {
  const flat: [string, string][] = [];
  const add = (name: string, item: ManifestValue): void => {
    const below = (key: string | number) => (name === '' ? String(key) : `${name}.${key}`);
    if (Array.isArray(item)) {
      for (const [index, inner] of item.entries()) add(below(index), inner);
    } else if (isObject(item)) {
      for (const [key, inner] of Object.entries(item)) add(below(key), inner);
    } else flat.push([name, goText(item)]);
  };
  add('', value);
  return Object.fromEntries(flat);
}

/** A value as Go's `%v` prints it. */
export function goText(value: ManifestValue): string {
  if (value === null) return '<nil>';
  if (typeof value === 'number') return goNumber(value);
  if (value instanceof Redacted || typeof value === 'string') return String(value);
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

/** Numbers from YAML are floats in Go, which `%v` prints with an exponent below 0.0001 and from a million. */
function goNumber(value: number): string {
  const [digits = '0', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
