import { Redacted } from './redacted.ts';

/** A value inside a manifest: JSON, with Secret values replaced. */
export type ManifestValue = null | boolean | number | string | Redacted | ManifestValue[] | ManifestObject;

export interface ManifestObject {
  [field: string]: ManifestValue;
}

/** Where a value stands in a manifest: field names and list indices, outermost first. */
export type FieldPath = readonly (string | number)[];

/** True for a mapping; false for lists, scalars and redacted values. */
export function isObject(value: unknown): value is ManifestObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Redacted);
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(value: ManifestValue | undefined, path: FieldPath): ManifestValue | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current) && typeof step === 'number') current = current[step];
    else if (isObject(current) && typeof step === 'string' && Object.hasOwn(current, step))
      current = current[step];
    else return undefined;
  }
  return current;
}

/** A path as far as the value has it: its longest beginning that leads to something. */
export function nearestPath(value: ManifestValue, path: FieldPath): FieldPath {
  let depth = path.length;
  while (depth > 0 && valueAt(value, path.slice(0, depth)) === undefined) depth--;
  return path.slice(0, depth);
}

/** The text at a path, or undefined when there is no string. */
export function textAt(value: ManifestValue | undefined, path: FieldPath): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/**
 * A path as people write it: `spec.containers[0].image`, and
 * `metadata.annotations["example.com/key"]` where a name is not a plain word.
 */
export function formatFieldPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
