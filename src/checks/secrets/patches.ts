import path from 'node:path';
import { type Document, isScalar, type Node } from 'yaml';
import type { SourceViolation } from '../../model/finding.ts';
import {
  entries,
  field,
  items,
  linesOf,
  readDocuments,
  type SourceFile,
  textField,
  textOf,
} from '../../model/sourceFile.ts';
import type { ReadFile } from './generators.ts';
import { isPlainBase64, isPlainValue } from './plainValue.ts';
import { plainSecrets } from './secretDocument.ts';

/** Values that a kustomization's patches, inline or as JSON patch files, put into Secrets. */
export async function patchSecrets(
  file: SourceFile,
  document: Document,
  read: ReadFile,
): Promise<SourceViolation[]> {
  const patches = ['patches', 'patchesJson6902'].flatMap((name) =>
    items(document, field(document, document.contents, name)),
  );
  const merges = items(document, field(document, document.contents, 'patchesStrategicMerge'));
  const found = await Promise.all(patches.map((patch) => patchEntry(file, document, { patch, read })));
  return [...found.flat(), ...merges.flatMap((merge) => inlinePatch(file, document, merge))];
}

async function patchEntry(
  file: SourceFile,
  document: Document,
  { patch, read }: { patch: Node; read: ReadFile },
): Promise<SourceViolation[]> {
  const target = field(document, patch, 'target');
  const kind = textField(document, target, 'kind');
  const name = textField(document, target, 'name') ?? '';
  const inline = field(document, patch, 'patch');
  if (inline !== undefined) return inlinePatch(file, document, inline, kind === 'Secret' ? name : null);
  const from = textField(document, patch, 'path');
  if (kind !== 'Secret' || from === undefined) return [];
  const where = path.posix.join(path.posix.dirname(file.path), from);
  const bytes = await read(where);
  if (bytes === null) return [];
  const patchFile = readDocuments(where, new TextDecoder().decode(bytes));
  return patchFile.documents.flatMap((one) => jsonPatch(patchFile, one, name));
}

/** A patch that stands in the kustomization: its lines are the kustomization's. */
function inlinePatch(
  file: SourceFile,
  document: Document,
  node: Node,
  secret: string | null = null,
): SourceViolation[] {
  const text = textOf(document, node);
  if (text === undefined || !text.includes('\n')) return [];
  const block = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  // A block's text starts on the line after its indicator.
  const offset = linesOf(file, node).startLine - (block ? 0 : 1);
  const inner = readDocuments(file.path, text, offset);
  return inner.documents.flatMap((one) => [
    ...plainSecrets(inner, one, one.contents),
    ...(secret === null ? [] : jsonPatch(inner, one, secret)),
  ]);
}

/** JSON 6902 operations on `/data` and `/stringData`. */
function jsonPatch(file: SourceFile, document: Document, name: string): SourceViolation[] {
  return items(document, document.contents).flatMap((operation) => {
    const at = textField(document, operation, 'path') ?? '';
    const [, root, key] = at.split('/');
    const value = field(document, operation, 'value');
    if ((root !== 'data' && root !== 'stringData') || value === undefined) return [];
    const judge = root === 'data' ? isPlainBase64 : isPlainValue;
    const texts = [
      textOf(document, value),
      ...entries(document, value).map((entry) => textOf(document, entry.value)),
    ];
    if (!texts.some((text) => text !== undefined && judge(text))) return [];
    return [
      {
        rule: 'secret/plain-secret',
        severity: 'error' as const,
        message: `a patch puts a committed value into Secret ${name}: ${key ?? root}; rotate it, and use SealedSecret, ExternalSecret or SOPS`,
        fieldPath: null,
        resource: { group: '', version: 'v1', kind: 'Secret', namespace: null, name },
        location: linesOf(file, value),
      },
    ];
  });
}
