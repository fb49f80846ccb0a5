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
import type { ResourceId } from '../model/resource.ts';
import { canBeRead, isSecret, NO_VALUES, shownKey } from '../model/secretValue.ts';
import {
  type CommittedValue,
  keysOf,
  type SecretKeys,
  type SecretViolation,
  secretId,
  secretNamed,
  sentence,
  WAY_OUT,
} from './committed.ts';
import { isHarmless } from './harmless.ts';
import { isPublicField, type SecretKind } from './publicFields.ts';
import { type SopsBlock, sopsOf } from './sops.ts';

/** One Secret, or several in a List, that holds values anyone can read. */
export function plainSecrets(
  file: SourceFile,
  document: Document,
  {
    node,
    redactor,
    isOne = false,
  }: { readonly node: unknown; readonly redactor: Redactor; readonly isOne?: boolean },
): SecretViolation[] {
  const kind = textField(node, 'kind');
  if (kind?.endsWith('List') === true) {
    // Items of a SecretList need no kind of their own.
    return items(field(node, 'items')).flatMap((item) =>
      plainSecrets(file, document, { node: item, redactor, isOne: kind === 'SecretList' }),
    );
  }
  const hasKind = isOne && kind === undefined;
  if (!hasKind && !isSecret(kind, textField(node, 'apiVersion'))) return [];
  return valuesInPlain(file, document, { node, redactor });
}

/** What of one Secret anyone can read. */
function valuesInPlain(
  file: SourceFile,
  document: Document,
  { node, redactor }: { readonly node: unknown; readonly redactor: Redactor },
): SecretViolation[] {
  const secretKind = kindOfSecret(node);
  const block = sopsOf(document);
  const all = secretValues(document, node, redactor).filter((one) => !isRendered(file, textOf(one.node)));
  const resource = identify(node);
  const encrypted = all.filter(({ value }) => value.class === 'encrypted');
  // What its rules leave out is meant to be read, as long as they encrypt anything.
  const isLeftOut = (names: readonly string[]) => encrypted.length > 0 && block?.isLeftOut(names) === true;
  const isPublic = ({ key, node: leaf }: SecretValue) => isPublicField(secretKind, key, textOf(leaf));
  const plain = all.filter((one) => canBeRead(one.value.class) && !isLeftOut(one.path) && !isPublic(one));
  const mayBeSecret = (one: SecretValue) => !isPublic(one) && !isHarmlessLeaf(one);
  const placeOf = (one: SecretValue) => linesOf(file, one.at, one.node);
  const [first] = plain;
  if (first === undefined) {
    const isLeft = ({ path, value }: SecretValue) => canBeRead(value.class) && isLeftOut(path);
    const left = all.filter((one) => isLeft(one) && mayBeSecret(one));
    return [
      ...notDecryptable(encrypted, block, { file, resource }),
      ...leftInPlain(left, block, { file, resource }),
    ];
  }
  const isHalf = encrypted.length > 0 || block !== null;
  if (!isHalf && plain.every((one) => isHarmlessLeaf(one))) return [];
  const about = { secret: resource.name, keys: keysOf(plain), isPartlyEncrypted: encrypted.length > 0 };
  return [
    {
      rule: isHalf ? 'secret/half-encrypted' : 'secret/plain-secret',
      severity: 'error',
      message: isReadable(about),
      about,
      fieldPath: first.path,
      resource,
      location: placeOf(first),
      covers: plain.map(placeOf),
      credentials: plain.filter(mayBeSecret).map(placeOf),
      values: plain.map(({ key, value }) => ({ key, value })),
    },
  ];
}

function isHarmlessLeaf({ key, node, path, value }: SecretValue): boolean {
  return isHarmless({ key, class: value.class, text: textOf(node), encoded: path[0] === 'data' });
}

function isReadable(about: SecretKeys & { readonly isPartlyEncrypted: boolean }): string {
  const [subject, keys] = [sentence(secretNamed(about.secret)), about.keys.join(', ')];
  return about.isPartlyEncrypted
    ? `${subject} is only partly encrypted: ${keys} can be read by anyone; encrypt it with sops`
    : `${subject} is committed in plain: ${keys}; ${WAY_OUT}`;
}

interface SecretValue extends CommittedValue {
  readonly path: readonly string[];
  /** The key that it stands at. */
  readonly at: Node;
  readonly node: Node;
}

/**
 * The values of a Secret: those of its data, then whatever
 * stands below a mistyped field.
 */
