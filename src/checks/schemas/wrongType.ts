import type { ErrorObject } from 'ajv';

const WORDS: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
};

/**
 * "must be an integer, not a string; remove the quotes": what a value should have been.
 * Never the value: whatever stands in the wrong place may be a password.
 */
export function wrongType({ keyword, schema, data }: ErrorObject, name: string): string {
  if (data === null) return `${name} must not be null`;
  const types = wantedTypes(keyword, schema);
  const wanted = types.map((type) => WORDS[type] ?? type).join(' or ');
  return `${name} must be ${wanted}, not ${typeOf(data)}${remedy(types, data)}`;
}

function wantedTypes(keyword: string, schema: unknown): string[] {
  if (keyword === 'intOrString') return ['integer', 'string'];
  const types: unknown[] = Array.isArray(schema) ? schema : [schema];
  return types.map(String).filter((type) => type !== 'null');
}

function typeOf(data: unknown): string {
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'boolean') return 'a boolean';
  if (typeof data === 'number') return Number.isInteger(data) ? 'an integer' : 'a fraction';
  return WORDS[typeof data] ?? typeof data;
}

function remedy(types: readonly string[], data: unknown): string {
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    return '; put it in quotes';
  }
  if (typeof data !== 'string') return '';
  const unquoted = /^-?\d+$/.test(data) ? 'integer' : /^(?:true|false)$/.test(data) ? 'boolean' : undefined;
  return unquoted !== undefined && types.includes(unquoted) ? '; remove the quotes' : '';
}
