// OPA's functions of whole documents that WebAssembly policies do not bring along. Sets come
// as lists, with what `types` says of the two values themselves.
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import type { AnySchemaObject, ValidateFunction } from 'ajv';
import { applyPatch, type Operation } from 'rfc6902';

/** True where one holds all of the other: fields, members, or a run of items. */
export function isSubset(whole: unknown, part: unknown, types: readonly string[]): boolean | undefined {
  const [ofWhole, ofPart] = types;
  const isOfMembers = ofPart === 'set' && (ofWhole === 'set' || ofWhole === 'array');
  if (isOfMembers && isList(whole) && isList(part)) return part.every((item) => has(whole, item));
  return ofWhole === ofPart ? holds(whole, part) : undefined;
}

function holds(whole: unknown, part: unknown): boolean {
  if (isList(whole) && isList(part)) {
    return whole
      .concat([undefined])
      .some((_, from) => isDeepStrictEqual(whole.slice(from, from + part.length), part));
  }
  if (!isObject(whole) || !isObject(part)) return isDeepStrictEqual(whole, part);
  return Object.entries(part).every(([name, value]) => {
    if (!Object.hasOwn(whole, name)) return false;
    const own = whole[name];
    const nested = (isObject(own) && isObject(value)) || (isList(own) && isList(value));
    return nested ? holds(own, value) : isDeepStrictEqual(own, value);
  });
}

function has(items: readonly unknown[], wanted: unknown): boolean {
  return items.some((item) => isDeepStrictEqual(item, wanted));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A path of a patch: a pointer with or without the slash at its front, or its steps. */
type Path = string | readonly (string | number)[];

interface PatchOperation {
  readonly op: string;
  readonly path: Path;
  readonly from?: Path;
  readonly value?: unknown;
}

/** https://www.rfc-editor.org/rfc/rfc6902; undefined where one operation cannot be done. */
export function patch(document: unknown, operations: readonly PatchOperation[]): unknown {
  const root = { root: structuredClone(document) };
  const pointed = operations.map((operation) => ({
    ...operation,
    path: pointer(operation.path),
    ...(operation.from === undefined ? {} : { from: pointer(operation.from) }),
  }));
  // An operation that is none is one of the errors.
  const failed = applyPatch(root, pointed as Operation[]).some((error) => error !== null);
  return failed ? undefined : root.root;
}

function pointer(path: Path): string {
  const steps =
    typeof path !== 'string'
      ? path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))
      : path.replace(/^\//, '').split('/');
  return `/root${path.length === 0 ? '' : `/${steps.join('/')}`}`;
}

/** `[valid, error]`: whether it is a JSON Schema. */
export function verifySchema(given: unknown): [boolean, string | null] {
  try {
    compiled(given);
    return [true, null];
  } catch (error) {
    return [false, error instanceof Error ? error.message : String(error)];
  }
}

/** `[valid, errors]` by a JSON Schema. The words of the errors are ajv's. */
export function matchSchema(given: unknown, schema: unknown): [boolean, object[]] {
  const validate = compiled(schema);
  if (validate(document(given))) return [true, []];
  const errors = (validate.errors ?? []).map(({ instancePath, keyword, message = '' }) => {
    const field = instancePath.slice(1).replaceAll('/', '.') || '(root)';
    return { error: `${field}: ${message}`, type: keyword, field, desc: message };
  });
  return [false, errors];
}

/** Schemas that look elsewhere are none. */
function compiled(schema: unknown): ValidateFunction {
  // Few policies ask for it, and loading it takes longer than all else here.
  const require = createRequire(import.meta.url);
  const { Ajv }: typeof import('ajv') = require('ajv');
  const formats: typeof import('ajv-formats') = require('ajv-formats');
  const ajv = new Ajv({ allErrors: true, strict: false, logger: false });
  formats.default(ajv);
  const { $schema: _, ...own }: AnySchemaObject = Object(document(schema));
  return ajv.compile(own);
}

function document(given: unknown): unknown {
  return typeof given === 'string' ? JSON.parse(given) : given;
}
