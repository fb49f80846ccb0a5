import { createRequire } from 'node:module';
import type { Ajv } from 'ajv';
import { type Judge, KEYWORDS } from './keywords.ts';
import { listTypeKeyword } from './listTypes.ts';

/** Told of the function that one keyword of a schema became, by the keyword and its value. */
export type OnKeyword = (judge: Judge, keyword: string, value: string) => void;

/**
 * An instance of ajv that knows the keywords of strict schemas.
 * @param onKeyword given where the text of validators is wanted, and not only they.
 */
export function newAjv(onKeyword?: OnKeyword): Ajv {
  // Most reviews have no schema that the build did not see, and loading it takes longer than all else here.
  const { Ajv }: typeof import('ajv') = createRequire(import.meta.url)('ajv');
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    messages: false,
    strict: false,
    // Schemas come from strictSchema alone, which has looked at every keyword.
    validateSchema: false,
    inlineRefs: false,
    // A kind has few resources in a review: making the code costs more than running it.
    code: { optimize: false, source: onKeyword !== undefined },
  });
  const { presentFields } = KEYWORDS;
  ajv.addKeyword({ keyword: 'presentFields', type: 'object', schemaType: 'array', validate: presentFields });
  for (const keyword of ['notNull', 'quantity', 'intOrString'] as const) {
    ajv.addKeyword({ keyword, schemaType: 'boolean', compile: () => KEYWORDS[keyword] });
  }
  ajv.addKeyword(listTypeKeyword);
  const make = (keyword: 'kubernetesFormat' | 'linearPattern') => {
    return (value: string) => {
      const judge = KEYWORDS[keyword](value);
      onKeyword?.(judge, keyword, value);
      return judge;
    };
  };
  ajv.addKeyword({ keyword: 'kubernetesFormat', schemaType: 'string', compile: make('kubernetesFormat') });
  ajv.addKeyword({
    keyword: 'linearPattern',
    type: 'string',
    schemaType: 'string',
    compile: make('linearPattern'),
  });
  return ajv;
}
