import { type Document, isScalar, type Node } from 'yaml';
import { linesOf, readDocuments, type SourceFile } from '../dialects/sourceFile.ts';
import { append } from '../model/append.ts';
import type { Location } from '../model/finding.ts';
import type { Redactor } from '../model/redacted.ts';
import { isSecret, shownKey } from '../model/secretValue.ts';
import { type SecretViolation, WAY_OUT } from './committed.ts';
import { type Literal, operatorLiterals } from './operatorLiterals.ts';
import { plainSecrets } from './secretDocument.ts';
import { sensitiveValue } from './sensitiveLiteral.ts';
import { NODES } from './textTree.ts';

/**
 * Secrets inside other objects: as a mapping (Crossplane's Object, Kyverno's rules, `extraObjects` of a
 * chart), as a text (a ConfigMap, what kubectl keeps of the last apply), and literals that an operator makes
 * a Secret of.
 */
export function embeddedSecrets(file: SourceFile, document: Document, redactor: Redactor): SecretViolation[] {
  const found: SecretViolation[] = [];
  const left: Step[] = [{ node: document.contents, depth: 0 }];
  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    const { node, depth } = step;
    if (node === null) continue;
    const text = NODES.text(node);
    if (text !== undefined) append(found, inText({ file, node, text }, redactor));
    append(found, literals(file, node, redactor));
    const isOne = isSecretObject(node);
    if (isOne && depth > 0) append(found, plainSecrets(file, document, { node, redactor }));
    // Of a Secret all values are found as such, but not what annotations keep of it.
    const inside = isOne ? [NODES.field(node, 'metadata')] : childrenOf(node);
    const isList = depth === 0 && NODES.text(NODES.field(node, 'kind'))?.endsWith('List') === true;
    left.push(
      ...inside.flatMap((child) =>
        child === undefined ? [] : [{ node: child, depth: isList ? depth : depth + 1 }],
      ),
    );
  }
  return found;
}

interface Step {
  readonly node: Node | null;
  /** Items of a List stand for themselves. */
  readonly depth: number;
}

function isSecretObject(node: Node): boolean {
  return (
    isSecret(NODES.text(NODES.field(node, 'kind')), NODES.text(NODES.field(node, 'apiVersion'))) &&
    hasData(node)
  );
}

function hasData(node: Node): boolean {
  return (
    ['data', 'stringData'].some((name) => NODES.field(node, name) !== undefined) ||
    NODES.field(node, 'metadata') !== undefined
  );
}

function childrenOf(node: Node): Node[] {
  return [...NODES.items(node), ...NODES.entries(node).map(({ value }) => value)];
}

function literals(file: SourceFile, node: Node, redactor: Redactor): SecretViolation[] {
  const byObject = new Map<
    string,
    { readonly literal: Literal<Node>; readonly value: NonNullable<ReturnType<typeof sensitiveValue>> }[]
  >();
  for (const literal of operatorLiterals(NODES, node, [])) {
    const value = sensitiveValue(literal, NODES.text(literal.node) ?? '', redactor);
    if (value !== null)
      byObject.set(literal.within, [...(byObject.get(literal.within) ?? []), { literal, value }]);
  }
  return [...byObject].flatMap(([within, all]) => {
    const [first] = all;
    if (first === undefined) return [];
    const keys = [...new Set(all.map(({ literal }) => shownKey(literal.key)))];
    return [
      {
        ...literalViolation({ within, keys }),
        fieldPath: null,
        resource: null,
        location: linesOf(file, first.literal.node),
        covers: all.map(({ literal }) => linesOf(file, literal.node)),
        values: all.map(({ literal, value }) => ({ key: shownKey(literal.key), value })),
      },
    ];
  });
}

/** Says of an object that values in plain stand in it, that become a Secret's or log in somewhere. */
export function literalViolation(about: { readonly within: string; readonly keys: readonly string[] }) {
  return { rule: 'secret/plain-secret', severity: 'error' as const, message: hasLiterals(about), about };
}

function hasLiterals({
  within,
  keys,
}: {
  readonly within: string;
  readonly keys: readonly string[];
}): string {
  return `${within} has what belongs into a Secret, committed in plain: ${keys.join(', ')}; ${WAY_OUT}`;
}

/** Texts that may hold a Secret or a login. */
const TELLING = /kind["']?\s*:\s*["']?(?:Secret|Config|SopsSecret|\w+Secret)\b|["']auths["']\s*:/;

/** A text that is a document of its own. Its lines are known where it is a literal block. */
function inText(
  { file, node, text }: { readonly file: SourceFile; readonly node: Node; readonly text: string },
  redactor: Redactor,
): SecretViolation[] {
  if (!TELLING.test(text)) return [];
  const around = linesOf(file, node);
  const isLiteral = isScalar(node) && node.type === 'BLOCK_LITERAL';
  const inner = readDocuments(file.path, text, isLiteral ? around.startLine : 0);
  const found = inner.documents.flatMap((one) => [
    ...plainSecrets(inner, one, { node: one.contents, redactor }),
    // A text is shorter than the one that it stands in, so this ends.
    ...embeddedSecrets(inner, one, redactor),
  ]);
  return isLiteral ? found : found.map((violation) => at(violation, around));
}

function at(violation: SecretViolation, location: Location): SecretViolation {
  return { ...violation, covers: [], location };
}
