import type { Document, Node } from 'yaml';
import type { Location } from '../model/finding.ts';
import { type FieldPath, valueAt } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import { field, items, linesOf, type SourceFile, textField } from '../model/sourceFile.ts';
import { hasValue, walk } from './walk.ts';

/** What a resource is called in a source. */
export interface Declared {
  readonly kind: string;
  /** Before prefixes, suffixes and hashes. */
  readonly name: string;
}

/** The place of a field in the file that declares the resource, or the nearest that exists. */
export function placeInDeclaration(
  file: SourceFile,
  declared: Declared,
  { resource, fieldPath }: { resource: Resource; fieldPath: FieldPath | null },
): Location | null {
  const found = findResource(file, declared);
  if (found === null) return null;
  const { document, node } = found;
  const walked = fieldPath === null ? null : walk(document, node, resource.manifest, fieldPath);
  if (walked === null) return headOf(file, found);
  // A value that a transformer changed still stands here first; the field is the place.
  const place = linesOf(file, walked.at, walked.value);
  return walked.depth === fieldPath?.length ? place : { ...place, endLine: place.startLine };
}

/** The place of a field in a patch for the resource, if the patch sets it as it was rendered. */
export function placeInPatch(
  file: SourceFile,
  declared: Declared,
  { resource, fieldPath }: { resource: Resource; fieldPath: FieldPath },
): Location | null {
  for (const document of file.documents) {
    const node = document.contents;
    const name = textField(document, field(document, node, 'metadata'), 'name');
    if (textField(document, node, 'kind') !== declared.kind) continue;
    if (name !== undefined && name !== declared.name && name !== resource.name) continue;
    const walked = walk(document, node, resource.manifest, fieldPath);
    if (walked?.depth !== fieldPath.length) continue;
    if (hasValue(document, walked.value, valueAt(resource.manifest, fieldPath))) {
      return linesOf(file, walked.at, walked.value);
    }
  }
  return null;
}

function findResource(file: SourceFile, declared: Declared): { document: Document; node: Node } | null {
  for (const document of file.documents) {
    const node = search(document, document.contents, declared);
    if (node !== null) return { document, node };
  }
  return null;
}

function search(document: Document, node: unknown, declared: Declared): Node | null {
  const kind = textField(document, node, 'kind');
  if (kind === declared.kind && nameOf(document, node) === declared.name) {
    // A mapping with a kind is a node.
    return node as Node;
  }
  if (kind?.endsWith('List') !== true) return null;
  for (const item of items(document, field(document, node, 'items'))) {
    const found = search(document, item, declared);
    if (found !== null) return found;
  }
  return null;
}

function nameOf(document: Document, node: unknown): string | undefined {
  const metadata = field(document, node, 'metadata');
  return textField(document, metadata, 'name') ?? textField(document, metadata, 'generateName') ?? '';
}

/** The line where a resource's kind stands: one line, not the whole resource. */
function headOf(file: SourceFile, { document, node }: { document: Document; node: Node }): Location {
  return linesOf(file, field(document, node, 'kind') ?? node);
}
