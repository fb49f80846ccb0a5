import type { DefinedError, KeywordDefinition, SchemaValidateFunction } from 'ajv';
import { isJsonObject, type JsonObject } from './jsonObject.ts';

/** A list whose items must differ: as a whole, or in the fields that are their key. */
export type ListType = { readonly type: 'set' } | { readonly type: 'map'; readonly keys: readonly string[] };

/** What `x-kubernetes-list-type` says of a list as a rule for {@link listTypeKeyword}; nothing of an atomic list. */
export function listTypeRule(schema: JsonObject): JsonObject {
  const type = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'];
  if (type === 'set') return { listType: { type } };
  return type === 'map' && Array.isArray(keys) ? { listType: { type, keys: keys.map(String) } } : {};
}

/**
 * The keyword `listType` for ajv, whose value is a {@link ListType}. Each item that repeats
 * another is an error at that item, once for all its repetitions, as in the API server:
 * https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apiserver/schema/listtype/validation.go
 */
export const listTypeKeyword = {
  keyword: 'listType',
  type: 'array',
  schemaType: 'object',
  errors: 'full',
  validate: findRepeated(),
} satisfies KeywordDefinition;

function findRepeated(): SchemaValidateFunction {
  const validate: SchemaValidateFunction = (list: ListType, items: readonly unknown[], ...around) => {
    const [parentSchema, context] = around;
    const errors = repeated(items, list).map(([index, first]) => ({
      keyword: 'listType',
      instancePath: `${context?.instancePath ?? ''}/${index}`,
      schemaPath: '#/listType',
      params: { first },
      schema: list,
      parentSchema: parentSchema ?? {},
      data: items[index],
    }));
    // The type knows ajv's own keywords alone.
    validate.errors = errors as unknown as DefinedError[];
    return errors.length === 0;
  };
  return validate;
}

/** The second of each set of equal items, and the first of them. */
function repeated(items: readonly unknown[], list: ListType): [number, number][] {
  const seen = new Map<string, { first: number; told: boolean }>();
  return items.flatMap((item, index): [number, number][] => {
    const identity = identityOf(item, list);
    if (identity === undefined) return [];
    const earlier = seen.get(identity);
    if (earlier === undefined) seen.set(identity, { first: index, told: false });
    if (earlier === undefined || earlier.told) return [];
    earlier.told = true;
    return [[index, earlier.first]];
  });
}

/** Undefined where it is not known: a value that is hidden stands as an empty text, and may be any. */
function identityOf(item: unknown, list: ListType): string | undefined {
  if (list.type === 'set') return item === '' ? undefined : JSON.stringify(sorted(item));
  // Another type than an object is another mistake.
  if (!isJsonObject(item)) return undefined;
  const values = list.keys.map((key) => (Object.hasOwn(item, key) ? item[key] : undefined));
  return values.includes('') ? undefined : JSON.stringify(values.map((value) => [sorted(value)]));
}

/** The same value with the fields of its mappings in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
