import type { ErrorObject } from 'ajv';
import { nearest } from '../../dialects/nearest.ts';
import { type FieldPath, formatFieldPath } from '../../model/manifest.ts';
import { absentFields } from './absentFields.ts';
import { fieldName } from './fieldName.ts';
import { isJsonObject } from './jsonObject.ts';
import type { Sentence } from './sentence.ts';

/** Each field that a mapping must have and lacks. */
export function missingFields({ keyword, params, schema, data }: ErrorObject, path: FieldPath): Sentence[] {
  const names: unknown = keyword === 'required' ? [params.missingProperty] : schema;
  const value: unknown = data;
  if (!Array.isArray(names) || !isJsonObject(value)) return [];
  return absentFields(names.map(String), value).map((missing) => {
    const about = { field: path, missing };
    return { rule: 'required', about, text: missingText(about), path };
  });
}

function missingText({ field, missing }: { readonly field: FieldPath; readonly missing: string }): string {
  return `${fieldName(field)} lacks the required field ${missing}`;
}

const SHOWN_NAMES = 12;

/** A field that a mapping may not have, with the one that was meant, or those that are allowed. */
export function unknownField({ params, parentSchema }: ErrorObject, path: FieldPath): Sentence {
  const name = String(params.additionalProperty);
  const { properties } = parentSchema ?? {};
  const known = isJsonObject(properties) ? Object.keys(properties).toSorted() : [];
  const meant = nearest(name, known) ?? null;
  // What the sentence does not tell is no part of what it is recognised by.
  const allowed = meant === null ? known : [];
  const field = [...path, name];
  const about = {
    field,
    meant,
    allowed: allowed.slice(0, SHOWN_NAMES),
    more: Math.max(0, allowed.length - SHOWN_NAMES),
  };
  return { rule: 'unknown-field', about, text: unknownText(about), path: field };
}

type UnknownField = {
  readonly field: FieldPath;
  readonly meant: string | null;
  /** The first of the names that are allowed, and how many more there are. */
  readonly allowed: readonly string[];
  readonly more: number;
};

function unknownText(about: UnknownField): string {
  const { field, meant } = about;
  return `unknown field ${formatFieldPath(field)}; ${meant === null ? choice(about) : `did you mean ${meant}?`}`;
}

function choice({ allowed, more }: UnknownField): string {
  if (allowed.length === 0) return 'no field is allowed here';
  return `allowed here: ${allowed.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
