import { isObject, type ManifestObject, type ManifestValue } from './manifest.ts';
import { Redacted, type Redactor } from './redacted.ts';
import { HIDDEN_KEY, isKey, isSecret, NO_VALUES, shownKey } from './secretValue.ts';

/**
 * The same manifest with every value of a Secret replaced, also inside List kinds, and with
 * what the engine replaced elsewhere. This is the first thing that happens to a parsed
 * document.
 */
export function redactManifest(value: ManifestValue, redactor: Redactor): ManifestValue {
  if (!isObject(value)) return readAll(value, redactor);
  const { kind, apiVersion, items } = value;
  if (Array.isArray(items)) {
    const list = readObject({ ...value, items: [] }, redactor);
    return { ...list, items: items.map((item) => redactManifest(item, redactor)) };
  }
  if (isSecret(textOrNothing(kind), textOrNothing(apiVersion))) return redactSecret(value, redactor);
  if (typeof kind === 'string' && kind.toLowerCase() === 'secret') return redactOther(value, redactor);
  return readObject(value, redactor);
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** All of a Secret but what says what it is: what stands below a mistyped field is a value, too. */
function redactSecret(secret: ManifestObject, redactor: Redactor): ManifestObject {
  const fields = Object.entries(secret).map(([name, value]): [string, ManifestValue] => {
    if (name === 'metadata') return [name, redactMetadata(value, redactor)];
    if (isHarmless(name, value)) return [name, value];
    return [NO_VALUES.has(name) ? name : shown(name), redactAll(value, redactor, name === 'data')];
  });
  return Object.fromEntries(fields);
}

/** Another group's kind of the same name: only what every Secret has is hidden. */
function redactOther(object: ManifestObject, redactor: Redactor): ManifestObject {
  const fields = Object.entries(readObject(object, redactor)).map(([name, value]): [string, ManifestValue] =>
    name === 'data' || name === 'stringData'
      ? [name, redactAll(value, redactor, name === 'data')]
      : [name, name === 'metadata' ? redactMetadata(value, redactor) : value],
  );
  return Object.fromEntries(fields);
}

function isHarmless(name: string, value: ManifestValue): boolean {
  if (name === 'immutable') return typeof value === 'boolean';
  const named = name === 'apiVersion' || name === 'kind' || name === 'type';
  return named && typeof value === 'string' && value.split('/').every(isKey);
}

const NAMES = new Set(['name', 'namespace', 'generateName']);
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

function redactMetadata(metadata: ManifestValue, redactor: Redactor): ManifestValue {
  if (!isObject(metadata)) return redactAll(metadata, redactor);
  const fields = Object.entries(metadata).map(([name, value]): [string, ManifestValue] => {
    if (typeof value === 'string' && (NAMES.has(name) || TIMESTAMP.test(value))) return [name, value];
    const texts = (name === 'labels' || name === 'annotations') && isObject(value);
    return [name, texts ? redactTexts(value, redactor) : redactAll(value, redactor)];
  });
  return Object.fromEntries(fields);
}

/** Labels and annotations stay, but what kubectl keeps of the whole Secret there. */
function redactTexts(texts: ManifestObject, redactor: Redactor): ManifestObject {
  const fields = Object.entries(texts).map(([name, value]): [string, ManifestValue] => [
    name,
    name === LAST_APPLIED || typeof value === 'object'
      ? redactAll(value, redactor)
      : readAll(value, redactor),
  ]);
  return Object.fromEntries(fields);
}

function redactAll(value: ManifestValue, redactor: Redactor, encoded = false): ManifestValue {
  if (value === null || value instanceof Redacted) return value;
  if (Array.isArray(value)) return value.map((item) => redactAll(item, redactor, encoded));
  if (!isObject(value)) return redactor.redact(String(value), encoded);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [shown(name), redactAll(item, redactor, encoded)]),
  );
}

/** The engine has numbered the names that it hides. */
function shown(name: string): string {
  return name.startsWith(HIDDEN_KEY.slice(0, -1)) ? name : shownKey(name);
}

/** What identifies an object is no copy of a value, even if it looks like one. */
function readObject(object: ManifestObject, redactor: Redactor): ManifestObject {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = isObject(metadata) ? metadata : {};
  const read = readFields(object, redactor);
  if (apiVersion !== undefined) read['apiVersion'] = apiVersion;
  if (kind !== undefined) read['kind'] = kind;
  if (isObject(read['metadata'])) {
    if (name !== undefined) read['metadata']['name'] = name;
    if (namespace !== undefined) read['metadata']['namespace'] = namespace;
  }
  return read;
}

function readFields(object: ManifestObject, redactor: Redactor): ManifestObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, readAll(value, redactor)]));
}

function readAll(value: ManifestValue, redactor: Redactor): ManifestValue {
  if (typeof value === 'string') return redactor.read(value);
  if (Array.isArray(value)) return value.map((item) => readAll(item, redactor));
  return isObject(value) ? readFields(value, redactor) : value;
}

function textOrNothing(value: ManifestValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
