import { readFileSync } from 'node:fs';
import { packageFile } from '../../model/packageFile.ts';
import type { CustomVersion } from './customVersions.ts';
import { withEventSourceKinds } from './eventSourceKinds.ts';
import { isJsonObject, type JsonObject } from './jsonObject.ts';
import { SharedSchemas } from './sharedSchemas.ts';

/** A file of `schemas/catalogue/`: the kinds of one project. Its shape is held by a test. */
interface CatalogueFile {
  readonly kinds: Readonly<Record<string, ShippedKind>>;
  /** Schemas that stand in several places, where a `$ref` names them. */
  readonly definitions: Readonly<Record<string, JsonObject>>;
}

interface ShippedKind {
  readonly scope: 'Namespaced' | 'Cluster';
  readonly status?: true;
  readonly schema: JsonObject;
}

/** The kinds of one project. */
export interface ShippedProject {
  readonly version: (name: string) => CustomVersion | undefined;
  readonly shared: SharedSchemas;
  /** The name of its file, and what stands there. */
  readonly file: string;
  readonly text: string;
}

let index: Readonly<Record<string, string>> | undefined;
const projects = new Map<string, ShippedProject>();

/** From every kind of the catalogue, such as `argoproj.io/v1alpha1 Rollout`, to its project's file. */
export function shippedIndex(): Readonly<Record<string, string>> {
  index ??= JSON.parse(read('index')) as Readonly<Record<string, string>>;
  return index;
}

/** The project that has a kind; its file is read when its first kind is asked for. */
export function shippedProject(name: string): ShippedProject | undefined {
  const all = shippedIndex();
  const file = Object.hasOwn(all, name) ? all[name] : undefined;
  if (file === undefined) return undefined;
  const project = projects.get(file) ?? readProject(file);
  projects.set(file, project);
  return project;
}

function readProject(file: string): ShippedProject {
  const text = read(file);
  const { kinds, definitions } = JSON.parse(text) as CatalogueFile;
  const shared = new SharedSchemas();
  const resolve = (schema: unknown): unknown => {
    if (!isJsonObject(schema)) return schema;
    if (typeof schema['$ref'] === 'string') return resolveReference(schema['$ref']);
    return withParts(withEventSourceKinds(schema), resolve);
  };
  const resolveReference = (reference: string): unknown => {
    // As a URI it has no path, so that it stands for itself wherever it is referred to.
    const name = `${file}.${reference}`;
    const known = shared.get(name);
    if (known !== undefined) return known;
    const schema = withParts(withEventSourceKinds(definitions[reference] ?? {}), resolve);
    shared.add(name, schema);
    return schema;
  };
  const versions = new Map<string, CustomVersion>();
  const version = (name: string) => {
    const kind = kinds[name];
    if (kind === undefined) return undefined;
    const { schema, scope, status = false } = kind;
    const known = versions.get(name) ?? {
      name,
      schema: resolve(schema),
      reason: null,
      hasStatus: status,
      namespaced: scope === 'Namespaced',
    };
    versions.set(name, known);
    return known;
  };
  return { version, shared, file, text };
}

/** A schema with the schemas of its fields and items put through a function. */
function withParts(schema: JsonObject, change: (part: unknown) => unknown): JsonObject {
  const { properties, items, additionalProperties } = schema;
  const changed: Record<string, unknown> = { ...schema };
  if (items !== undefined) changed['items'] = change(items);
  if (additionalProperties !== undefined) changed['additionalProperties'] = change(additionalProperties);
  if (isJsonObject(properties)) {
    changed['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, change(property)]),
    );
  }
  return changed;
}

/** Read where a check needs it: half a millisecond, and only for the projects that a repository uses. */
function read(file: string): string {
  return readFileSync(packageFile(`schemas/catalogue/${file}.json`), 'utf8');
}
