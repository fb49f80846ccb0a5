/** Keywords that neither the API server's validation nor its CEL rules read. */
const DROPPED = new Set(['description', 'title', 'example', 'externalDocs', 'x-kubernetes-map-type']);

/** Keywords whose values are schemas, lists of schemas, or schemas by name. */
const SCHEMA = new Set(['items', 'additionalProperties', 'not']);
const LIST = new Set(['allOf', 'anyOf', 'oneOf']);

/**
 * A structural schema without what is only for people.
 * @param dropped further keywords to leave out.
 */
export function compactSchema(schema, dropped = []) {
  if (typeof schema !== 'object') return schema;
  const compactPart = (part) => compactSchema(part, dropped);
  const entries = Object.entries(schema)
    .filter(([keyword, value]) => !isDropped(keyword, value) && !dropped.includes(keyword))
    .map(([keyword, value]) => [keyword, compactKeyword(keyword, value, compactPart)]);
  const compact = Object.fromEntries(entries);
  // The keyword says the same.
  if (compact['x-kubernetes-int-or-string'] && isIntOrString(compact.anyOf)) delete compact.anyOf;
  return compact;
}

function compactKeyword(keyword, value, compactPart) {
  if (SCHEMA.has(keyword)) return compactPart(value);
  if (LIST.has(keyword)) return value.map(compactPart);
  if (keyword === 'properties') {
    return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, compactPart(property)]));
  }
  return value;
}

/** Also `anyOf: null`, which a manifest of OpenShift's has: Go reads it as none. */
function isDropped(keyword, value) {
  return DROPPED.has(keyword) || (LIST.has(keyword) && value === null);
}

function isIntOrString(anyOf) {
  return JSON.stringify(anyOf) === '[{"type":"integer"},{"type":"string"}]';
}
