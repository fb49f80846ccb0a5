import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { packageFile } from '../../../../src/model/packageFile.ts';

/** A schema as OpenAPI and JSON schema have it. */
interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

const VERSION = 'v1.37.2';

/**
 * The schemas of built-in kinds that kubeconform is meant to be used with, in its own layout:
 * made from the published swagger document, not from the files that Hydrant ships, by the
 * rules of openapi2jsonschema (`--kubernetes --strict --stand-alone`,
 * https://github.com/yannh/openapi2jsonschema). Made once, with a document that Go fetches.
 * @returns the pattern for `-schema-location`.
 */
export function jsonSchemas(): string {
  const folder = packageFile(`.cache/kubeconform/${VERSION}-strict`);
  if (!existsSync(folder)) {
    const made = `${folder}.${process.pid}`;
    mkdirSync(made, { recursive: true });
    write(made);
    try {
      renameSync(made, folder);
    } catch {
      // Another run was faster.
      rmSync(made, { recursive: true });
    }
  }
  return `${folder}/{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`;
}

function write(folder: string): void {
  const download = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${VERSION}`]);
  const { Dir }: { Dir: string } = JSON.parse(download.toString());
  const swagger = JSON.parse(readFileSync(`${Dir}/api/openapi-spec/swagger.json`, 'utf8'));
  const definitions: Readonly<Record<string, Schema>> = swagger.definitions;
  const strict = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, definition(name, schema)]),
  );
  writeFileSync(`${folder}/_definitions.json`, JSON.stringify({ definitions: strict }));
  for (const [name, schema] of Object.entries(definitions)) {
    const [kind, another] = schema['x-kubernetes-group-version-kind'] ?? [];
    if (kind === undefined || another !== undefined) continue;
    // Of the core group kubeconform takes the version for the group.
    const group = kind.group === '' ? kind.version : kind.group;
    const file = `${folder}/${group}_${kind.kind.toLowerCase()}_${kind.version}.json`;
    writeFileSync(file, JSON.stringify({ $ref: `_definitions.json#/definitions/${name}` }));
  }
}

function definition(name: string, schema: Schema): object {
  if (name.endsWith('.util.intstr.IntOrString')) return { oneOf: [{ type: 'string' }, { type: 'integer' }] };
  if (name.endsWith('.api.resource.Quantity')) return { oneOf: [{ type: 'string' }, { type: 'number' }] };
  return convert(schema, true);
}

/** What is optional may be null; an object has no other fields than its own. */
function convert(schema: Schema, optional: boolean): object {
  const { $ref, type, properties, required, items, additionalProperties, format } = schema;
  if (typeof $ref === 'string') {
    const target = { $ref: $ref.replace('#/', '_definitions.json#/') };
    return optional ? { anyOf: [target, { type: 'null' }] } : { allOf: [target, { not: { type: 'null' } }] };
  }
  return {
    ...(type !== undefined && { type: optional ? [type, 'null'] : type }),
    ...(format !== undefined && { format }),
    ...(required !== undefined && { required }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [
          name,
          convert(inner, required?.includes(name) !== true),
        ]),
      ),
    }),
    ...(items !== undefined && { items: convert(items, true) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: convert(additionalProperties, true) }
      : properties !== undefined && { additionalProperties: additionalProperties ?? false }),
  };
}
