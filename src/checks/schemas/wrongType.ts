import type { ErrorObject } from 'ajv';
import type { FieldPath } from '../../model/manifest.ts';
import { table } from '../../model/table.ts';
import { fieldName } from './fieldName.ts';

/** What is reported of a value of the wrong type. It never has the value, which may be a password in the wrong place. */
export type WrongType = {
  readonly field: FieldPath;
  /** The types that it may have; none are told of a null. */
  readonly wanted: readonly string[];
  readonly given: string;
  readonly quotes: 'missing' | 'superfluous' | null;
};

/** What an error of ajv says of a type. */
export function wrongType({ keyword, schema, data }: ErrorObject, field: FieldPath): WrongType {
  if (data === null) return { field, wanted: [], given: 'null', quotes: null };
  const wanted = wantedTypes(keyword, schema);
  return { field, wanted, given: typeOf(data), quotes: quotesOf(wanted, data) };
}

/** "must be an integer, not a string; remove the quotes": what a value should have been. */
export function wrongTypeText({ field, wanted, given, quotes }: WrongType): string {
  if (given === 'null') return `${fieldName(field)} must not be null`;
  const types = wanted.map((type) => WORDS[type] ?? type).join(' or ');
  return `${fieldName(field)} must be ${types}, not ${GIVEN[given] ?? WORDS[given] ?? given}${quotes === null ? '' : REMEDIES[quotes]}`;
}

const WORDS = table<string>({
  object: 'a mapping',
  array: 'a list',
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
});

/** What is called otherwise where it stands than where it is wanted. */
const GIVEN = table<string>({ boolean: 'a boolean', number: 'a fraction' });

const REMEDIES = { missing: '; put it in quotes', superfluous: '; remove the quotes' } as const;

function wantedTypes(keyword: string, schema: unknown): string[] {
  if (keyword === 'intOrString') return ['integer', 'string'];
  const types: unknown[] = Array.isArray(schema) ? schema : [schema];
  return types.map(String).filter((type) => type !== 'null');
}

function typeOf(data: unknown): string {
  if (Array.isArray(data)) return 'array';
  return typeof data === 'number' && Number.isInteger(data) ? 'integer' : typeof data;
}

function quotesOf(types: readonly string[], data: unknown): WrongType['quotes'] {
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) return 'missing';
  if (typeof data !== 'string') return null;
  const unquoted = /^-?\d+$/.test(data) ? 'integer' : /^(?:true|false)$/.test(data) ? 'boolean' : undefined;
  return unquoted !== undefined && types.includes(unquoted) ? 'superfluous' : null;
}
