const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const REFERENCE = '#/components/schemas/';

/** Go types that read any JSON although they are published as objects without fields. */
const FREE_FORM = new Set([
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
  'io.k8s.apimachinery.pkg.runtime.RawExtension',
]);

/** Go types that read themselves; the published schema says less than their grammar. */
const OWN_FORMATS = new Map([
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', { format: 'quantity' }],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', { format: 'int-or-string' }],
]);

const KEPT = [
  'type',
  'format',
  'enum',
  'required',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-preserve-unknown-fields',
];

/**
 * The kinds that can stand in a manifest (their metadata is ObjectMeta), by
 * `apiVersion kind`, and the definitions that they reach, without what validation does not read.
 */
export function compactDefinitions(definitions, enums) {
  const kinds = kindsOf(definitions);
  const compacted = new Map();
  const waiting = [...kinds.values()];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (compacted.has(name)) continue;
    compacted.set(name, definition(name, definitions.get(name), enums.get(name) ?? {}));
    waiting.push(...referencesOf(compacted.get(name)));
  }
  return { kinds: sorted(kinds), definitions: sorted(compacted) };
}

function kindsOf(definitions) {
  const kinds = new Map();
  for (const [name, { properties, 'x-kubernetes-group-version-kind': names }] of definitions) {
    if (names?.length !== 1 || reference(properties?.metadata ?? {}) !== META) continue;
    const { group, version, kind } = names[0];
    kinds.set(`${group === '' ? version : `${group}/${version}`} ${kind}`, name);
  }
  return kinds;
}

function definition(name, schema, enums) {
  if (OWN_FORMATS.has(name)) return OWN_FORMATS.get(name);
  const result = compact(schema);
  if (FREE_FORM.has(name)) result['x-kubernetes-preserve-unknown-fields'] = true;
  for (const [field, { own, items }] of Object.entries(enums)) {
    const property = result.properties?.[field];
    if (property?.type === undefined) throw new Error(`${name} has no field ${field} for its enum`);
    if (own !== undefined) property.enum = own;
    const inner = property.items ?? property.additionalProperties;
    if (items !== undefined) inner.enum = items;
  }
  return result;
}

function compact(schema) {
  const target = reference(schema);
  if (target !== undefined) return { $ref: target };
  const result = Object.fromEntries(
    KEPT.filter((keyword) => schema[keyword] !== undefined).map((keyword) => [keyword, schema[keyword]]),
  );
  if (schema.items !== undefined) result.items = compact(schema.items);
  if (typeof schema.additionalProperties === 'object') {
    result.additionalProperties = compact(schema.additionalProperties);
  } else if (schema.additionalProperties !== undefined) {
    result.additionalProperties = schema.additionalProperties;
  }
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.keys(schema.properties)
        .toSorted()
        .map((field) => [field, compact(schema.properties[field])]),
    );
  }
  for (const unknown of ['oneOf', 'anyOf', 'not']) {
    if (schema[unknown] !== undefined)
      throw new Error(`${unknown} is not understood: ${JSON.stringify(schema)}`);
  }
  return result;
}

/** The definition that a schema stands for; `allOf` only ever wraps one reference. */
function reference(schema) {
  const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (schema.allOf !== undefined && (schema.allOf.length !== 1 || target === undefined)) {
    throw new Error(`allOf is not understood: ${JSON.stringify(schema)}`);
  }
  return target?.slice(REFERENCE.length);
}

function referencesOf(schema) {
  if (schema.$ref !== undefined) return [schema.$ref];
  const inside = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  return inside.filter((part) => typeof part === 'object').flatMap(referencesOf);
}

function sorted(map) {
  return [...map].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
