import { parseAllDocuments } from 'yaml';
import type { FoundObject } from '../../../src/model/foundObject.ts';
import type { ManifestValue } from '../../../src/model/manifest.ts';
import { toResources } from '../../../src/model/resource.ts';

/** Objects as they stand in a plain file. */
export function objectsOf(text: string, cluster: string | null = null): FoundObject[] {
  const documents = parseAllDocuments(text);
  const values = Array.isArray(documents)
    ? documents.map((document) => document.toJS() as ManifestValue)
    : [];
  return toResources(values).map((resource, document) => ({
    resource,
    cluster,
    environment: null,
    place: { in: 'file', path: 'objects.yaml', document },
  }));
}
