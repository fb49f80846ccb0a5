import type { ErrorObject } from 'ajv';
import { nearest } from '../../dialects/nearest.ts';
import type { FieldPath } from '../../model/manifest.ts';
import { table } from '../../model/table.ts';
import { fieldName } from './fieldName.ts';
import { missingFields, unknownField } from './fieldSentences.ts';
import { FORMATS } from './formats.ts';
import { isJsonObject } from './jsonObject.ts';
import type { Sentence } from './sentence.ts';
import { wrongType, wrongTypeText } from './wrongType.ts';

/** The value that a sentence is about. */
interface Subject {
  readonly error: ErrorObject;
  readonly field: FieldPath;
  /** The value as a message shows it; null where it may not be shown. */
  readonly given: string | null;
}

/**
 * An error of ajv in words, several where several fields are missing.
 * @param quote whether a message may show what the value is.
 */
export function sentencesOf(error: ErrorObject, path: FieldPath, quote: boolean): Sentence[] {
  if (error.keyword === 'presentFields' || error.keyword === 'required') return missingFields(error, path);
  if (error.keyword === 'additionalProperties') return [unknownField(error, path)];
  const given = quote && typeof error.data !== 'object' ? excerpt(error.data) : null;
  return [{ ...(WRITERS[error.keyword] ?? otherwise)({ error, field: path, given }), path }];
}

type Written = Omit<Sentence, 'path'>;
type Writer = (subject: Subject) => Written;

const WRITERS = table<Writer>({
  type: notOfType,
  notNull: notOfType,
  intOrString: notOfType,
  enum: notAllowed,
  quantity: notQuantity,
  kubernetesFormat: wrongFormat,
  linearPattern: noMatch,
  minimum: range,
  maximum: range,
  exclusiveMinimum: range,
  exclusiveMaximum: range,
  multipleOf: range,
  minLength: size,
  maxLength: size,
  minItems: size,
  maxItems: size,
  minProperties: size,
  maxProperties: size,
  uniqueItems: repeatedAnywhere,
  listType: repeatedItem,
  anyOf: fitsNoForm,
  oneOf: fitsNoForm,
  not: fitsNoForm,
});

/** The sentence for a keyword that has none of its own, so that its error is not lost. */
function otherwise({ error, field }: Subject): Written {
  const about = { field, keyword: error.keyword };
  return {
    rule: 'other',
    about,
    text: `${fieldName(field)} breaks the rule ${about.keyword} of its definition`,
  };
}

function notOfType({ error, field }: Subject): Written {
  const about = wrongType(error, field);
  return { rule: 'wrong-type', about, text: wrongTypeText(about) };
}

function notAllowed({ error, field, given }: Subject): Written {
  const values: unknown[] = Array.isArray(error.schema) ? error.schema : [];
  const allowed = values.filter((value) => value !== null && value !== '').map(String);
  const guessable = given !== null && typeof error.data === 'string' && error.data !== '';
  const meant = guessable ? nearest(String(error.data), allowed) : undefined;
  const about = { field, allowed, given, meant: meant ?? null };
  return { rule: 'enum', about, text: notAllowedText(about) };
}

function notAllowedText(about: {
  readonly field: FieldPath;
  readonly allowed: readonly string[];
  readonly given: string | null;
  readonly meant: string | null;
}): string {
  const { field, allowed, given, meant } = about;
  const choice = allowed.length === 1 ? allowed.join('') : `one of ${allowed.join(', ')}`;
  const guess = meant === null ? '' : `; did you mean ${meant}?`;
  return `${fieldName(field)} must be ${choice}${instead(given)}${guess}`;
}

function noMatch({ error, field }: Subject): Written {
  const about = { field, pattern: excerpt(error.schema, 120) };
  return { rule: 'pattern', about, text: `${fieldName(field)} must match the pattern ${about.pattern}` };
}

function repeatedAnywhere({ field }: Subject): Written {
  const text = `${fieldName(field)} must not have the same item twice`;
  return { rule: 'repeated-item', about: { field }, text };
}

function repeatedItem({ error, field }: Subject): Written {
  const first = [...field.slice(0, -1), Number(error.params.first)];
  const keys: unknown = isJsonObject(error.schema) ? error.schema.keys : undefined;
  const about = { field, first, keys: Array.isArray(keys) ? keys.map(String) : null };
  return { rule: 'repeated-item', about, text: repeatedText(about) };
}

function repeatedText(about: {
  readonly field: FieldPath;
  readonly first: FieldPath;
  readonly keys: readonly string[] | null;
}): string {
  const [name, first] = [fieldName(about.field), fieldName(about.first)];
  return about.keys === null
    ? `${name} repeats ${first}; the items of this list must differ`
    : `${name} has the same ${about.keys.join(' and ')} as ${first}; it must differ from item to item`;
}

function fitsNoForm({ error, field }: Subject): Written {
  const several = error.keyword === 'oneOf' && Array.isArray(error.params.passingSchemas);
  const about = { field, fits: error.keyword === 'not' ? 'excluded' : several ? 'several' : 'none' } as const;
  return { rule: 'alternatives', about, text: `${fieldName(field)} ${FITS[about.fits]}` };
}

const FITS = {
  none: 'fits none of the forms that are allowed',
  several: 'fits several of the forms of which it must have exactly one',
  excluded: 'has a form that its definition excludes',
} as const;

function notQuantity({ error, field, given }: Subject): Written {
  const text = `${fieldName(field)} must be a quantity such as 500m, 2, 1.5Gi or 1e3`;
  const scalar = typeof error.data === 'string' || typeof error.data === 'number';
  return scalar
    ? { rule: 'quantity', about: { field, given }, text: `${text}${instead(given)}` }
    : { rule: 'wrong-type', about: { field, wanted: ['quantity'] }, text };
}

function wrongFormat({ error, field, given }: Subject): Written {
  const name = String(error.schema);
  const about = { field, format: name, given: FORMATS.get(name)?.quotable === true ? given : null };
  const wanted = FORMATS.get(about.format)?.wanted ?? about.format;
  return { rule: 'format', about, text: `${fieldName(field)} must be ${wanted}${instead(about.given)}` };
}

const RANGES = table<string>({
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'greater than',
  exclusiveMaximum: 'less than',
  multipleOf: 'a multiple of',
});

function range({ error, field, given }: Subject): Written {
  const about = { field, keyword: error.keyword, limit: Number(error.schema), given };
  const words = `must be ${RANGES[about.keyword]} ${about.limit}`;
  return { rule: 'range', about, text: `${fieldName(field)} ${words}${instead(given)}` };
}

const SIZES = table<readonly [words: string, unit: string]>({
  minLength: ['at least', 'character'],
  maxLength: ['at most', 'character'],
  minItems: ['at least', 'item'],
  maxItems: ['at most', 'item'],
  minProperties: ['at least', 'field'],
  maxProperties: ['at most', 'field'],
});

function size({ error, field }: Subject): Written {
  const about = { field, keyword: error.keyword, limit: Number(error.schema) };
  const [words, unit] = SIZES[about.keyword] ?? [];
  const units = about.limit === 1 ? unit : `${unit}s`;
  return { rule: 'length', about, text: `${fieldName(field)} must have ${words} ${about.limit} ${units}` };
}

/** What a sentence says of the value that stands there. */
function instead(given: string | null): string {
  return given === null ? '' : `, not ${given}`;
}

function excerpt(value: unknown, length = 40): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
