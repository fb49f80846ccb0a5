import { NOT_YAML } from '../dialects/yamlValues.ts';
import type { Facts } from '../model/facts.ts';
import { hasRedacted } from '../model/hasRedacted.ts';
import type { ManifestObject } from '../model/manifest.ts';
import { type Resource, toResources } from '../model/resource.ts';

/** The objects of a document, with the values of Secrets hidden; or that it is none. */
export type ReadDocument = readonly ManifestObject[] | typeof NOT_YAML;

/** A file that may be read again in parts. */
export interface FileInParts {
  readonly oid: string;
  /** Where each document begins and ends. */
  readonly places: () => readonly Place[];
  /** @returns the document that stands there, or null where it is not one. */
  readonly readAt: (place: Place) => ReadDocument | null;
}

type Place = readonly [from: number, to: number];

/** A document as it is kept: its objects, that it is none, or where it is to be read again. */
type KeptDocument = readonly ManifestObject[] | null | { readonly place: Place };

/**
 * What earlier reviews read in plain files, by the files' content. Of a document in which something is or may be
 * secret only the place is kept, so that the rest of a large file need not be read again for it.
 */
export class KeptObjects {
  readonly #facts: Facts;
  readonly #isHarmless: (resource: Resource) => Promise<boolean>;

  /** @param isHarmless whether no credential stands in a resource. */
  constructor(facts: Facts, isHarmless: (resource: Resource) => Promise<boolean>) {
    this.#facts = facts;
    this.#isHarmless = isHarmless;
  }

  /** @returns undefined where nothing is kept of the file. */
  find({ oid, readAt }: FileInParts): readonly ReadDocument[] | undefined {
    const text = this.#facts.get(factKey(oid));
    if (text === undefined) return undefined;
    // Hydrant wrote it; see keep().
    const documents = JSON.parse(text) as readonly KeptDocument[];
    return documents.map((document) => {
      if (document === null) return NOT_YAML;
      return 'place' in document ? (readAt(document.place) ?? NOT_YAML) : document;
    });
  }

  /** Keeps what was read, unless a part that may not be kept reads otherwise by itself. */
  async keep(file: FileInParts, documents: readonly ReadDocument[]): Promise<void> {
    const kept: KeptDocument[] = [];
    for (const [index, document] of documents.entries()) {
      const one = await this.#keptOf(document, { file, index });
      if (one === undefined) return;
      kept.push(one);
    }
    this.#facts.keep(factKey(file.oid), JSON.stringify(kept));
  }

  async #keptOf(
    document: ReadDocument,
    { file, index }: { readonly file: FileInParts; readonly index: number },
  ): Promise<KeptDocument | undefined> {
    if (document === NOT_YAML) return null;
    if (await this.#mayBeKept(document)) return document;
    const place = file.places()[index];
    const again = place && file.readAt(place);
    return again && JSON.stringify(again) === JSON.stringify(document) ? { place } : undefined;
  }

  async #mayBeKept(objects: readonly ManifestObject[]): Promise<boolean> {
    if (objects.some(hasRedacted)) return false;
    for (const resource of toResources(objects)) if (!(await this.#isHarmless(resource))) return false;
    return true;
  }
}

function factKey(oid: string): string {
  return `documents 2 ${oid}`;
}
