import { type ParseOptions, parse } from '@swc/core';

/** What a file's code reads of manifests, as far as its words tell; comments, types and prose do not count. */
export interface ReadFields {
  /** Texts, members, and names taken out of objects: `'prune'`, `.prune`, `{ prune }`. */
  readonly names: ReadonlySet<string>;
  /**
   * Paths, joined by dots: `textAt(x, ['prune'])` and, from a `spec` on, of lists, calls and
   * members: `['spec', 'prune']`, `field('spec', 'prune')`, `spec?.prune`.
   */
  readonly paths: ReadonlySet<string>;
  /** The kinds by whose types fields are read: `Application` of `Kind.Application(...)`. */
  readonly kinds: ReadonlySet<string>;
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const OPTIONS: ParseOptions = { syntax: 'typescript', target: 'es2022' };

/** Reads the code of a file, whatever stands in its templates included. */
export async function readFields(code: string): Promise<ReadFields> {
  const fields = { names: new Set<string>(), paths: new Set<string>(), kinds: new Set<string>() };
  visit(await parse(code, OPTIONS), (node) => {
    for (const name of namesIn(node)) fields.names.add(name);
    const path = pathIn(node);
    if (path.length > 0) fields.paths.add(path.join('.'));
    const kind = kindIn(node);
    if (kind !== null) fields.kinds.add(kind);
  });
  return fields;
}

/** Types say nothing of what is read; what is only said to have a type is read all the same. */
const TYPED_VALUES = ['TsAsExpression', 'TsConstAssertion', 'TsNonNullExpression', 'TsSatisfiesExpression'];

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) {
    if (value.type.startsWith('Ts') && !TYPED_VALUES.includes(value.type)) return;
    if (/^(?:Import|Export(?:All|Named))Declaration$/.test(value.type)) return;
    see(value);
  }
  for (const child of Object.values(value)) visit(child, see);
}

function isNode(value: object): value is Node {
  return 'type' in value && typeof value.type === 'string';
}

function namesIn(node: Node): string[] {
  if (node.type === 'StringLiteral') return [String(node['value'])];
  if (node.type === 'MemberExpression') return [memberOf(node) ?? []].flat();
  if (node.type === 'KeyValuePatternProperty' || node.type === 'AssignmentPatternProperty') {
    return [nameOf(node['key']) ?? []].flat();
  }
  return [];
}

/** Empty where the node is no path. */
function pathIn(node: Node): string[] {
  switch (node.type) {
    case 'ArrayExpression':
      return fromSpec(textsOf(node['elements']));
    case 'CallExpression': {
      // The kind's own types say which fields these are.
      if (kindIn(node) !== null) return [];
      const [, second] = argumentsOf(node);
      const given = nameOf(node['callee'])?.endsWith('At') === true && second?.type === 'ArrayExpression';
      return given ? textsOf(second['elements']) : fromSpec(textsOf(node['arguments']));
    }
    case 'MemberExpression':
      return fromStep(membersOf(node), ['spec', 'object']);
    default:
      return [];
  }
}

function fromSpec(steps: readonly string[]): string[] {
  return fromStep(steps, ['spec']);
}

function fromStep(steps: readonly string[], from: readonly string[]): string[] {
  const at = steps.findIndex((step) => from.includes(step));
  return at < 0 ? [] : steps.slice(at);
}

function argumentsOf(call: Node): (Node | undefined)[] {
  const given = call['arguments'];
  return Array.isArray(given) ? given.map((one: { expression?: Node }) => one.expression) : [];
}

/** The texts from the first one on, until something else stands there. */
function textsOf(items: unknown): string[] {
  if (!Array.isArray(items)) return [];
  const texts = items.map((item: { expression?: Node } | null) =>
    item?.expression?.type === 'StringLiteral' ? String(item.expression['value']) : null,
  );
  const from = texts.findIndex((text) => text !== null);
  if (from < 0) return [];
  const rest = texts.slice(from);
  const to = rest.indexOf(null);
  return rest.slice(0, to < 0 ? rest.length : to).filter((text) => text !== null);
}

function membersOf(node: unknown): string[] {
  const inner = unwrapped(node);
  if (inner?.type === 'Identifier') return [String(inner['value'])];
  if (inner?.type !== 'MemberExpression') return [];
  const own = memberOf(inner);
  return own === null ? [] : [...membersOf(inner['object']), own];
}

/** What is behind `?.`, `!`, `as` and parentheses. */
function unwrapped(node: unknown): Node | null {
  if (typeof node !== 'object' || node === null || !isNode(node)) return null;
  if (node.type === 'OptionalChainingExpression') return unwrapped(node['base']);
  return 'expression' in node ? unwrapped(node['expression']) : node;
}

function memberOf(member: Node): string | null {
  const { property } = member;
  if (typeof property !== 'object' || property === null || !isNode(property)) return null;
  return property.type === 'Computed' ? nameOf(property['expression'], 'StringLiteral') : nameOf(property);
}

function nameOf(node: unknown, type?: string): string | null {
  if (typeof node !== 'object' || node === null || !isNode(node)) return null;
  if (type !== undefined && node.type !== type) return null;
  return node.type === 'Identifier' || node.type === 'StringLiteral' ? String(node['value']) : null;
}

function kindIn(node: Node): string | null {
  if (node.type !== 'CallExpression') return null;
  const callee = unwrapped(node['callee']);
  if (callee?.type !== 'MemberExpression' || nameOf(callee['object']) !== 'Kind') return null;
  return memberOf(callee);
}
