import { readFileSync } from 'node:fs';

/** A schema as far as fields are read of it. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Catalogue {
  readonly kinds: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** A version of a kind's API, with its fields down to those that have none below them. */
export interface ApiVersion {
  readonly name: string;
  readonly fields: readonly string[];
}

/**
 * The fields of a kind in each version of its API that a file of schemas/catalogue has, such as
 * `spec.source.helm.parameters[].name`; the stable version first, then the newer before the older.
 */
export function catalogueFields(file: string, group: string, kind: string): ApiVersion[] {
  const { kinds, definitions } = read(file);
  return Object.entries(kinds)
    .flatMap(([id, { schema }]): ApiVersion[] => {
      const [api = '', ofKind] = id.split(' ');
      const [ofGroup, name = ''] = api.split('/');
      if (ofGroup !== group || ofKind !== kind) return [];
      return [{ name, fields: leavesOf(schema, '', definitions) }];
    })
    .toSorted((a, b) => Number(isBeta(a)) - Number(isBeta(b)) || (a.name < b.name ? 1 : -1));
}

/** The kinds of a file of schemas/catalogue, as `group Kind`. */
export function catalogueKinds(file: string): string[] {
  const all = Object.keys(read(file).kinds).map((id) => id.replace(/\/\S+ /, ' '));
  return [...new Set(all)].toSorted();
}

function read(file: string): Catalogue {
  const url = new URL(`../../schemas/catalogue/${file}.json`, import.meta.url);
  // Its shape is what `npm run generate:catalogue` writes.
  return JSON.parse(readFileSync(url, 'utf8')) as Catalogue;
}

function isBeta({ name }: ApiVersion): boolean {
  return name.includes('beta');
}

function leavesOf(schema: Schema, prefix: string, definitions: Catalogue['definitions']): string[] {
  const { properties = {} } = resolved(schema, definitions);
  return Object.entries(properties).flatMap(([name, property]) => {
    let [field, value] = [`${prefix}${name}`, resolved(property, definitions)];
    while (value.items !== undefined) {
      field += '[]';
      value = resolved(value.items, definitions);
    }
    const below = leavesOf(value, `${field}.`, definitions);
    return below.length === 0 ? [field] : below;
  });
}

function resolved(schema: Schema, definitions: Catalogue['definitions']): Schema {
  const found = schema.$ref === undefined ? schema : definitions[schema.$ref];
  if (found === undefined) throw new Error(`The catalogue lacks ${schema.$ref}.`);
  return found === schema ? found : resolved(found, definitions);
}
