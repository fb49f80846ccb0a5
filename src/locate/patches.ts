import path from 'node:path';
import { type Document, isScalar, type Node } from 'yaml';
import {
  field,
  items,
  linesOf,
  readDocuments,
  type SourceDocument,
  type SourceFile,
  textField,
  textOf,
} from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { type FieldPath, isObject, valueAt } from '../model/manifest.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { table } from '../model/table.ts';
import { placeInJsonPatch } from './jsonPatch.ts';
import { sourceFile } from './kustomizationFiles.ts';
import { configures, ownPatches } from './ownFile.ts';
import { hasValue, isNull } from './scalar.ts';
import { selects } from './selector.ts';
import { walk } from './walk.ts';
import type { Wanted } from './wanted.ts';

/**
 * The last patch of a kustomization, or of a transformer's own file, that sets the field, or removes what is missing below it.
 * @param transformer the one that applies the patches: each reads a list of its own.
 */
export async function placeInPatches(
  kustomization: SourceDocument,
  transformer: string,
  wanted: Wanted,
): Promise<Location | null> {
  const { document } = kustomization;
  const patches = configures(document, transformer)
    ? ownPatches(document)
    : patchesOf(document, LISTS[transformer]);
  for (const patch of patches.toReversed()) {
    const source = await patchSource(kustomization, patch, wanted.snapshot);
    if (source === null) continue;
    const target = field(patch, 'target');
    if (target !== undefined && !selects(target, wanted)) continue;
    const place =
      (target === undefined ? null : placeInJsonPatch(source, wanted)) ??
      placeInMerge(source, target !== undefined, wanted);
    if (place !== null) return place;
  }
  return null;
}

const LISTS = table<readonly string[]>({
  PatchStrategicMergeTransformer: ['patchesStrategicMerge'],
  PatchTransformer: ['patches'],
  PatchJson6902Transformer: ['patchesJson6902'],
});

/** The entries of a kustomization that are patches, in the order in which they are applied. */
export function patchesOf(
  document: Document,
  lists: readonly string[] = Object.values(LISTS).flat(),
): Node[] {
  return lists.flatMap((name) => items(field(document.contents, name)));
}

/** A patch's own text: inline, where its lines are the kustomization's, or a file. */
export async function patchSource(
  { file }: SourceDocument,
  patch: Node,
  snapshot: Snapshot,
): Promise<SourceFile | null> {
  const plain = textOf(patch);
  const given = ['patch', 'jsonOp'].map((name) => field(patch, name));
  const inline = plain?.includes('\n') === true ? patch : given.find((node) => node !== undefined);
  const text = textOf(inline);
  if (inline !== undefined && text !== undefined) {
    const block = isScalar(inline) && (inline.type === 'BLOCK_LITERAL' || inline.type === 'BLOCK_FOLDED');
    return readDocuments(file.path, text, linesOf(file, inline).startLine - (block ? 0 : 1));
  }
  const name = plain ?? textField(patch, 'path');
  if (name === undefined) return null;
  return sourceFile(snapshot, path.posix.join(path.posix.dirname(file.path), name));
}

/**
 * The lines of a strategic merge patch that set the field, or remove what is missing below it.
 * @param hasTarget true where the kustomization says by a `target` which resources the patch is for: the
 *   kind and name in the patch itself do not count then.
 */
function placeInMerge(file: SourceFile, hasTarget: boolean, wanted: Wanted): Location | null {
  const { resource, fieldPath } = wanted;
  for (const document of file.documents) {
    const node = document.contents;
    if (!hasTarget && !isOf(node, wanted)) continue;
    const removed = removal(document, node, wanted);
    if (removed !== null) return linesOf(file, removed);
    const rendered = valueAt(resource.manifest, fieldPath);
    // A mapping is merged field by field: a patch within it does not set the mapping as a whole.
    if (isObject(rendered) && wanted.isDeclared) continue;
    const walked = walk({ document, node }, resource.manifest, fieldPath);
    if (walked?.depth === fieldPath.length && hasValue(walked.value, rendered)) {
      return linesOf(file, walked.at, walked.value);
    }
  }
  return null;
}

function isOf(node: unknown, { resource, names, namespaceWasSet }: Wanted): boolean {
  const metadata = field(node, 'metadata');
  const name = textField(metadata, 'name');
  const namespace = textField(metadata, 'namespace') ?? 'default';
  return (
    textField(node, 'kind') === resource.kind &&
    (name === undefined || names.includes(name)) &&
    (namespaceWasSet || namespace === (resource.namespace ?? 'default'))
  );
}

/** The key that a merge patch takes away: https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/ */
function removal(document: Document, node: unknown, { missing, resource, fieldPath }: Wanted): Node | null {
  for (const path of missing) {
    for (let depth = fieldPath.length + 1; depth <= path.length; depth++) {
      const walked = walk({ document, node }, resource.manifest, path.slice(0, depth));
      if (walked?.depth !== depth) break;
      if (isAbsent(resource.manifest, path.slice(0, depth)) && takesAway(walked.value)) {
        return walked.at;
      }
    }
  }
  return null;
}

function isAbsent(manifest: Wanted['resource']['manifest'], path: FieldPath): boolean {
  return valueAt(manifest, path) === undefined;
}

function takesAway(value: Node): boolean {
  return isNull(value, textOf(value)) || textField(value, '$patch') === 'delete';
}
