import type { JsonObject } from '../jsonObject.ts';
import { newAjv } from '../newAjv.ts';
import { referencesOf } from '../validators.ts';
import { validatorText } from './validatorText.ts';

/**
 * Makes the texts of validators, one for each schema. What a schema refers to is compiled as one that says
 * nothing, because only the call is written; so a text depends on its own schema alone, and versions of
 * Kubernetes that have a definition in common have its text in common.
 */
export class ValidatorTexts {
  readonly #judges = new Map<unknown, string>();
  readonly #ajv = newAjv((judge, keyword, value) => {
    this.#judges.set(judge, `${keyword}(${JSON.stringify(value)})`);
  });
  readonly #names = new Map<unknown, string>();
  readonly #referred = new Set<string>();
  readonly #texts = new Map<string, string>();

  /** The text of the validator of a strict schema. */
  of(schema: JsonObject): string {
    const key = JSON.stringify(schema);
    const text = this.#texts.get(key) ?? this.#make(schema);
    this.#texts.set(key, text);
    return text;
  }

  #make(schema: JsonObject): string {
    for (const name of referencesOf(schema)) this.#refer(name);
    return validatorText(this.#ajv.compile(schema), {
      nameOf: (validate) => this.#names.get(validate),
      judgeOf: (judge) => this.#judges.get(judge),
    });
  }

  #refer(name: string): void {
    if (this.#referred.has(name)) return;
    this.#referred.add(name);
    this.#ajv.addSchema({}, name);
    this.#names.set(this.#ajv.getSchema(name), name);
  }
}
