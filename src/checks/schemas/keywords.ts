import { RE2JS } from 're2js';
import { absentFields } from './absentFields.ts';
import { FORMATS } from './formats.ts';
import type { JsonObject } from './jsonObject.ts';
import { listTypeKeyword } from './listTypes.ts';
import { isQuantity } from './quantity.ts';

/** What a keyword of a strict schema asks of a value. */
export type Judge = (value: unknown) => boolean;

/**
 * What the keywords of a strict schema do that are not JSON schema's own. Validators call them, those
 * that are compiled now and those that the build wrote, which find them here by their names.
 */
export const KEYWORDS = {
  presentFields: (names: readonly string[], value: JsonObject): boolean =>
    absentFields(names, value).length === 0,
  notNull: (value: unknown): boolean => value !== null,
  quantity: (value: unknown): boolean => value === null || isQuantity(value),
  intOrString: (value: unknown): boolean =>
    value === null || typeof value === 'string' || Number.isInteger(value),
  listType: listTypeKeyword.validate,
  kubernetesFormat: (name: string): Judge => FORMATS.get(name)?.accepts ?? anything,
  linearPattern,
} as const;

function anything(): boolean {
  return true;
}

/** The time of a JavaScript expression can explode; this one is Go's, as in the API server. */
function linearPattern(pattern: string): Judge {
  // Made when the first value comes: most fields of a schema are in no resource.
  let expression: RE2JS | undefined;
  return (value) => {
    expression ??= RE2JS.compile(pattern);
    return typeof value !== 'string' || expression.matcher(value).find();
  };
}
