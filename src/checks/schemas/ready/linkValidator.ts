import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { ValidateFunction } from 'ajv';
import { KEYWORDS } from '../keywords.ts';

/** Finds the validator of a definition that another one refers to. */
type Reference = (definition: string) => ValidateFunction;

/**
 * The validator of a text that the build wrote; ajv does the same with those that it compiles. The text
 * is a part of the package, as is the code that reads it: nothing of a repository's comes here.
 * @param reference is called when a value first needs another definition.
 */
export function linkValidator(text: string, reference: Reference): ValidateFunction {
  // It asks for two small functions of ajv's, those of `maxLength` and `enum`, and for nothing else.
  const require = createRequire(import.meta.url);
  const names = ['reference', 'keywords', 'require', 'self'];
  // What the text returns is what `validatorText` took from ajv.
  const make = compileFunction(text, names) as (...values: unknown[]) => ValidateFunction;
  return make(reference, KEYWORDS, require, undefined);
}