function secretValues(document: Document, node: unknown, redactor: Redactor): SecretValue[] {
  const fields = entries(node).filter(({ key }) => !NO_VALUES.has(key) && !key.startsWith('$'));
  const isData = ({ key }: { key: string }) => key === 'data' || key === 'stringData';
  return [...fields.filter(isData), ...fields.filter((one) => !isData(one))].flatMap(({ key, at, value }) => {
    if (value === undefined) return [];
    const found = entries(value);
    const inside = found.length > 0 ? found : [{ key, at, value }];
    return inside.flatMap((entry) =>
      leavesOf(document, entry.value)
        .map((leaf) => ({ leaf, value: redactor.redact(textOf(leaf) ?? '', key === 'data') }))
        .map(({ leaf, value: redacted }) => ({
          key: shownKey(entry.key),
          value: redacted,
          path: found.length > 0 ? [shownKey(key), shownKey(entry.key)] : [shownKey(key)],
          at: entry.at,
          node: leaf,
        })),
    );
  });
}

/** A text of a chart's template is judged by what it renders. */
function isRendered({ path }: SourceFile, text = ''): boolean {
  return text.includes('{{') && /(?:^|\/)templates\//.test(path);
}

/** The scalars below a node: what is no scalar is no valid value, but can be read as well. */
function leavesOf(document: Document, node: Node | undefined, depth = 0): Node[] {
  // An alias may lead back to where it stands.
  if (node === undefined || depth > 20) return [];
  const text = textOf(node);
  if (text !== undefined) return text === 'null' || text === '~' ? [] : [node];
  const inside = entries(node).flatMap(({ value }) => value ?? []);
  return [...items(node), ...inside].flatMap((one) => leavesOf(document, one, depth + 1));
}

/** Values that nobody can decrypt: their Secret is not readable, but not usable either. */
function notDecryptable(
  encrypted: readonly SecretValue[],
  block: SopsBlock | null,
  { file, resource }: { readonly file: SourceFile; readonly resource: ResourceId },
): SecretViolation[] {
  const [first] = encrypted;
  if (first === undefined || (block !== null && block.missing === null)) return [];
  const about = { secret: resource.name, lacks: block?.missing ?? null };
  return [
    {
      rule: 'secret/invalid-sops',
      severity: 'warning',
      message: isNotDecryptable(about),
      about,
      fieldPath: first.path,
      resource,
      location: linesOf(file, first.at, first.node),
      values: encrypted.map(({ key, value }) => ({ key, value })),
    },
  ];
}

/** A Secret's values that the rules of its own block leave in plain: on purpose, or by an oversight. */
function leftInPlain(
  left: readonly SecretValue[],
  block: SopsBlock | null,
  { file, resource }: { readonly file: SourceFile; readonly resource: ResourceId },
): SecretViolation[] {
  const [first] = left;
  const rule = block?.namesEncrypted ?? null;
  if (first === undefined || rule === null) return [];
  const about = { secret: resource.name, keys: keysOf(left), leftOutBy: rule };
  return [
    {
      rule: 'secret/half-encrypted',
      severity: 'warning',
      message: isLeftInPlain(about),
      about,
      fieldPath: first.path,
      resource,
      location: linesOf(file, first.at, first.node),
      covers: left.map(({ at, node }) => linesOf(file, at, node)),
      values: left.map(({ key, value }) => ({ key, value })),
    },
  ];
}

function isLeftInPlain({ secret, keys, leftOutBy }: SecretKeys & { readonly leftOutBy: string }): string {
  return sentence(
    `${secretNamed(secret)} has values that ${leftOutBy} of its sops block leaves in plain: ${keys.join(', ')}; where one is a secret, rotate it, and encrypt all of data and stringData`,
  );
}

/** @param about what its block lacks; null where it has no block. */
function isNotDecryptable(about: { readonly secret: string; readonly lacks: string | null }): string {
  const what = about.lacks === null ? 'no sops block' : `a sops block without ${about.lacks}`;
  return sentence(
    `${secretNamed(about.secret)} has encrypted values and ${what}: nobody can decrypt them; encrypt it again with sops`,
  );
}

function kindOfSecret(node: unknown): SecretKind {
  const labels = entries(field(field(node, 'metadata'), 'labels'));
  return {
    type: textField(node, 'type') ?? '',
    labels: Object.fromEntries(labels.map(({ key, value }) => [key, textOf(value) ?? ''])),
  };
}

function identify(node: unknown): ResourceId {
  const metadata = field(node, 'metadata');
  const name = textField(metadata, 'name') ?? textField(metadata, 'generateName') ?? '';
  return secretId(name, textField(metadata, 'namespace') ?? null);
}
