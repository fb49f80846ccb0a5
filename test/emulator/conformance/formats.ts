import type { Ajv } from 'ajv';
import formats from 'ajv-formats';

/** Teaches Ajv the formats of JSON Schema and OpenAPI, such as `date-time` and `int64`. */
export function addFormats(ajv: Ajv): Ajv {
  formats.default(ajv);
  return ajv;
}
