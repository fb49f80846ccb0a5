import { isJsonObject, type JsonObject, MalformedSchema } from './jsonObject.ts';
import { listTypeRule } from './listTypes.ts';
import type { SharedSchemas } from './sharedSchemas.ts';
import { condition, formatRule, valueRules } from './valueRules.ts';

/** The definition that every `metadata` is checked by. */
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

const KEEPS_UNKNOWN = 'x-kubernetes-preserve-unknown-fields';

/** Whose rules a schema follows where built-in kinds and custom resources differ. */
export type SchemaSource = 'built-in' | 'custom';

/** Where a value stands: the API server takes `null` for absent as a field, not as a list's item. */
type Place = 'field' | 'item';

const TYPES = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);

/**
 * A Kubernetes structural schema as the JSON schema of what the API server accepts without
 * complaint: no unknown fields, `null` for absent, quantities and int-or-string.
 *
 * Only known keywords with values of the right type come through, whatever a pull request
 * has written: the result becomes code.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 * @param shared schemas that are referred to by name wherever they stand in this one.
 * @throws {MalformedSchema} where the schema cannot be understood.
 */
export function strictSchema(schema: unknown, source: SchemaSource, shared?: SharedSchemas): JsonObject {
  if (!isJsonObject(schema)) throw new MalformedSchema([], 'it is not a mapping');
  return rulesOf(schema, { source, place: 'field', path: [], shared });
}

/**
 * A custom resource as a whole: the fields that every object has stand beside its own.
 * @throws {MalformedSchema}
 */
export function strictRootSchema(schema: unknown, shared?: SharedSchemas): JsonObject {
  if (!isJsonObject(schema)) throw new MalformedSchema([], 'it is not a mapping');
  if (schema.type !== 'object') throw new MalformedSchema([], 'its type is not object');
  const root = { ...schema, 'x-kubernetes-embedded-resource': 'root' };
  return rulesOf(root, { source: 'custom', place: 'field', path: [], shared });
}

interface Context {
  readonly source: SchemaSource;
  readonly place: Place;
  readonly path: readonly string[];
  readonly shared: SharedSchemas | undefined;
}

function structure(schema: unknown, context: Context): JsonObject {
  if (!isJsonObject(schema)) throw new MalformedSchema(context.path, 'it is not a mapping');
  if (schema.$ref !== undefined) return reference(schema.$ref, context);
  const name = context.shared?.nameOf(schema);
  if (name !== undefined) return sharedReference(name, schema, context);
  return rulesOf(schema, context);
}

function rulesOf(schema: JsonObject, context: Context): JsonObject {
  return {
    ...typeRules(schema, context),
    ...objectRules(schema, context),
    ...itemRules(schema, context),
    ...(context.source === 'custom'
      ? { ...valueRules(schema, context.path), ...listTypeRule(schema) }
      : { ...formatRule(schema), ...enumOf(schema) }),
  };
}

function reference(target: unknown, { source, place, path }: Context): JsonObject {
  if (source === 'custom' || typeof target !== 'string') {
    throw new MalformedSchema(path, '$ref is not allowed');
  }
  return place === 'item' ? { $ref: target, notNull: true } : { $ref: target };
}

function sharedReference(name: string, { nullable }: JsonObject, { place }: Context): JsonObject {
  return place === 'item' && nullable !== true ? { $ref: name, notNull: true } : { $ref: name };
}

function typeRules(schema: JsonObject, { source, place, path }: Context): JsonObject {
  const { type, nullable } = schema;
  const notNull = place === 'item' && nullable !== true;
  if (isIntOrString(schema)) {
    // The built-in type holds 32 bits.
    const range = source === 'built-in' ? { kubernetesFormat: 'int32' } : {};
    return { intOrString: true, ...range, ...(notNull && { notNull }) };
  }
  if (schema.format === 'quantity' && source === 'built-in') return { quantity: true };
  if (type === undefined) return {};
  if (typeof type !== 'string' || !TYPES.has(type)) {
    throw new MalformedSchema(path, `its type is not one of ${[...TYPES].join(', ')}`);
  }
  // Go reads a null in a list of numbers or texts as 0 or "".
  const scalar = type !== 'object' && type !== 'array';
  return { type: notNull && !(source === 'built-in' && scalar) ? type : [type, 'null'] };
}

