import { Ajv, type ErrorObject } from 'ajv';
import { RE2JS } from 're2js';
import { absentFields } from './absentFields.ts';
import { FORMATS } from './formats.ts';
import { isJsonObject, type JsonObject } from './jsonObject.ts';
import { listTypeKeyword } from './listTypes.ts';
import { isQuantity } from './quantity.ts';
import { SharedSchemas } from './sharedSchemas.ts';
import { strictSchema } from './strictSchema.ts';

/** Everything in which a value differs from a schema. */
export type Validator = (value: unknown) => readonly ErrorObject[];

/**
 * Compiles validators, each definition when it is first needed. One instance keeps what it
 * has compiled, so schemas of one pull request get an instance of their own.
 */
export class Validators {
  /** Schemas that those to compile share, which refer to them by name. */
  readonly shared: SharedSchemas;
  readonly #definitions: JsonObject;
  readonly #ajv = newAjv();
  readonly #added = new Set<string>();

  /** @param definitions structural schemas of built-in types, by name. */
  constructor(definitions: JsonObject, shared = new SharedSchemas()) {
    this.#definitions = definitions;
    this.shared = shared;
  }

  /** The validator of a definition. */
  ofDefinition(name: string): Validator {
    return this.ofSchema({ $ref: name });
  }

  /** The validator of a schema that {@link strictSchema} made. */
  ofSchema(schema: JsonObject): Validator {
    this.#addReferences(schema);
    const validate = this.#ajv.compile(schema);
    return (value) => (validate(value) === true ? [] : (validate.errors ?? []));
  }

  #addReferences(schema: unknown): void {
    for (const name of referencesOf(schema)) {
      if (this.#added.has(name)) continue;
      this.#added.add(name);
      const strict = this.#strict(name);
      this.#ajv.addSchema(strict, name);
      this.#addReferences(strict);
    }
  }

  #strict(name: string): JsonObject {
    const shared = this.shared.get(name);
    return shared === undefined
      ? strictSchema(this.#definitions[name], 'built-in')
      : strictSchema(shared, 'custom', this.shared);
  }
}

function newAjv(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    messages: false,
    strict: false,
    // Schemas come from strictSchema alone, which has looked at every keyword.
    validateSchema: false,
    inlineRefs: false,
    // A kind has few resources in a review: making the code costs more than running it.
    code: { optimize: false },
  });
  ajv.addKeyword({
    keyword: 'presentFields',
    type: 'object',
    schemaType: 'array',
    validate: (names: readonly string[], value: JsonObject) => absentFields(names, value).length === 0,
  });
  const judges = { notNull: (value: unknown) => value !== null, quantity: isQuantityOrNull, intOrString };
  for (const [keyword, accepts] of Object.entries(judges)) {
    ajv.addKeyword({ keyword, schemaType: 'boolean', compile: () => accepts });
  }
  ajv.addKeyword(listTypeKeyword);
  ajv.addKeyword({
    keyword: 'kubernetesFormat',
    schemaType: 'string',
    compile: (name: string) => FORMATS.get(name)?.accepts ?? (() => true),
  });
  ajv.addKeyword({
    keyword: 'linearPattern',
    type: 'string',
    schemaType: 'string',
    // The time of a JavaScript expression can explode; this one is Go's, as in the API server.
    compile: (pattern: string) => {
      const expression = RE2JS.compile(pattern);
      return (value: string) => expression.matcher(value).find();
    },
  });
  return ajv;
}

function isQuantityOrNull(value: unknown): boolean {
  return value === null || isQuantity(value);
}

function intOrString(value: unknown): boolean {
  return value === null || typeof value === 'string' || Number.isInteger(value);
}

function referencesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesOf);
  if (!isJsonObject(schema)) return [];
  const { $ref, ...rest } = schema;
  const inside = Object.values(rest).flatMap(referencesOf);
  return typeof $ref === 'string' ? [$ref, ...inside] : inside;
}
