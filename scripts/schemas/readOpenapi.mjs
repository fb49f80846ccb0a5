import { readdirSync, readFileSync } from 'node:fs';

/**
 * All schemas of a folder of OpenAPI v3 documents, by name. A name stands in several
 * documents; those that Kubernetes itself repeats differ only in the list of groups that
 * use them, and none of these is a kind.
 */
export function readOpenapi(folder) {
  const documents = [];
  const definitions = new Map();
  for (const name of readdirSync(folder).toSorted()) {
    const { components } = JSON.parse(readFileSync(`${folder}${name}`, 'utf8'));
    if (components?.schemas === undefined) continue;
    documents.push(name);
    for (const [definition, schema] of Object.entries(components.schemas)) {
      const earlier = definitions.get(definition);
      if (earlier !== undefined && shapeOf(earlier) !== shapeOf(schema)) {
        throw new Error(`${definition} differs between ${name} and an earlier document`);
      }
      definitions.set(definition, schema);
    }
  }
  return { documents, definitions };
}

function shapeOf(schema) {
  return JSON.stringify({ ...schema, 'x-kubernetes-group-version-kind': undefined });
}
