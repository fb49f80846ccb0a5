import type { ErrorObject } from 'ajv';
import { nearest } from '../dialects/nearest.ts';
import type { About } from '../model/about.ts';
import { table } from '../model/table.ts';
import { nearestMinor } from './nearestMinor.ts';
import type { Field } from './parseYaml.ts';

/** A schema error in words. */
export interface Explanation {
  /** What does not count. */
  readonly field: Field;
  readonly place: 'name' | 'value';
  readonly sentence: string;
  /** The sentence's data, where it names a line. */
  readonly about?: About;
}

/** Says what is wrong, and what is allowed, of an error that ajv found in the data. */
export function explain(error: ErrorObject, data: unknown): Explanation {
  const field = fieldOf(error.instancePath, data);
  const name = describe(field);
  const value = shorten(error.data);
  const example = exampleOf(error.parentSchema, field);
  const fault = (sentence: string): Explanation => ({ field, place: 'value', sentence });
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(field, error);
    case 'type': {
      const wanted = TYPES[String(error.params.type)] ?? String(error.params.type);
      return fault(`${name} must be ${wanted}, not ${typeOf(error.data)}. ${example}`);
    }
    case 'required':
      return fault(`${name} needs \`${error.params.missingProperty}\`. ${example}`);
    case 'enum':
      return fault(`${name} is ${value}; allowed: ${listOf(error.params.allowedValues)}.${nearestOf(error)}`);
    case 'format':
    case 'pattern':
      return fault(
        `${name} is ${value}, which is no ${NOUNS[error.params.format] ?? 'name of a rule'}. ${example}`,
      );
    default:
      return fault(`${name} ${error.message ?? 'is not allowed'}.`);
  }
}

const TYPES = table<string>({ object: 'a mapping', array: 'a list', string: 'text' });

const NOUNS = table<string>({
  'repository-glob': 'glob of folders in the repository',
  'repository-path': 'folder in the repository',
  'schema-location':
    'folder in the repository, or path of schema files with the placeholders {{.Group}}, {{.ResourceKind}}, {{.ResourceAPIVersion}}, {{.KindSuffix}}, {{.NormalizedKubernetesVersion}} and {{.StrictSuffix}}',
  'git-address': 'address of a Git repository without password',
  'server-address': 'address of an API server',
  'address-pattern':
    'address that can be allowed: it begins with https://, http:// or oci://, names its host in full, and has no credentials, query or open brackets',
  'cluster-name': 'name of a cluster',
  'environment-name': 'name of an environment',
  'api-version': 'API version',
  'rule-glob':
    'rule that can be excepted: category, slash, rule, `*` for any part of a name; what begins with render/, settings/ or policy/ cannot be',
  'resource-glob': 'resource: Kind/name or namespace/Kind/name, `*` for any part of a name',
  'calendar-date': 'day of the calendar, written as year-month-day',
});

function unknownField(parent: Field, { params, parentSchema }: ErrorObject): Explanation {
  const unknown = String(params.additionalProperty);
  const allowed = Object.keys(parentSchema?.properties ?? {});
  const meant = nearest(unknown, allowed);
  const inside = parent.length === 0 ? '' : ` in ${describe(parent)}`;
  const guess = meant === undefined ? '.' : `; did you mean \`${meant}\`?`;
  const sentence = `unknown field \`${cut(unknown)}\`${inside}${guess} Allowed: ${allowed.map((name) => `\`${name}\``).join(', ')}.`;
  return { field: [...parent, unknown], place: 'name', sentence };
}

/** `/targets/include/0` as a path, with numbers where the data has a list. */
function fieldOf(pointer: string, data: unknown): Field {
  let value = data;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const inList = Array.isArray(value);
      value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
      return inList ? Number(step) : step;
    });
}

function describe(field: Field): string {
  if (field.length === 0) return 'the file';
  const text = field.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `\`${text.slice(1)}\``;
}

function exampleOf(schema: ErrorObject['parentSchema'], field: Field): string {
  const example: unknown = schema?.examples?.[0];
  const name = field.at(-1);
  if (example === undefined) return 'Example: `targets: {"exclude": ["experiments/**"]}`.';
  const value = JSON.stringify(example);
  return `Example: \`${typeof name === 'string' ? `${name}: ` : '- '}${value}\`.`;
}

function nearestOf({ data, params }: ErrorObject): string {
  const near = nearestMinor(String(data), [params.allowedValues].flat().map(String));
  return near === undefined ? '' : ` The nearest is ${JSON.stringify(near)}.`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  return `a ${typeof value}`;
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : '';
}

function shorten(value: unknown): string {
  return cut(JSON.stringify(value) ?? String(value));
}

/** What others wrote is quoted up to a length, and without an address's credentials. */
export function cut(text: string): string {
  const open = text.replaceAll(/\/\/[^/\s]*@/g, '//…@');
  return open.length > 60 ? `${open.slice(0, 60)}…` : open;
}
