import type { ValidateFunction } from 'ajv';
import { toValidator, type Validator } from '../validators.ts';
import { linkValidator } from './linkValidator.ts';
import type { ReadyTexts } from './readyFile.ts';

/**
 * The validators that the build made of one file of schemas, each put to use when a value first needs
 * it: no schema is compiled for them, and ajv is not loaded.
 */
export class ReadyValidators {
  readonly #texts: ReadyTexts | null;
  readonly #others: ReadyValidators | undefined;
  readonly #linked = new Map<string, ValidateFunction>();

  /**
   * @param texts null where the build made none of these schemas.
   * @param others those of the definitions that these refer to and do not have.
   */
  constructor(texts: ReadyTexts | null, others?: ReadyValidators) {
    this.#others = others;
    const isWhole = texts?.outside.every((name) => others?.has(name) === true) === true;
    this.#texts = isWhole ? texts : null;
  }

  has(definition: string): boolean {
    return this.#linked.has(definition) || this.#texts?.text(definition) !== undefined;
  }

  /** The validator of a definition, or of a kind; undefined where it has to be compiled. */
  of(definition: string): Validator | undefined {
    const validate = this.#find(definition);
    return validate === undefined ? undefined : toValidator(validate);
  }

  #find(definition: string): ValidateFunction | undefined {
    const known = this.#linked.get(definition);
    if (known !== undefined) return known;
    const text = this.#texts?.text(definition);
    if (text === undefined) return this.#others === undefined ? undefined : this.#others.#find(definition);
    const validate = linkValidator(text, (name) => this.#reference(name));
    this.#linked.set(definition, validate);
    return validate;
  }

  #reference(definition: string): ValidateFunction {
    const validate = this.#find(definition);
    if (validate === undefined) throw new Error(`the build made no validator of ${definition}`);
    return validate;
  }
}
