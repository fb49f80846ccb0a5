import { RE2JS } from 're2js';
import type { Document, Node } from 'yaml';
import {
  entries,
  field,
  items,
  linesOf,
  type SourceFile,
  textField,
  textOf,
} from '../dialects/sourceFile.ts';
import type { Redactor } from '../model/redacted.ts';
import { canBeRead, shownKey } from '../model/secretValue.ts';
import type { SecretViolation } from './committed.ts';
import { isHarmless } from './harmless.ts';

/** What a document's `sops` block says. https://getsops.io/docs/#encrypting-only-parts-of-a-file */
export interface SopsBlock {
  /** What SOPS could not decrypt without; null where nothing is missing. */
  readonly missing: string | null;
  /** The rule that names what is encrypted, where a regular expression or a suffix does. */
  readonly namesEncrypted: 'encrypted_regex' | 'encrypted_suffix' | null;
  /** True for a value that is left as it is on purpose, by the names on the way to it. */
  isLeftOut(names: readonly string[]): boolean;
}

/** Lists of keys, one of which SOPS needs. */
const KEYS = ['kms', 'gcp_kms', 'azure_kv', 'hc_vault', 'age', 'pgp', 'key_groups'];

/** The `sops` block of a document, or null where it has none. */
export function sopsOf(document: Document): SopsBlock | null {
  const block = field(document.contents, 'sops');
  if (block === undefined) return null;
  const text = (name: string) => textField(block, name) ?? '';
  const names = (['encrypted_regex', 'encrypted_suffix'] as const).find((name) => text(name) !== '');
  return { missing: missingIn(block), namesEncrypted: names ?? null, isLeftOut: leftOutBy(text) };
}

function missingIn(block: Node): string | null {
  const mac = textField(block, 'mac') ?? '';
  if (!/^ENC\[.+\]$/.test(mac)) return 'mac';
  if ((textField(block, 'lastmodified') ?? '') === '') return 'lastmodified';
  const hasKey = KEYS.some((name) => items(field(block, name)).length > 0);
  return hasKey ? null : 'key';
}

/** What the rules of a `sops` block leave as it is, by the fields of the block. */
export function leftOutBy(text: (name: string) => string): SopsBlock['isLeftOut'] {
  const encrypted = matcher(text('encrypted_regex'));
  if (encrypted !== null) return (names) => !names.some(encrypted);
  const unencrypted = matcher(text('unencrypted_regex'));
  if (unencrypted !== null) return (names) => names.some(unencrypted);
  const suffix = text('encrypted_suffix');
  if (suffix !== '') return (names) => !names.some((name) => name.endsWith(suffix));
  const plainSuffix = text('unencrypted_suffix') || '_unencrypted';
  return (names) => names.some((name) => name.endsWith(plainSuffix));
}

/** SOPS takes Go's regular expressions; one that is none matches nothing. */
function matcher(pattern: string): ((name: string) => boolean) | null {
  if (pattern === '') return null;
  try {
    const compiled = RE2JS.compile(pattern);
    return (name) => compiled.matcher(name).find();
  } catch {
    return () => false;
  }
}

/**
 * Values of a document with a `sops` block that are in plain, and should not be: of files that
 * are no Secret, such as a chart's values.
 */
export function halfEncrypted(file: SourceFile, document: Document, redactor: Redactor): SecretViolation[] {
  const block = sopsOf(document);
  if (block === null) return [];
  const leaves = leavesOf(document, document.contents, []).filter(({ names }) => names[0] !== 'sops');
  const judged = leaves.map((leaf) => ({
    ...leaf,
    value: redactor.redact(textOf(leaf.node) ?? ''),
  }));
  const isEncrypted = judged.some(({ value }) => value.class === 'encrypted');
  // Without what SOPS writes, it is no file of SOPS but one that has such a field.
  if (!isEncrypted && block.missing !== null) return [];
  const readable = judged.filter(({ value }) => canBeRead(value.class));
  const meant = readable.filter(({ names }) => !block.isLeftOut(names));
  // Rules that name nothing of the file were made for another one.
  const plain =
    isEncrypted || meant.length > 0
      ? meant
      : readable.filter(
          ({ names, node, value }) =>
            !isHarmless({ key: names.at(-1) ?? '', class: value.class, text: textOf(node) }),
        );
  return plain.slice(0, MOST).map(({ names, node, value }) => {
    const key = names.map(shownKey).join('.');
    const about = { key, isPartly: isEncrypted };
    return {
      rule: 'secret/half-encrypted',
      severity: 'error' as const,
      message: isReadable(about),
      about,
      fieldPath: null,
      resource: null,
      location: linesOf(file, node),
      values: [{ key, value }],
    };
  });
}

function isReadable({ key, isPartly }: { readonly key: string; readonly isPartly: boolean }): string {
  return isPartly
    ? `The file is only partly encrypted: ${key} can be read by anyone; encrypt it with sops`
    : `The file has a sops block, but nothing in it is encrypted: ${key} can be read by anyone; rotate it, and encrypt it with sops`;
}

/** At most this many values of one file are reported. */
const MOST = 20;

interface Leaf {
  readonly names: readonly string[];
  readonly node: Node;
}

function leavesOf(document: Document, node: Node | null | undefined, names: readonly string[]): Leaf[] {
  if (node === null || node === undefined || names.length > 40) return [];
  const text = textOf(node);
  if (text !== undefined) return text === 'null' || text === '~' ? [] : [{ names, node }];
  return [
    ...items(node).flatMap((item) => leavesOf(document, item, names)),
    ...entries(node).flatMap(({ key, value }) => leavesOf(document, value, [...names, key])),
  ];
}
