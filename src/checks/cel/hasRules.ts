/** Whether a schema, or a definition with schemas, has CEL rules anywhere. */
export function hasRules(schema: unknown): boolean {
  return JSON.stringify(schema)?.includes('"x-kubernetes-validations"') === true;
}
