// The JSON schemas that kubeconform reads, made from those that Hydrant ships, so that both
// compared judge by the same documents and neither needs the network.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const shipped = fileURLToPath(new URL('../../schemas/kubernetes', import.meta.url));

/** Types whose grammar a JSON schema does not know; upstream's schemas say as much of them. */
const OWN_FORMATS = {
  quantity: { type: ['string', 'number'] },
  'int-or-string': { type: ['string', 'integer'] },
};

/**
 * Writes the strict schemas of the newest Kubernetes that Hydrant ships, one file a kind,
 * laid out and named as kubeconform's default location has them. A file has no more than the
 * definitions that its kind reaches, which makes it smaller than upstream's, where each use
 * of a definition is a copy.
 * @returns {{ version: string }} the version of Kubernetes, such as `1.37.2`.
 */
export function writeKubeconformSchemas(folder) {
  const { provenance, kinds, definitions } = newest();
  const version = provenance.version.slice(1);
  const output = join(folder, `v${version}-standalone-strict`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const [name, definition] of Object.entries(kinds)) {
    const schema = strict(definitions[definition]);
    const reached = reachedFrom(definition, definitions).map((one) => [one, strict(definitions[one])]);
    writeFileSync(
      join(output, fileName(name)),
      JSON.stringify({ ...schema, definitions: Object.fromEntries(reached) }),
    );
  }
  return { version };
}

function newest() {
  const minorOf = (name) => Number(name.split('.')[1]);
  const name = readdirSync(shipped)
    .toSorted((one, other) => minorOf(one) - minorOf(other))
    .at(-1);
  return JSON.parse(readFileSync(join(shipped, name), 'utf8'));
}

/** `rbac.authorization.k8s.io/v1 Role` is `role-rbac-v1.json`, `v1 Service` is `service-v1.json`. */
function fileName(name) {
  const [apiVersion, kind] = name.split(' ');
  const [group, version] = apiVersion.split('/');
  const suffix = version === undefined ? group : `${group.split('.')[0]}-${version}`;
  return `${kind}-${suffix}.json`.toLowerCase();
}

function strict(schema) {
  if (schema.$ref !== undefined) return { $ref: `#/definitions/${schema.$ref}` };
  if (OWN_FORMATS[schema.format] !== undefined) return OWN_FORMATS[schema.format];
  const { type, format, enum: allowed, required, items, properties, additionalProperties: others } = schema;
  const result = { type, format, enum: allowed, required };
  if (items !== undefined) result.items = strict(items);
  if (typeof others === 'object') result.additionalProperties = strict(others);
  if (properties !== undefined) {
    const fields = Object.entries(properties).map(([name, property]) => [name, strict(property)]);
    result.properties = Object.fromEntries(fields);
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true || others !== undefined;
    if (!open) result.additionalProperties = false;
  }
  return result;
}

function reachedFrom(definition, definitions) {
  const reached = new Set();
  const waiting = referencesOf(definitions[definition]);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...referencesOf(definitions[name]));
  }
  return [...reached];
}

function referencesOf({ $ref, properties = {}, items, additionalProperties }) {
  if ($ref !== undefined) return [$ref];
  const inside = [...Object.values(properties), items, additionalProperties];
  return inside.filter((part) => typeof part === 'object').flatMap(referencesOf);
}
