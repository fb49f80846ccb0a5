import { isJsonObject, type JsonObject } from '../../../../src/checks/schemas/jsonObject.ts';

/** Numbers that look random and are the same each time. */
export function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WRONG = [
  5,
  -1,
  2 ** 40,
  1.5,
  'text',
  '',
  '5',
  true,
  null,
  [],
  {},
  [1, 1],
  { a: 1 },
  '2026-01-31',
  '1Gi',
];

/** A value that mostly fits a structural schema, with mistakes of all kinds here and there. */
export function sampleValue(
  schema: unknown,
  definitions: JsonObject,
  next: (below: number) => number,
  depth = 0,
): unknown {
  if (!isJsonObject(schema) || next(14) === 0) return WRONG[next(WRONG.length)];
  if (typeof schema['$ref'] === 'string')
    return depth > 24 ? {} : sampleValue(definitions[schema['$ref']], definitions, next, depth + 1);
  const inner = (part: unknown) => sampleValue(part, definitions, next, depth + 1);
  const { properties, items, additionalProperties, type, enum: allowed } = schema;
  if (Array.isArray(allowed) && next(4) > 0) return allowed[next(allowed.length)];
  if (isJsonObject(properties)) {
    const few = depth > 3 ? 5 : 2;
    const entries = Object.entries(properties).filter(() => next(few) === 0);
    const more = next(6) === 0 ? [['unknownField', 1]] : [];
    return Object.fromEntries([...entries.map(([name, property]) => [name, inner(property)]), ...more]);
  }
  if (type === 'array' || items !== undefined) {
    const item = inner(items);
    return next(3) === 0 ? [item, item] : [item, inner(items)].slice(0, next(3));
  }
  if (isJsonObject(additionalProperties))
    return { one: inner(additionalProperties), 'a/b~c': inner(additionalProperties) };
  if (type === 'integer' || type === 'number') return next(8) === 0 ? 2 ** 33 : next(100);
  if (type === 'boolean') return next(2) === 0;
  if (type === 'object') return {};
  return ['text', '1Gi', '8080', 'a b', '2026-01-31T12:00:00Z', 'YQ=='][next(6)];
}
