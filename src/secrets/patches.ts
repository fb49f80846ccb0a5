import path from 'node:path';
import { type Document, isScalar, type Node } from 'yaml';
import { decodeText } from '../dialects/decodeText.ts';
import { entries, field, items, linesOf, readDocuments, textField, textOf } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { canBeRead, shownKey } from '../model/secretValue.ts';
import { type Search, type SecretViolation, secretId, secretNamed, sentence, WAY_OUT } from './committed.ts';
import { isHarmless } from './harmless.ts';
import { plainSecrets } from './secretDocument.ts';

/** Values that a kustomization's patches, inline or as JSON patch files, put into Secrets. */
export async function patchSecrets(document: Document, search: Search): Promise<SecretViolation[]> {
  const patches = ['patches', 'patchesJson6902'].flatMap((name) => items(field(document.contents, name)));
  const merges = items(field(document.contents, 'patchesStrategicMerge'));
  const found = await Promise.all(patches.map((patch) => patchEntry(patch, search)));
  return [...found.flat(), ...merges.flatMap((merge) => inlinePatch(merge, { search, target: null }))];
}

/** What a patch is for; only a target of Secrets, or none, leaves no doubt about `/data`. */
interface Target {
  readonly secrets: boolean;
  readonly name: string;
}

async function patchEntry(patch: Node, search: Search): Promise<SecretViolation[]> {
  const at = field(patch, 'target');
  const target = {
    secrets: textField(at, 'kind') === 'Secret',
    name: textField(at, 'name') ?? '',
  };
  const inline = field(patch, 'patch');
  if (inline !== undefined) return inlinePatch(inline, { search, target });
  const from = textField(patch, 'path');
  if (at === undefined || from === undefined) return [];
  const where = path.posix.join(path.posix.dirname(search.file.path), from);
  const bytes = await search.read(where);
  if (bytes === null) return [];
  const file = readDocuments(where, decodeText(bytes));
  return file.documents.flatMap((one) => jsonPatch(one, target, { ...search, file }));
}

/** A patch that stands in the kustomization: its lines are the kustomization's. */
function inlinePatch(
  node: Node,
  { search, target }: { readonly search: Search; readonly target: Target | null },
): SecretViolation[] {
  const text = textOf(node);
  if (text === undefined) return [];
  const around = linesOf(search.file, node);
  // A literal block's text starts on the line after its indicator. Elsewhere lines of the
  // text are not those of the file.
  const literal = isScalar(node) && node.type === 'BLOCK_LITERAL';
  const file = readDocuments(search.file.path, text, literal ? around.startLine : 0);
  const found = file.documents.flatMap((one) => [
    ...plainSecrets(file, one, { node: one.contents, redactor: search.redactor }),
    ...(target === null ? [] : jsonPatch(one, target, { ...search, file })),
  ]);
  return literal ? found : found.map((violation) => ({ ...violation, location: around satisfies Location }));
}

/** JSON 6902 operations on `/data` and `/stringData`; the latter only Secrets have. */
function jsonPatch(document: Document, target: Target, { file, redactor }: Search): SecretViolation[] {
  return items(document.contents).flatMap((operation) => {
    const at = textField(operation, 'path') ?? '';
    // Without its slash a path leads somewhere else, but the value can be read.
    const [root, key] = at.replace(/^\//, '').split('/');
    const value = field(operation, 'value');
    const fits = root === 'stringData' || (root === 'data' && target.secrets);
    if (!fits || value === undefined) return [];
    const inside = entries(value);
    const named = inside.length > 0 ? inside : [{ key: key ?? root, value }];
    const encoded = root === 'data';
    const values = named
      .map((one) => ({
        key: one.key.replaceAll('~1', '/').replaceAll('~0', '~'),
        text: textOf(one.value) ?? '',
      }))
      .map((one) => ({ ...one, value: redactor.redact(one.text, encoded) }))
      .filter(({ value }) => canBeRead(value.class))
      .filter(({ key, text, value }) => !isHarmless({ key, class: value.class, text, encoded }))
      .map(({ key, value }) => ({ key: shownKey(key), value }));
    const [first] = values;
    if (first === undefined) return [];
    const about = { patches: target.name, keys: values.map((one) => one.key) };
    return [
      {
        rule: 'secret/plain-secret',
        severity: 'error' as const,
        message: putsValue(about),
        about,
        fieldPath: null,
        resource: secretId(target.name),
        location: linesOf(file, value),
        values,
      },
    ];
  });
}

/** @param about the name of the Secret that is patched; empty for any. */
function putsValue({
  patches,
  keys,
}: {
  readonly patches: string;
  readonly keys: readonly string[];
}): string {
  const into = patches === '' ? 'Secrets' : secretNamed(patches);
  return sentence(`a patch puts a committed value into ${into}: ${keys.join(', ')}; ${WAY_OUT}`);
}
