import type { CustomVersion } from './customVersions.ts';
import { isJsonObject } from './jsonObject.ts';

/** Keywords whose values are not schemas. */
const VALUES = new Set(['enum', 'default', 'required', 'const', 'examples', 'example']);

/**
 * A JSON schema, as openapi2jsonschema makes them of CustomResourceDefinitions, as the schema
 * of a kind: several types in one become what they say of a value that is absent or `null`.
 * @param name such as `example.com/v1 Widget`.
 */
export function schemaFileVersion(name: string, path: string, text: string): CustomVersion {
  const called = `the schema file \`${path}\` of the base branch`;
  try {
    const schema: unknown = JSON.parse(text);
    return { name, schema: structural(schema), reason: null, hasStatus: true, called };
  } catch {
    const reason = `${called} cannot be used: it is not JSON`;
    return { name, schema: null, reason, hasStatus: true, called };
  }
}

function structural(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(structural);
  if (!isJsonObject(schema)) return schema;
  const { properties, ...rest } = schema;
  const entries = Object.entries(rest).map(([keyword, value]) => [
    keyword,
    VALUES.has(keyword) ? value : structural(value),
  ]);
  return {
    ...Object.fromEntries(entries),
    ...typesOf(schema['type']),
    ...(properties !== undefined && { properties: mapped(properties) }),
  };
}

function mapped(properties: unknown): unknown {
  if (!isJsonObject(properties)) return properties;
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, structural(property)]),
  );
}

function typesOf(type: unknown): object {
  if (!Array.isArray(type)) return {};
  const types: unknown[] = type.filter((one) => one !== 'null');
  const nullable = types.length < type.length ? { nullable: true } : {};
  if (types.length === 1) return { type: types[0], ...nullable };
  const isIntOrString = types.length === 2 && types.includes('integer') && types.includes('string');
  return { type: undefined, ...(isIntOrString && { 'x-kubernetes-int-or-string': true }), ...nullable };
}
