import { isJsonObject } from './jsonObject.ts';

/**
 * A copy of a custom resource with the defaults of its schema filled in, as the API server
 * does before it validates: for fields that are absent, or `null` where they may not be.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting
 */
export function applyDefaults(value: unknown, schema: unknown): unknown {
  if (!isJsonObject(schema)) return value;
  const { properties, additionalProperties, items } = schema;
  if (Array.isArray(value)) return value.map((item: unknown) => applyDefaults(item, items));
  if (!isJsonObject(value)) return value;
  const own = isJsonObject(properties) ? properties : {};
  const result = new Map(Object.entries(value));
  for (const [name, property] of Object.entries(own)) {
    if (!isJsonObject(property) || property.default === undefined) continue;
    const given = result.get(name);
    if (given === undefined || (given === null && property.nullable !== true)) {
      result.set(name, property.default);
    }
  }
  const filled = [...result].map(([name, inner]) => {
    const inside = Object.hasOwn(own, name) ? own[name] : additionalProperties;
    return [name, applyDefaults(inner, inside)];
  });
  return Object.fromEntries(filled);
}
