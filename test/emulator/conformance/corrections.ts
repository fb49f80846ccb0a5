type Schema = Readonly<Record<string, unknown>>;

/**
 * Where the published description contradicts itself. The account of an installation is a
 * user or an enterprise in the component `installation`, but has to be both in the list.
 */
export const CORRECTED_RESPONSES: Readonly<Record<string, Schema>> = {
  'GET /app/installations 200': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};

/**
 * The description's schemas without a known mistake: the repository that a pull request comes
 * from is null once it was deleted.
 * https://github.com/github/rest-api-description/issues/1811
 */
export function corrected(schemas: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  const repo = { anyOf: [{ $ref: '#/components/schemas/repository' }, { type: 'null' }] };
  const change = { properties: { head: { properties: { repo } } } };
  const pulls = ['pull-request', 'pull-request-simple'].map((name) => [name, merged(schemas[name], change)]);
  return { ...schemas, ...Object.fromEntries(pulls) };
}

/** The schema with what the change says otherwise; a reference is replaced. */
function merged(schema: Schema | undefined, change: Schema): Schema {
  if (schema === undefined || '$ref' in schema) return change;
  const changed = Object.entries(change).map(([key, inner]) => {
    const before = schema[key];
    return [key, isSchema(inner) && isSchema(before) ? merged(before, inner) : inner];
  });
  return { ...schema, ...Object.fromEntries(changed) };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
