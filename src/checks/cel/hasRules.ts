const known = new WeakMap<object, boolean>();

/** Whether a schema, or a definition with schemas, has CEL rules anywhere. */
export function hasRules(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  const has = known.get(schema) ?? JSON.stringify(schema).includes('"x-kubernetes-validations"');
  known.set(schema, has);
  return has;
}
