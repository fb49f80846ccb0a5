import { Redacted, type Redactor } from './redacted.ts';

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

/**
 * The same manifest with the values of a Secret's `data` and `stringData` replaced, also
 * inside List kinds. This is the first thing that happens to a parsed document.
 */
export function redactManifest(value: ManifestValue, redactor: Redactor): ManifestValue {
  if (!isObject(value)) return value;
  if (Array.isArray(value['items'])) {
    return { ...value, items: value['items'].map((item) => redactManifest(item, redactor)) };
  }
  if (value['kind'] !== 'Secret') return value;
  return redactSecret(value, redactor);
}

const SECRET_FIELDS = ['data', 'stringData'] as const;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function redactSecret(secret: ManifestObject, redactor: Redactor): ManifestObject {
  const result: ManifestObject = { ...secret };
  for (const field of SECRET_FIELDS) {
    if (field in result) result[field] = redactAll(result[field] ?? null, redactor);
  }
  const annotations = valueAt(result, ['metadata', 'annotations']);
  if (isObject(result['metadata']) && isObject(annotations) && LAST_APPLIED in annotations) {
    const hidden = redactAll(annotations[LAST_APPLIED] ?? null, redactor);
    result['metadata'] = { ...result['metadata'], annotations: { ...annotations, [LAST_APPLIED]: hidden } };
  }
  return result;
}

function redactAll(value: ManifestValue, redactor: Redactor): ManifestValue {
  if (value === null || value instanceof Redacted) return value;
  if (Array.isArray(value)) return value.map((item) => redactAll(item, redactor));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactAll(item, redactor)]));
  }
  return redactor.redact(String(value));
}
