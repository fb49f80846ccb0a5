/** Keywords that neither the API server's validation nor its CEL rules read. */
const DROPPED = new Set(['description', 'title', 'example', 'externalDocs', 'x-kubernetes-map-type']);

/** Keywords whose values are schemas, lists of schemas, or schemas by name. */
const SCHEMA = new Set(['items', 'additionalProperties', 'not']);
const LIST = new Set(['allOf', 'anyOf', 'oneOf']);

/** A structural schema without what is only for people. */
export function compactSchema(schema) {
  if (typeof schema !== 'object') return schema;
  const entries = Object.entries(schema)
    .filter(([keyword, value]) => !DROPPED.has(keyword) && !isUnset(keyword, value))
    .map(([keyword, value]) => [keyword, compactKeyword(keyword, value)]);
  const compact = Object.fromEntries(entries);
  // The keyword says the same.
  if (compact['x-kubernetes-int-or-string'] && isIntOrString(compact.anyOf)) delete compact.anyOf;
  return compact;
}

function compactKeyword(keyword, value) {
  if (SCHEMA.has(keyword)) return compactSchema(value);
  if (LIST.has(keyword)) return value.map(compactSchema);
  if (keyword === 'properties') {
    return Object.fromEntries(
      Object.entries(value).map(([name, property]) => [name, compactSchema(property)]),
    );
  }
  return value;
}

/** Go reads `anyOf: null`, which a manifest of OpenShift's has, as none. */
function isUnset(keyword, value) {
  return LIST.has(keyword) && value === null;
}

function isIntOrString(anyOf) {
  return JSON.stringify(anyOf) === '[{"type":"integer"},{"type":"string"}]';
}
