import path from 'node:path';
import { type Document, isScalar, type Node } from 'yaml';
import type { Location } from '../model/finding.ts';
import { textAt } from '../model/manifest.ts';
import type { Snapshot } from '../model/snapshot.ts';
import {
  entries,
  field,
  items,
  linesOf,
  readDocuments,
  type SourceFile,
  textField,
  textOf,
} from '../model/sourceFile.ts';
import { placeInPatch } from './declaration.ts';
import { placeInJsonPatch } from './jsonPatch.ts';
import { sourceFile } from './sources.ts';
import type { Wanted } from './wanted.ts';

/**
 * The place in a kustomization, or in a patch that it names, that sets the field by this
 * transformer; null where it does not.
 */
export async function placeInTransformer(
  file: SourceFile,
  transformer: string,
  wanted: Wanted,
): Promise<Location | null> {
  const [document] = file.documents;
  if (document === undefined) return null;
  if (transformer.startsWith('Patch')) return placeInPatches(file, document, wanted);
  const { fieldPath } = wanted;
  switch (transformer) {
    case 'ImageTagTransformer':
      return fieldPath.at(-1) === 'image' ? imageEntry(file, document, wanted) : null;
    case 'ReplicaCountTransformer':
      return fieldPath.join('.') === 'spec.replicas'
        ? named(file, document, 'replicas', wanted.declared.name)
        : null;
    case 'NamespaceTransformer':
      return fieldPath.at(-1) === 'namespace' ? entryOf(file, document, 'namespace') : null;
    case 'LabelTransformer':
      return keyed(file, document, ['commonLabels'], wanted);
    case 'AnnotationsTransformer':
      return keyed(file, document, ['commonAnnotations'], wanted);
    default:
      return null;
  }
}

async function placeInPatches(
  file: SourceFile,
  document: Document,
  wanted: Wanted,
): Promise<Location | null> {
  const patches = ['patches', 'patchesJson6902'].flatMap((name) =>
    items(document, field(document, document.contents, name)),
  );
  const merges = items(document, field(document, document.contents, 'patchesStrategicMerge'));
  // The last patch wins.
  for (const patch of [...patches, ...merges].toReversed()) {
    const source = await patchSource(file, document, { patch, snapshot: wanted.snapshot });
    if (source === null) continue;
    const target = field(document, patch, 'target');
    const place =
      (isFor(document, target, wanted) ? placeInJsonPatch(source, wanted) : null) ??
      placeInPatch(source, wanted.declared, wanted);
    if (place !== null) return place;
  }
  return null;
}

/** A patch's own text: inline, where its lines are the kustomization's, or a file. */
async function patchSource(
  file: SourceFile,
  document: Document,
  { patch, snapshot }: { patch: Node; snapshot: Snapshot },
): Promise<SourceFile | null> {
  const plain = textOf(document, patch);
  const inline = plain?.includes('\n') === true ? patch : field(document, patch, 'patch');
  const text = textOf(document, inline);
  if (inline !== undefined && text !== undefined) {
    const block = isScalar(inline) && (inline.type === 'BLOCK_LITERAL' || inline.type === 'BLOCK_FOLDED');
    return readDocuments(file.path, text, linesOf(file, inline).startLine - (block ? 0 : 1));
  }
  const name = plain ?? textField(document, patch, 'path');
  if (name === undefined) return null;
  return sourceFile(snapshot, path.posix.join(path.posix.dirname(file.path), name));
}

/** Selectors are regular expressions that match a whole name; here plain equality is enough to be sure. */
function isFor(document: Document, target: Node | undefined, { declared }: Wanted): boolean {
  const kind = textField(document, target, 'kind');
  const name = textField(document, target, 'name');
  return (
    target !== undefined &&
    (kind === undefined || kind === declared.kind) &&
    (name === undefined || name === declared.name)
  );
}

function imageEntry(file: SourceFile, document: Document, { resource, fieldPath }: Wanted): Location | null {
  const image = textAt(resource.manifest, fieldPath);
  if (image === undefined) return null;
  const found = items(document, field(document, document.contents, 'images')).find((entry) => {
    const name = textField(document, entry, 'newName') ?? textField(document, entry, 'name') ?? '';
    return image === name || image.startsWith(`${name}:`) || image.startsWith(`${name}@`);
  });
  if (found === undefined) return null;
  const tag = ['digest', 'newTag', 'newName', 'name']
    .map((name) => field(document, found, name))
    .find((node) => node !== undefined);
  return linesOf(file, tag ?? found);
}

function named(file: SourceFile, document: Document, list: string, name: string): Location | null {
  const found = items(document, field(document, document.contents, list)).find(
    (entry) => textField(document, entry, 'name') === name,
  );
  return found === undefined ? null : linesOf(file, field(document, found, 'count') ?? found);
}

function entryOf(file: SourceFile, document: Document, name: string): Location | null {
  const found = entries(document, document.contents).find(({ key }) => key === name);
  return found === undefined ? null : linesOf(file, found.at, found.value);
}

/** A common label or annotation: the last step of the path is its key. */
function keyed(
  file: SourceFile,
  document: Document,
  fields: readonly string[],
  { resource, fieldPath }: Wanted,
): Location | null {
  const key = fieldPath.at(-1);
  const maps = [
    ...fields.map((name) => field(document, document.contents, name)),
    ...items(document, field(document, document.contents, 'labels')).map((entry) =>
      field(document, entry, 'pairs'),
    ),
  ];
  const found = maps.flatMap((map) => entries(document, map)).find((entry) => entry.key === key);
  if (found === undefined || textOf(document, found.value) !== textAt(resource.manifest, fieldPath))
    return null;
  return linesOf(file, found.at, found.value);
}
