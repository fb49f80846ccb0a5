import { type Document, isMap, type Node } from 'yaml';
import { field, items, linesOf, type SourceFile, textField } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import type { FieldPath } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import { walk } from './walk.ts';

/** What a resource is called in a source. */
export interface Declared {
  readonly kind: string;
  /** Before prefixes, suffixes and hashes. */
  readonly name: string;
}

/** An object of a source file: a document, or an item of a List. */
export interface SourceObject {
  readonly document: Document;
  readonly node: Node;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/**
 * The lines of a field in the file that declares the resource. Where the file has only a part of the
 * path, it is the line of that part; where it has none, the line of the resource's kind.
 */
export function placeInDeclaration(
  file: SourceFile,
  declared: Declared,
  { resource, fieldPath }: { resource: Resource; fieldPath: FieldPath | null },
): Location | null {
  const found = findDeclaration(file, declared, resource);
  if (found === null) return null;
  const walked = fieldPath === null ? null : walk(found, resource.manifest, fieldPath);
  if (walked === null) return headOf(file, found);
  // A transformer may have changed the value later: the field is still set here, so its lines are given.
  const place = linesOf(file, walked.at, walked.value);
  return walked.depth === fieldPath?.length ? place : { ...place, endLine: place.startLine };
}

/** Whether the file that declares a resource has the field, and whether that is a mapping. */
export function declaredField(
  file: SourceFile,
  declared: Declared,
  { resource, fieldPath }: { resource: Resource; fieldPath: FieldPath },
): { isWritten: boolean; isMapping: boolean } {
  const found = findDeclaration(file, declared, resource);
  const walked = found === null ? null : walk(found, resource.manifest, fieldPath);
  const isWritten = walked?.depth === fieldPath.length;
  return { isWritten, isMapping: isWritten && isMap(walked.value) };
}

/** Every object with a kind in a file. */
export function objectsIn(file: SourceFile): readonly SourceObject[] {
  const known = objects.get(file);
  if (known !== undefined) return known;
  const found = file.documents.flatMap((document) => objectsOf(document, document.contents));
  objects.set(file, found);
  return found;
}

/** Many findings ask for the same file's. */
const objects = new WeakMap<SourceFile, readonly SourceObject[]>();

/**
 * The object that declares a resource. Of several with its kind and name it is the one of
 * its namespace, else the one without: a transformer has given it the namespace. Null where
 * nobody can tell.
 */
function findDeclaration(file: SourceFile, declared: Declared, resource: Resource): SourceObject | null {
  const named = objectsIn(file).filter(({ kind, name }) => kind === declared.kind && name === declared.name);
  const ofGroup = named.filter(({ group }) => group === resource.group);
  const candidates = ofGroup.length === 0 ? named : ofGroup;
  if (candidates.length < 2) return candidates[0] ?? null;
  const own = candidates.filter(({ namespace }) => namespace === resource.namespace);
  const without = candidates.filter(({ namespace }) => namespace === null);
  const chosen = own.length > 0 ? own : without;
  return chosen.length === 1 ? (chosen[0] ?? null) : null;
}

function objectsOf(document: Document, node: unknown): SourceObject[] {
  const kind = textField(node, 'kind');
  if (kind === undefined) return [];
  if (kind.endsWith('List')) {
    const list = items(field(node, 'items'));
    if (list.length > 0) return list.flatMap((item) => objectsOf(document, item));
  }
  const metadata = field(node, 'metadata');
  const apiVersion = textField(node, 'apiVersion') ?? '';
  return [
    {
      document,
      // A mapping with a kind is a node.
      node: node as Node,
      group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
      kind,
      namespace: textField(metadata, 'namespace') ?? null,
      name: textField(metadata, 'name') ?? textField(metadata, 'generateName') ?? '',
    },
  ];
}

/** The line where a resource's kind stands: one line, not the whole resource. */
function headOf(file: SourceFile, { node }: SourceObject): Location {
  return linesOf(file, field(node, 'kind') ?? node);
}
