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

/** What a document's `sops` block says. https://getsops.io/docs/#encrypting-only-parts-of-a-file */
export interface SopsBlock {
  /** What SOPS could not decrypt without; null where nothing is missing. */
  readonly missing: string | null;
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
  return { missing: missingIn(block), isLeftOut: leftOut(text) };
}

function missingIn(block: Node): string | null {
  const mac = textField(block, 'mac') ?? '';
  if (!/^ENC\[.+\]$/.test(mac)) return 'mac';
  if ((textField(block, 'lastmodified') ?? '') === '') return 'lastmodified';
  const hasKey = KEYS.some((name) => items(field(block, name)).length > 0);
  return hasKey ? null : 'key';
}

function leftOut(text: (name: string) => string): SopsBlock['isLeftOut'] {
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
  // Where nothing is encrypted, it is no file of SOPS but one that has such a field.
  if (!judged.some(({ value }) => value.class === 'encrypted')) return [];
  return judged
    .filter(({ value, names }) => canBeRead(value.class) && !block.isLeftOut(names))
    .slice(0, MOST)
    .map(({ names, node, value }) => {
      const key = names.map(shownKey).join('.');
      const about = { key };
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

function isReadable({ key }: { readonly key: string }): string {
  return `The file is only partly encrypted: ${key} can be read by anyone; encrypt it with sops`;
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
