import { createHash } from 'node:crypto';

/** Below this length a reference saves nothing. */
const WORTH_SHARING = 100;

/**
 * The kinds of a project with the schemas that stand in several places written once: a place
 * says `{"$ref": "<name>"}` for one of the definitions. Schemas with alternatives are not
 * shared: what breaks them is told by its path within the kind's schema.
 * @param kinds from `apiVersion kind` to what is known of it.
 */
export function shareSchemas(kinds) {
  const counts = new Map();
  for (const { schema } of kinds.values()) count(schema, counts);
  const shared = new Map();
  const replaced = [...kinds].map(([name, kind]) => [
    name,
    { ...kind, schema: inside(kind.schema, (part) => replace(part, counts, shared)) },
  ]);
  return { kinds: sorted(replaced), definitions: sorted([...shared]) };
}

/** Each schema as often as different schemas have it. */
function count(schema, counts) {
  const text = JSON.stringify(schema);
  const seen = counts.get(text) ?? 0;
  counts.set(text, seen + 1);
  if (seen === 0) inside(schema, (part) => count(part, counts));
}

function replace(schema, counts, shared) {
  const text = JSON.stringify(schema);
  if (text.length < WORTH_SHARING || counts.get(text) < 2 || hasAlternatives(schema)) {
    return inside(schema, (part) => replace(part, counts, shared));
  }
  const name = nameOf(text);
  if (!shared.has(name)) {
    shared.set(name, undefined);
    shared.set(
      name,
      inside(schema, (part) => replace(part, counts, shared)),
    );
  }
  return { $ref: name };
}

/** By its content. JavaScript would put a key that can be an index before all others. */
function nameOf(text) {
  const name = createHash('sha256').update(text).digest('hex').slice(0, 10);
  return String(Number(name) >>> 0) === name ? `d${name}` : name;
}

function hasAlternatives(schema) {
  if (['allOf', 'anyOf', 'oneOf', 'not'].some((keyword) => schema[keyword] !== undefined)) return true;
  let found = false;
  inside(schema, (part) => {
    found ||= hasAlternatives(part);
    return part;
  });
  return found;
}

/** A schema with the schemas of its fields and items put through a function. */
function inside(schema, change) {
  const result = { ...schema };
  if (typeof schema.items === 'object') result.items = change(schema.items);
  if (typeof schema.additionalProperties === 'object') {
    result.additionalProperties = change(schema.additionalProperties);
  }
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, change(property)]),
    );
  }
  return result;
}

function sorted(entries) {
  return entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
}
