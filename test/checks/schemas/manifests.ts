import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { ManifestObject, ManifestValue } from '../../../src/model/manifest.ts';
import { Redactor } from '../../../src/model/redacted.ts';
import { redactManifest } from '../../../src/model/redactManifest.ts';
import { type Resource, toResources } from '../../../src/model/resource.ts';

const redactor = new Redactor('00'.repeat(32));

/** The resources of a YAML text, hidden values hidden as in a review. */
export function resourcesOf(yaml: string): Resource[] {
  const documents = parseAllDocuments(yaml);
  if (!Array.isArray(documents)) return [];
  return toResources(
    documents.map((document) => {
      if (document.errors[0] !== undefined) throw document.errors[0];
      const value: ManifestValue = document.toJS();
      return redactManifest(value, redactor);
    }),
  );
}

export function resourceOf(yaml: string): Resource {
  const [resource] = resourcesOf(yaml);
  if (resource === undefined) throw new Error('the text has no resource');
  return resource;
}

export function manifestOf(yaml: string): ManifestObject {
  return resourceOf(yaml).manifest;
}

/** The resources of a file of a fixture. */
export function fixture(path: string): Resource[] {
  return resourcesOf(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8'));
}
