import type { Document, Node } from 'yaml';
import type { SourceViolation } from '../../model/finding.ts';
import type { ResourceId } from '../../model/resource.ts';
import {
  entries,
  field,
  items,
  linesOf,
  type SourceFile,
  textField,
  textOf,
} from '../../model/sourceFile.ts';
import { isEncrypted, isPlainBase64, isPlainValue } from './plainValue.ts';

/** One Secret, or several in a List, that holds values anyone can read. */
export function plainSecrets(file: SourceFile, document: Document, node: unknown): SourceViolation[] {
  const kind = textField(document, node, 'kind');
  if (kind?.endsWith('List') === true) {
    return items(document, field(document, node, 'items')).flatMap((item) =>
      plainSecrets(file, document, item),
    );
  }
  if (kind !== 'Secret' || isOtherGroup(textField(document, node, 'apiVersion'))) return [];
  const plain = plainEntries(document, node);
  const [first] = plain;
  if (first === undefined) return [];
  const encrypted = field(document, node, 'sops') !== undefined;
  const resource = identify(document, node);
  const names = plain.map(({ key }) => key).join(', ');
  return [
    {
      rule: encrypted ? 'secret/half-encrypted' : 'secret/plain-secret',
      severity: 'error',
      message: encrypted
        ? `Secret ${resource.name} is only partly encrypted: ${names} can be read by anyone; encrypt it with sops`
        : `Secret ${resource.name} is committed in plain: ${names}; rotate it, and use SealedSecret, ExternalSecret or SOPS`,
      fieldPath: [first.field, first.key],
      resource,
      location: linesOf(file, first.at, first.value),
    },
  ];
}

/** A `kind: Secret` of another API group is another thing. */
function isOtherGroup(apiVersion: string | undefined): boolean {
  return apiVersion?.includes('/') === true;
}

function plainEntries(document: Document, node: unknown) {
  return (['data', 'stringData'] as const).flatMap((name) =>
    entries(document, field(document, node, name)).flatMap(({ key, at, value }) => {
      if (value === undefined || !isPlain(document, value, name)) return [];
      return [{ field: name, key, at, value }];
    }),
  );
}

function isPlain(document: Document, value: Node, name: 'data' | 'stringData'): boolean {
  const text = textOf(document, value);
  // Not a scalar: no valid Secret, but whatever is in there can be read.
  if (text === undefined) return true;
  if (text === 'null' || text === '~' || isEncrypted(text)) return false;
  return name === 'data' ? isPlainBase64(text) : isPlainValue(text);
}

function identify(document: Document, node: unknown): ResourceId {
  const metadata = field(document, node, 'metadata');
  return {
    group: '',
    version: 'v1',
    kind: 'Secret',
    namespace: textField(document, metadata, 'namespace') ?? null,
    name: textField(document, metadata, 'name') ?? textField(document, metadata, 'generateName') ?? '',
  };
}
