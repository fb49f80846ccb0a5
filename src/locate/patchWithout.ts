import type { Document, Node } from 'yaml';
import { field, items, linesOf, type SourceFile, textField } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import type { Failed } from './failed.ts';
import { patchesOf, patchSource } from './patches.ts';
import { type ResourceName, readResourceName } from './resourceName.ts';

/**
 * The patch that has nothing to change: the one for the resource that is not there, or the
 * operation on the field that is not there (its subject is a JSON pointer). Else the
 * replacement that takes its value from there.
 */
export async function patchWithout({ kustomizations, problem, snapshot }: Failed): Promise<Location | null> {
  const { subject } = problem;
  if (subject === null) return null;
  const name = readResourceName(subject);
  for (const file of kustomizations) {
    for (const document of file.documents) {
      for (const patch of patchesOf(document)) {
        const source = await patchSource({ file, document }, patch, snapshot);
        const place = source === null ? null : placeIn(source, { subject, name });
        if (place === null || source === null) continue;
        // The whole of an inline patch is what to look at; its operations are many.
        return name !== null && source.path === file.path ? firstLine(linesOf(file, patch)) : place;
      }
      const found = name === null ? null : sourceOfReplacement(document, name);
      if (found !== null) return linesOf(file, found);
    }
  }
  return null;
}

function placeIn(
  source: SourceFile,
  { subject, name }: { subject: string; name: ResourceName | null },
): Location | null {
  for (const document of source.documents) {
    const node = name === null ? operationOn(document, subject) : patchFor(document, name);
    if (node !== null) return linesOf(source, node);
  }
  return null;
}

function patchFor(document: Document, { apiVersion, kind, name }: ResourceName): Node | null {
  const node = document.contents;
  const at = field(node, 'kind');
  const isOf =
    textField(node, 'kind') === kind &&
    textField(field(node, 'metadata'), 'name') === name &&
    (textField(node, 'apiVersion') ?? '') === apiVersion;
  return isOf ? (at ?? null) : null;
}

function operationOn(document: Document, pointer: string): Node | null {
  return items(document.contents).find((one) => textField(one, 'path') === pointer) ?? null;
}

function sourceOfReplacement(document: Document, { kind, name }: ResourceName): Node | null {
  for (const entry of items(field(document.contents, 'replacements'))) {
    const source = field(entry, 'source');
    const isOf = (textField(source, 'kind') ?? kind) === kind;
    if (source !== undefined && isOf && (textField(source, 'name') ?? name) === name) return source;
  }
  return null;
}

function firstLine(place: Location): Location {
  return { ...place, endLine: place.startLine };
}
