/** A JSON object whose values have not been checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema that cannot be understood; the message says where and why. */
export class MalformedSchema extends Error {
  constructor(path: readonly string[], problem: string) {
    super(path.length === 0 ? problem : `at ${path.join('.')}: ${problem}`);
    this.name = 'MalformedSchema';
  }
}
