import type { JsonObject } from './jsonObject.ts';

/** Schemas that stand in several places of others, as the same objects; each is compiled once. */
export class SharedSchemas {
  readonly #names = new Map<unknown, string>();
  readonly #schemas = new Map<string, JsonObject>();

  add(name: string, schema: JsonObject): void {
    this.#names.set(schema, name);
    this.#schemas.set(name, schema);
  }

  nameOf(schema: unknown): string | undefined {
    return this.#names.get(schema);
  }

  get(name: string): JsonObject | undefined {
    return this.#schemas.get(name);
  }
}