function isIntOrString(schema: JsonObject): boolean {
  return schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string';
}

function objectRules(schema: JsonObject, context: Context): JsonObject {
  const own = schema.properties ?? {};
  if (!isJsonObject(own)) throw new MalformedSchema(context.path, 'its properties are not a mapping');
  const { type, additionalProperties: others } = schema;
  const embedded = schema['x-kubernetes-embedded-resource'];
  const required = requiredFields(schema, context.path);
  const properties = Object.entries(own).map(([name, property]) => {
    const strict = structure(property, { ...context, place: 'field', path: [...context.path, name] });
    return [name, required.includes(name) ? strict : withEmptyText(strict, context.source)];
  });
  const rules: Record<string, unknown> = {
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...presence(own, required),
  };
  if (embedded === true || embedded === 'root') {
    Object.assign(rules, objectFields(rules, own.metadata, embedded === true));
  }
  if (isJsonObject(others)) {
    rules.additionalProperties = structure(others, {
      ...context,
      place: 'field',
      path: [...context.path, '*'],
    });
  } else if (others !== true && type === 'object' && !keepsUnknown(schema)) {
    rules.additionalProperties = false;
  }
  return rules;
}

function keepsUnknown(schema: JsonObject): boolean {
  return schema[KEEPS_UNKNOWN] === true;
}

function requiredFields({ required = [] }: JsonObject, path: readonly string[]): string[] {
  if (!Array.isArray(required)) throw new MalformedSchema(path, 'required is not a list');
  return required.map((name: unknown) => {
    if (typeof name !== 'string') throw new MalformedSchema(path, 'required does not list names');
    return name;
  });
}

/** A `null` is as good as nothing, unless the field may be null. */
function presence(properties: JsonObject, required: readonly string[]): JsonObject {
  const nullable = (name: string) => {
    const property = properties[name];
    return isJsonObject(property) && property.nullable === true;
  };
  const evenNull = required.filter(nullable);
  const present = required.filter((name) => !nullable(name));
  return {
    ...(evenNull.length > 0 && { required: evenNull }),
    ...(present.length > 0 && { presentFields: present }),
  };
}

/** What every object has; an embedded one must also say what it is. */
function objectFields(rules: JsonObject, ownMetadata: unknown, embedded: boolean): JsonObject {
  const text = { type: ['string', 'null'] };
  const reference = { $ref: OBJECT_META };
  // What a definition says of metadata can only narrow it.
  const metadata = isJsonObject(ownMetadata)
    ? { allOf: [reference, condition({ ...ownMetadata, type: undefined }, ['metadata'])] }
    : reference;
  const own = isJsonObject(rules.properties) ? rules.properties : {};
  const present = new Set(Array.isArray(rules.presentFields) ? rules.presentFields : []);
  if (embedded) for (const name of ['apiVersion', 'kind']) present.add(name);
  // Of the root itself the check of its identity speaks.
  if (!embedded) for (const name of ['apiVersion', 'kind', 'metadata']) present.delete(name);
  return { properties: { ...own, apiVersion: text, kind: text, metadata }, presentFields: [...present] };
}

/**
 * A list that keeps unknown fields keeps those of its items (`skipPrune`):
 * https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apiserver/schema/pruning/algorithm.go
 */
function itemRules(schema: JsonObject, context: Context): JsonObject {
  const { items } = schema;
  if (items === undefined) return {};
  const kept = isJsonObject(items) && keepsUnknown(schema) ? { ...items, [KEEPS_UNKNOWN]: true } : items;
  return { items: structure(kept, { ...context, place: 'item', path: [...context.path, '[]'] }) };
}

function enumOf({ enum: allowed }: JsonObject): JsonObject {
  return Array.isArray(allowed) ? { enum: [...allowed, null] } : {};
}

/** Go cannot tell an empty text from an absent one, so an optional field may have it. */
function withEmptyText(schema: JsonObject, source: SchemaSource): JsonObject {
  const allowed = schema.enum;
  return source === 'built-in' && Array.isArray(allowed) ? { ...schema, enum: [...allowed, ''] } : schema;
}
