import { isPair, isScalar, type Pair, visit } from 'yaml';
import { decodeText } from '../dialects/decodeText.ts';
import { linesOf, readDocuments, type SourceFile } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import type { FoundObject } from '../model/foundObject.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { Redactor } from '../model/redacted.ts';
import type { Rendering } from '../model/rendering.ts';
import { isManifestFile } from '../model/reviewedFiles.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Where texts are looked for. */
interface Place {
  readonly redactor: Redactor;
  readonly snapshot: Snapshot;
  readonly renderings: readonly Rendering[];
  readonly declared: ReadonlyMap<string, OperatorRecord>;
}

/** By digest; null for a text that several lines have. */
type Texts = ReadonlyMap<string, Location | null>;

/** Finds the lines of texts that are known by their digest alone. */
export class TextPlaces {
  readonly #place: Place;
  readonly #files = new Map<string, Promise<Texts>>();

  constructor(place: Place) {
    this.#place = place;
  }

  /**
   * The place of a text that the source of a target has: in the file of the object that
   * declares it, or in one that the object is rendered of, or else in one that Flux may take
   * values of. Null where none has it, or several lines of one have.
   */
  async of(digest: string, target: string): Promise<Location | null> {
    for (const path of this.#filesOf(this.#place.declared.get(target)?.object)) {
      const found = (await this.#textsOf(path)).get(digest);
      if (found !== undefined) return found;
    }
    return null;
  }

  #filesOf(declaring: FoundObject | undefined): Set<string> {
    const files = new Set<string>();
    // A target may declare itself, as what `flux bootstrap` writes does.
    const targets = new Set<string>();
    for (let object = declaring; object !== undefined; ) {
      const { place } = object;
      if (place.in === 'object') object = place.object;
      else if (place.in === 'file') {
        files.add(place.path);
        break;
      } else {
        const { id } = place.target;
        if (targets.has(id)) break;
        targets.add(id);
        for (const path of this.#readBy(id)) files.add(path);
        object = this.#place.declared.get(id)?.object;
      }
    }
    if (declaring === undefined) return files;
    // ConfigMaps with values are applied by whatever target.
    for (const { target } of this.#place.renderings) {
      for (const path of this.#readBy(target.id)) files.add(path);
    }
    return files;
  }

  #readBy(target: string): string[] {
    const rendering = this.#place.renderings.find((one) => one.target.id === target);
    return (rendering?.trace ?? [])
      .filter(({ path, state }) => state === 'file' && isManifestFile(path))
      .map(({ path }) => path);
  }

  #textsOf(path: string): Promise<Texts> {
    const known = this.#files.get(path) ?? this.#read(path);
    this.#files.set(path, known);
    return known;
  }

  async #read(path: string): Promise<Texts> {
    const { snapshot, redactor } = this.#place;
    const places = new Map<string, Location | null>();
    if (snapshot.entries.get(path)?.kind !== 'file') return places;
    const note = (file: SourceFile, depth: number) => {
      for (const document of file.documents) {
        visit(document, {
          Pair: (_, pair, ancestors) => (isAnnotations(pair, ancestors, depth) ? visit.SKIP : undefined),
          Scalar: (key, node) => {
            if (key === 'key' || typeof node.value !== 'string') return;
            const lines = linesOf(file, node);
            for (const text of [node.value, node.value.slice(node.value.indexOf('=') + 1)]) {
              const digest = redactor.digestOf(text);
              const other = places.get(digest);
              const isOnly = other === undefined || other?.startLine === lines.startLine;
              places.set(digest, isOnly ? lines : null);
            }
            // Values that stand in an object as text have lines of their own.
            const literal = isScalar(node) && node.type === 'BLOCK_LITERAL';
            if (literal && depth === 0) note(readDocuments(path, node.value, lines.startLine), depth + 1);
          },
        });
      }
    };
    note(readDocuments(path, decodeText(await snapshot.read(path))), 0);
    return places;
  }
}

/** No operator takes a part of a target's source from annotations of an object. */
function isAnnotations(pair: Pair, ancestors: readonly unknown[], depth: number): boolean {
  const around = ancestors.filter((one) => isPair(one));
  return (
    depth === 0 &&
    around.length === 1 &&
    isNamed(pair, 'annotations') &&
    around.every((one) => isNamed(one, 'metadata'))
  );
}

function isNamed({ key }: Pair, name: string): boolean {
  return isScalar(key) && key.value === name;
}
