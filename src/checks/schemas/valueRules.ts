import { RE2JS } from 're2js';
import { FORMATS } from './formats.ts';
import { isJsonObject, type JsonObject, MalformedSchema } from './jsonObject.ts';

/** Keywords that limit a value, with the type that their own value must have. */
const LIMITS = {
  minimum: 'number',
  maximum: 'number',
  multipleOf: 'number',
  minLength: 'number',
  maxLength: 'number',
  minItems: 'number',
  maxItems: 'number',
  minProperties: 'number',
  maxProperties: 'number',
  uniqueItems: 'boolean',
} as const;

/**
 * The rules of a custom resource's schema on values, in place or inside `allOf`, `anyOf`,
 * `oneOf` and `not`. They say nothing about which fields are known.
 * @throws {MalformedSchema}
 */
export function valueRules(schema: JsonObject, path: readonly string[]): JsonObject {
  return { ...customFormatRule(schema), ...limits(schema, path), ...combinations(schema, path) };
}

/** The rule for a format that is known. */
export function formatRule({ format }: JsonObject): JsonObject {
  return typeof format === 'string' && FORMATS.has(format) ? { kubernetesFormat: format } : {};
}

/** A custom resource's formats are known with and without dashes, and only where they fit the type. */
function customFormatRule({ format, type }: JsonObject): JsonObject {
  if (typeof format !== 'string') return {};
  const isNumber = format === 'int32' || format === 'int64';
  const fits = isNumber ? type === 'integer' : type === undefined || type === 'string';
  const name = format.replaceAll('-', '');
  return fits ? formatRule({ format: name === 'datetime' ? 'date-time' : name }) : {};
}

function limits(schema: JsonObject, path: readonly string[]): JsonObject {
  const rules: Record<string, unknown> = {};
  for (const [keyword, type] of Object.entries(LIMITS)) {
    const value = schema[keyword];
    if (value === undefined) continue;
    if (typeof value !== type) throw new MalformedSchema(path, `${keyword} is not a ${type}`);
    rules[keyword] = value;
  }
  // OpenAPI 3.0 has a flag where JSON schema has a number.
  for (const [limit, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (schema[exclusive] !== true || rules[limit] === undefined) continue;
    rules[exclusive] = rules[limit];
    delete rules[limit];
  }
  const { pattern, enum: allowed, nullable } = schema;
  if (pattern !== undefined) rules.linearPattern = patternOf(pattern, path);
  if (allowed !== undefined) {
    if (!Array.isArray(allowed)) throw new MalformedSchema(path, 'enum is not a list');
    // A null that the schema does not allow has been judged as one.
    rules.enum = nullable === true ? allowed : [...allowed, null];
  }
  return rules;
}

function patternOf(pattern: unknown, path: readonly string[]): string {
  if (typeof pattern !== 'string') throw new MalformedSchema(path, 'pattern is not a text');
  try {
    RE2JS.compile(pattern);
    return pattern;
  } catch {
    throw new MalformedSchema(path, 'pattern is not a regular expression that Go understands');
  }
}

function combinations(schema: JsonObject, path: readonly string[]): JsonObject {
  const rules: Record<string, unknown> = {};
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const branches = schema[keyword];
    if (branches === undefined) continue;
    if (!Array.isArray(branches)) throw new MalformedSchema(path, `${keyword} is not a list`);
    const told = branches.map((branch: unknown, index) =>
      condition(branch, [...path, keyword, String(index)]),
    );
    if (!saysIntOrString(schema, told)) rules[keyword] = told;
  }
  if (schema.not !== undefined) rules.not = condition(schema.not, [...path, 'not']);
  return rules;
}

/** A schema inside `allOf`, `anyOf`, `oneOf` or `not`. @throws {MalformedSchema} */
export function condition(schema: unknown, path: readonly string[]): JsonObject {
  if (!isJsonObject(schema)) throw new MalformedSchema(path, 'it is not a mapping');
  const rules: Record<string, unknown> = { ...valueRules(schema, path) };
  const { type, required, properties, items, additionalProperties } = schema;
  if (typeof type === 'string') rules.type = [type, 'null'];
  if (Array.isArray(required)) rules.presentFields = required.map(String);
  if (isJsonObject(properties)) {
    const conditions = Object.entries(properties).map(([name, property]) => [
      name,
      condition(property, [...path, name]),
    ]);
    rules.properties = Object.fromEntries(conditions);
  }
  if (isJsonObject(items)) rules.items = condition(items, [...path, '[]']);
  if (isJsonObject(additionalProperties)) {
    rules.additionalProperties = condition(additionalProperties, [...path, '*']);
  }
  return rules;
}

const INTEGER_OR_STRING = JSON.stringify([
  ['integer', 'null'],
  ['string', 'null'],
]);

/** The form in which a definition repeats `x-kubernetes-int-or-string`. */
function saysIntOrString(schema: JsonObject, branches: readonly JsonObject[]): boolean {
  if (schema['x-kubernetes-int-or-string'] !== true) return false;
  return branches.length === 2 && JSON.stringify(branches.map(({ type }) => type)) === INTEGER_OR_STRING;
}
