import { NOT_YAML } from '../dialects/yamlValues.ts';
import type { Facts } from '../model/facts.ts';
import { hasRedacted } from '../model/hasRedacted.ts';
import type { ManifestObject } from '../model/manifest.ts';
import { type Resource, toResources } from '../model/resource.ts';

/** The objects of a document, with the values of Secrets hidden; or that it is none. */
export type ReadDocument = readonly ManifestObject[] | typeof NOT_YAML;

/** What earlier reviews read in plain files, by the files' content. Nothing that is or may be secret is kept. */
export class KeptObjects {
  readonly #facts: Facts;
  readonly #isHarmless: (resource: Resource) => Promise<boolean>;

  /** @param isHarmless whether no credential stands in a resource. */
  constructor(facts: Facts, isHarmless: (resource: Resource) => Promise<boolean>) {
    this.#facts = facts;
    this.#isHarmless = isHarmless;
  }

  /** @param oid of the file. @returns undefined where nothing is kept of it. */
  find(oid: string): readonly ReadDocument[] | undefined {
    const text = this.#facts.get(factKey(oid));
    if (text === undefined) return undefined;
    // Hydrant wrote it; see keep().
    const documents = JSON.parse(text) as readonly (readonly ManifestObject[] | null)[];
    return documents.map((document) => document ?? NOT_YAML);
  }

  /** Keeps what was read, unless something in it may not be kept. */
  async keep(oid: string, documents: readonly ReadDocument[]): Promise<void> {
    const objects = documents.flatMap((document) => (document === NOT_YAML ? [] : document));
    if (objects.some(hasRedacted)) return;
    for (const resource of toResources(objects)) if (!(await this.#isHarmless(resource))) return;
    this.#facts.keep(
      factKey(oid),
      JSON.stringify(documents.map((document) => (document === NOT_YAML ? null : document))),
    );
  }
}

function factKey(oid: string): string {
  return `documents 1 ${oid}`;
}
