import type { JsonObject } from '../jsonObject.ts';
import { SharedSchemas } from '../sharedSchemas.ts';
import { referencesOf, strictDefinition } from '../validators.ts';
import type { ValidatorTexts } from './validatorTexts.ts';

/** Schemas whose validators are wanted as text. */
export interface Wanted {
  readonly definitions: JsonObject;
  readonly shared?: SharedSchemas;
  /** Strict schemas by their names. */
  readonly schemas: ReadonlyMap<string, JsonObject>;
  /** Whether the text of a definition that they refer to belongs to them. */
  readonly isInside: (definition: string) => boolean;
}

/** The texts of the validators of schemas and of all that they refer to; and what of that is not theirs. */
export function makeValidators(
  { definitions, shared = new SharedSchemas(), schemas, isInside }: Wanted,
  maker: ValidatorTexts,
): { readonly texts: ReadonlyMap<string, string>; readonly outside: readonly string[] } {
  const texts = new Map<string, string>();
  const outside = new Set<string>();
  const add = (name: string, schema: JsonObject): void => {
    if (texts.has(name)) return;
    texts.set(name, maker.of(schema));
    for (const other of referencesOf(schema)) {
      if (isInside(other)) add(other, strictDefinition(other, definitions, shared));
      else outside.add(other);
    }
  };
  for (const [name, schema] of schemas) add(name, schema);
  return { texts, outside: [...outside] };
}
