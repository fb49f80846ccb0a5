import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import { isJsonObject, type JsonObject } from './jsonObject.ts';
import { newAjv } from './newAjv.ts';
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
  #ajv: Ajv | undefined;
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
    this.#ajv ??= newAjv();
    this.#addReferences(schema, this.#ajv);
    return toValidator(this.#ajv.compile(schema));
  }

  #addReferences(schema: unknown, ajv: Ajv): void {
    for (const name of referencesOf(schema)) {
      if (this.#added.has(name)) continue;
      this.#added.add(name);
      const strict = strictDefinition(name, this.#definitions, this.shared);
      ajv.addSchema(strict, name);
      this.#addReferences(strict, ajv);
    }
  }
}

/**
 * The strict schema of a definition, one that others share or one of a built-in type.
 * @throws {MalformedSchema}
 */
export function strictDefinition(name: string, definitions: JsonObject, shared: SharedSchemas): JsonObject {
  const schema = shared.get(name);
  return schema === undefined
    ? strictSchema(definitions[name], 'built-in')
    : strictSchema(schema, 'custom', shared);
}

/** Ajv's functions leave what they find on themselves. */
export function toValidator(validate: ValidateFunction): Validator {
  return (value) => (validate(value) === true ? [] : (validate.errors ?? []));
}

/** The names of the definitions that a strict schema refers to. */
export function referencesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesOf);
  if (!isJsonObject(schema)) return [];
  const { $ref, ...rest } = schema;
  const inside = Object.values(rest).flatMap(referencesOf);
  return typeof $ref === 'string' ? [$ref, ...inside] : inside;
}
