// OPA's functions of whole documents that WebAssembly policies do not bring along. Sets come
// as lists, with what `types` says of the two values themselves.
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { applyPatch } from 'rfc6902';

/** True where one holds all of the other: fields, members, or a run of items. */
export function isSubset(whole, part, types) {
  const [ofWhole, ofPart] = types;
  if (ofWhole === 'array' && ofPart === 'set') return part.every((item) => has(whole, item));
  if (ofWhole !== ofPart) return undefined;
  if (ofWhole === 'set') return part.every((item) => has(whole, item));
  return holds(whole, part);
}

function holds(whole, part) {
  if (Array.isArray(whole) && Array.isArray(part)) {
    return whole
      .concat([undefined])
      .some((_, from) => isDeepStrictEqual(whole.slice(from, from + part.length), part));
  }
  if (!isObject(whole) || !isObject(part)) return isDeepStrictEqual(whole, part);
  return Object.entries(part).every(([name, value]) => {
    if (!Object.hasOwn(whole, name)) return false;
    const own = whole[name];
    const nested = (isObject(own) && isObject(value)) || (Array.isArray(own) && Array.isArray(value));
    return nested ? holds(own, value) : isDeepStrictEqual(own, value);
  });
}

function has(items, wanted) {
  return items.some((item) => isDeepStrictEqual(item, wanted));
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** https://www.rfc-editor.org/rfc/rfc6902; undefined where one operation cannot be done. */
export function patch(document, operations) {
  const root = { root: structuredClone(document) };
  const pointed = operations.map((operation) => ({
    ...operation,
    path: pointer(operation.path),
    ...('from' in operation ? { from: pointer(operation.from) } : {}),
  }));
  const failed = applyPatch(root, pointed).some((error) => error !== null);
  return failed ? undefined : root.root;
}

/** A path is a list of steps, or a pointer with or without the slash at its front. */
function pointer(path) {
  const steps = Array.isArray(path)
    ? path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))
    : path.replace(/^\//, '').split('/');
  return `/root${path.length === 0 ? '' : `/${steps.join('/')}`}`;
}

/** `[valid, error]`: whether it is a JSON Schema. */
export function verifySchema(given) {
  try {
    compiled(given);
    return [true, null];
  } catch (error) {
    return [false, String(error?.message ?? error)];
  }
}

/** `[valid, errors]` by a JSON Schema. The words of the errors are ajv's. */
export function matchSchema(given, schema) {
  const validate = compiled(schema);
  if (validate(document(given))) return [true, []];
  const errors = (validate.errors ?? []).map(({ instancePath, keyword, message = '' }) => {
    const field = instancePath.slice(1).replaceAll('/', '.') || '(root)';
    return { error: `${field}: ${message}`, type: keyword, field, desc: message };
  });
  return [false, errors];
}

/** Schemas that look elsewhere are none. */
function compiled(schema) {
  // Few policies ask for it, and loading it takes longer than all else here.
  const require = createRequire(import.meta.url);
  const ajv = new (require('ajv').Ajv)({ allErrors: true, strict: false, logger: false });
  require('ajv-formats').default(ajv);
  const { $schema: _, ...own } = document(schema);
  return ajv.compile(own);
}

function document(given) {
  return typeof given === 'string' ? JSON.parse(given) : given;
}
