import type { ErrorObject } from 'ajv';
import { type FieldPath, formatFieldPath } from '../../model/manifest.ts';
import { nearest } from '../../settings/nearest.ts';
import { absentFields } from './absentFields.ts';
import { FORMATS } from './formats.ts';
import { isJsonObject } from './jsonObject.ts';
import { wrongType } from './wrongType.ts';

/** A mistake in words. */
export interface Sentence {
  /** The rule's name behind `schema/`. */
  readonly rule: string;
  /** Without a full stop. */
  readonly text: string;
  readonly path: FieldPath;
}

/** The value that a sentence is about. */
interface Subject {
  readonly error: ErrorObject;
  readonly path: FieldPath;
  /** How messages call it. */
  readonly name: string;
  /** `, not <value>`; empty where the value may not be shown. */
  readonly instead: string;
}

/**
 * An error of ajv in words, several where several fields are missing.
 * @param quote whether a message may show what the value is.
 */
export function sentencesOf(error: ErrorObject, path: FieldPath, quote: boolean): Sentence[] {
  const name = nameOf(path);
  const instead = quote && typeof error.data !== 'object' ? `, not ${excerpt(error.data)}` : '';
  const subject = { error, path, name, instead };
  if (error.keyword === 'presentFields' || error.keyword === 'required') return missingFields(subject);
  if (error.keyword === 'additionalProperties') return [unknownField(subject)];
  const { rule, text } = (WRITERS[error.keyword] ?? otherwise)(subject);
  return [{ rule, text, path }];
}

function nameOf(path: FieldPath): string {
  return path.length === 0 ? 'the resource' : formatFieldPath(path);
}

type Writer = (subject: Subject) => Omit<Sentence, 'path'>;

const WRITERS: Readonly<Record<string, Writer>> = {
  type: ({ error, name }) => ({ rule: 'wrong-type', text: wrongType(error, name) }),
  notNull: ({ error, name }) => ({ rule: 'wrong-type', text: wrongType(error, name) }),
  intOrString: ({ error, name }) => ({ rule: 'wrong-type', text: wrongType(error, name) }),
  enum: notAllowed,
  quantity: notQuantity,
  kubernetesFormat: wrongFormat,
  linearPattern: ({ error, name }) => ({
    rule: 'pattern',
    text: `${name} must match the pattern ${excerpt(error.schema, 120)}`,
  }),
  minimum: range('at least'),
  maximum: range('at most'),
  exclusiveMinimum: range('greater than'),
  exclusiveMaximum: range('less than'),
  multipleOf: range('a multiple of'),
  minLength: size('at least', 'character'),
  maxLength: size('at most', 'character'),
  minItems: size('at least', 'item'),
  maxItems: size('at most', 'item'),
  minProperties: size('at least', 'field'),
  maxProperties: size('at most', 'field'),
  uniqueItems: ({ name }) => ({ rule: 'repeated-item', text: `${name} must not have the same item twice` }),
  listType: repeatedItem,
  anyOf: ({ name }) => ({ rule: 'alternatives', text: `${name} fits none of the forms that are allowed` }),
  oneOf: ({ error, name }) => ({
    rule: 'alternatives',
    text: Array.isArray(error.params.passingSchemas)
      ? `${name} fits several of the forms of which it must have exactly one`
      : `${name} fits none of the forms that are allowed`,
  }),
  not: ({ name }) => ({ rule: 'alternatives', text: `${name} has a form that its definition excludes` }),
};

/** Keeps a keyword that nobody has written a sentence for from being lost. */
function otherwise({ error, name }: Subject): Omit<Sentence, 'path'> {
  return { rule: 'other', text: `${name} breaks the rule ${error.keyword} of its definition` };
}

const SHOWN_NAMES = 12;

function unknownField({ error, path }: Subject): Sentence {
  const field = String(error.params.additionalProperty);
  const { properties } = error.parentSchema ?? {};
  const known = isJsonObject(properties) ? Object.keys(properties).toSorted() : [];
  const near = nearest(field, known);
  const fieldPath = [...path, field];
  const text = `unknown field ${formatFieldPath(fieldPath)}; ${near === undefined ? allowed(known) : `did you mean ${near}?`}`;
  return { rule: 'unknown-field', text, path: fieldPath };
}

function allowed(known: readonly string[]): string {
  if (known.length === 0) return 'no field is allowed here';
  const more = known.length - SHOWN_NAMES;
  const shown = known.slice(0, SHOWN_NAMES).join(', ');
  return `allowed here: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}

function missingFields({ error, path, name }: Subject): Sentence[] {
  const names: unknown = error.keyword === 'required' ? [error.params.missingProperty] : error.schema;
  const data: unknown = error.data;
  if (!Array.isArray(names) || !isJsonObject(data)) return [];
  return absentFields(names.map(String), data).map((field) => ({
    rule: 'required',
    text: `${name} lacks the required field ${field}`,
    path,
  }));
}

function notAllowed({ error, name, instead }: Subject): Omit<Sentence, 'path'> {
  const values: unknown[] = Array.isArray(error.schema) ? error.schema : [];
  const words = values.filter((value) => value !== null && value !== '').map(String);
  const guessable = instead !== '' && typeof error.data === 'string' && error.data !== '';
  const near = guessable ? nearest(String(error.data), words) : undefined;
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  const choice = words.length === 1 ? words.join('') : `one of ${words.join(', ')}`;
  return { rule: 'enum', text: `${name} must be ${choice}${instead}${meant}` };
}

function repeatedItem({ error, path, name }: Subject): Omit<Sentence, 'path'> {
  const first = formatFieldPath([...path.slice(0, -1), Number(error.params.first)]);
  const keys: unknown = isJsonObject(error.schema) ? error.schema.keys : undefined;
  const text = Array.isArray(keys)
    ? `${name} has the same ${keys.join(' and ')} as ${first}; it must differ from item to item`
    : `${name} repeats ${first}; the items of this list must differ`;
  return { rule: 'repeated-item', text };
}

function notQuantity({ error, name, instead }: Subject): Omit<Sentence, 'path'> {
  const text = `${name} must be a quantity such as 500m, 2, 1.5Gi or 1e3`;
  const scalar = typeof error.data === 'string' || typeof error.data === 'number';
  return scalar ? { rule: 'quantity', text: `${text}${instead}` } : { rule: 'wrong-type', text };
}

function wrongFormat({ error, name, instead }: Subject): Omit<Sentence, 'path'> {
  const format = FORMATS.get(String(error.schema));
  return {
    rule: 'format',
    text: `${name} must be ${format?.wanted ?? String(error.schema)}${format?.quotable === true ? instead : ''}`,
  };
}

function range(words: string): Writer {
  return ({ error, name, instead }) => ({
    rule: 'range',
    text: `${name} must be ${words} ${Number(error.schema)}${instead}`,
  });
}

function size(words: string, unit: string): Writer {
  return ({ error, name }) => {
    const units = error.schema === 1 ? unit : `${unit}s`;
    return { rule: 'length', text: `${name} must have ${words} ${Number(error.schema)} ${units}` };
  };
}

function excerpt(value: unknown, length = 40): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
