import type { Document, Node } from 'yaml';
import type { Redactor } from '../../model/redacted.ts';
import type { ResourceId } from '../../model/resource.ts';
import { isSecret, NO_VALUES, shownKey } from '../../model/secretValue.ts';
import {
  entries,
  field,
  items,
  linesOf,
  type SourceFile,
  textField,
  textOf,
} from '../../model/sourceFile.ts';
import {
  type CommittedValue,
  type SecretViolation,
  secretId,
  secretNamed,
  sentence,
  WAY_OUT,
} from './committed.ts';

/** One Secret, or several in a List, that holds values anyone can read. */
export function plainSecrets(
  file: SourceFile,
  document: Document,
  { node, redactor }: { readonly node: unknown; readonly redactor: Redactor },
): SecretViolation[] {
  const kind = textField(document, node, 'kind');
  if (kind?.endsWith('List') === true) {
    return items(document, field(document, node, 'items')).flatMap((item) =>
      plainSecrets(file, document, { node: item, redactor }),
    );
  }
  if (!isSecret(kind, textField(document, node, 'apiVersion'))) return [];
  const plain = plainValues(document, node, redactor).filter(
    ({ node: leaf }) => !isRendered(file, textOf(document, leaf)),
  );
  const [first] = plain;
  if (first === undefined) return [];
  const encrypted = field(document, node, 'sops') !== undefined;
  const resource = identify(document, node);
  const names = [...new Set(plain.map(({ key }) => key))].join(', ');
  const subject = sentence(secretNamed(resource.name));
  return [
    {
      rule: encrypted ? 'secret/half-encrypted' : 'secret/plain-secret',
      severity: 'error',
      message: encrypted
        ? `${subject} is only partly encrypted: ${names} can be read by anyone; encrypt it with sops`
        : `${subject} is committed in plain: ${names}; ${WAY_OUT}`,
      fieldPath: first.path,
      resource,
      location: linesOf(file, first.at, first.node),
      values: plain.map(({ key, value }) => ({ key, value })),
    },
  ];
}

interface PlainValue extends CommittedValue {
  readonly path: readonly string[];
  /** The key that it stands at. */
  readonly at: Node;
  readonly node: Node;
}

/**
 * The values of a Secret that are no secrets any more: those of its data, then whatever
 * stands below a mistyped field.
 */
function plainValues(document: Document, node: unknown, redactor: Redactor): PlainValue[] {
  const fields = entries(document, node).filter(({ key }) => !NO_VALUES.has(key) && !key.startsWith('$'));
  const isData = ({ key }: { key: string }) => key === 'data' || key === 'stringData';
  return [...fields.filter(isData), ...fields.filter((one) => !isData(one))].flatMap(({ key, at, value }) => {
    if (value === undefined) return [];
    const found = entries(document, value);
    const inside = found.length > 0 ? found : [{ key, at, value }];
    return inside.flatMap((entry) =>
      leavesOf(document, entry.value)
        .map((leaf) => ({ leaf, value: redactor.redact(textOf(document, leaf) ?? '', key === 'data') }))
        .filter(({ value: redacted }) => redacted.class === 'plain')
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
  const text = textOf(document, node);
  if (text !== undefined) return text === 'null' || text === '~' ? [] : [node];
  const inside = entries(document, node).flatMap(({ value }) => value ?? []);
  return [...items(document, node), ...inside].flatMap((one) => leavesOf(document, one, depth + 1));
}

function identify(document: Document, node: unknown): ResourceId {
  const metadata = field(document, node, 'metadata');
  const name = textField(document, metadata, 'name') ?? textField(document, metadata, 'generateName') ?? '';
  return secretId(name, textField(document, metadata, 'namespace') ?? null);
}
