import {
  Composer,
  type Document,
  type DocumentOptions,
  isAlias,
  isCollection,
  isNode,
  isPair,
  type LineCounter,
  type Node,
  type ParseOptions,
  type SchemaOptions,
} from 'yaml';
import { KeptTexts } from './keptTexts.ts';
import { nestedDeeperThan, type Tokens, tokensOf } from './tokens.ts';

/**
 * As much of a YAML text as is read. Strangers write it: what a few hundred bytes of aliases would be
 * if written out, or brackets without end, must not hold the process.
 */
export const YAML_LIMITS = {
  characters: 8 * 1024 * 1024,
  depth: 200,
  /** Values that aliases add to those that stand in the text. */
  repeated: 100_000,
  documents: 20_000,
};

/** The documents of a YAML text. */
export interface ParsedDocuments {
  /** None where the text is beyond a limit. */
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
  readonly excess: Excess | null;
}

/** The limit that a text exceeds. */
export interface Excess {
  /** From 1. */
  readonly line: number;
  /** Such as `it is nested deeper than 200 levels`; nothing of the text stands in it. */
  readonly reason: string;
}

/** Every scalar is the text that stands there: no digit gets lost or is printed anew. */
export const AS_WRITTEN = { uniqueKeys: false, schema: 'failsafe' } as const;

type Options = ParseOptions & DocumentOptions & SchemaOptions;

/**
 * The one place where YAML and JSON texts are parsed. Never throws; errors of syntax stand in the documents.
 * What was parsed lately is given again, to be read and not changed: base and head share most texts, and
 * several checks read each.
 * @param options how the reader whose text it is reads it.
 */
export function parseDocuments(text: string, options: Options = {}): ParsedDocuments {
  return (
    KEPT.get(text, JSON.stringify(options)) ??
    KEPT.keep(text, JSON.stringify(options), parsedAnew(text, options))
  );
}

/** A document takes some thirty times the memory of its text, and a process that reviews stays. */
const KEPT = new KeptTexts<ParsedDocuments>(2 * 1024 * 1024);

function parsedAnew(text: string, options: Options): ParsedDocuments {
  const tooLarge = text.length > YAML_LIMITS.characters;
  const { tokens, lines } = tokensOf(tooLarge ? '' : text);
  const beyond = (excess: Beyond): ParsedDocuments => ({
    documents: [],
    lines,
    excess: { line: Math.max(lines.linePos(excess.offset).line, 1), reason: excess.reason },
  });
  if (tooLarge) return beyond({ offset: 0, reason: 'it has more than 8 MiB' });
  const parsed = composedOr(tokens, {
    prettyErrors: false,
    logLevel: 'silent',
    ...options,
    lineCounter: lines,
  });
  if (!Array.isArray(parsed)) return beyond(parsed);
  if (parsed.length > YAML_LIMITS.documents)
    return beyond({ offset: 0, reason: `it has more than ${YAML_LIMITS.documents} documents` });
  for (const document of parsed) {
    const excess = excessOf(document);
    if (excess !== null) return beyond(excess);
  }
  return { documents: parsed, lines, excess: null };
}

/** The node that an alias stands for, and any other node itself. */
export function resolved(node: unknown): unknown {
  return isAlias(node) ? TARGETS.get(node) : node;
}

/** By alias: the library looks through the whole document for each. */
const TARGETS = new WeakMap<Node, Node>();

interface Beyond {
  readonly offset: number;
  readonly reason: string;
}

const TOO_DEEP = `it is nested deeper than ${YAML_LIMITS.depth} levels`;

function composedOr(tokens: Tokens['tokens'], options: Options): Document.Parsed[] | Beyond {
  const offset = tokens === null ? 0 : nestedDeeperThan(YAML_LIMITS.depth, tokens);
  if (tokens === null || offset !== null) return { offset: offset ?? 0, reason: TOO_DEEP };
  return [...new Composer(options).compose(tokens)];
}

/** Goes through a document once, without a stack of calls. */
function excessOf(document: Document): Beyond | null {
  const sizes = new Map<Node, number>();
  const anchors = new Map<string, Node>();
  const open: Node[] = [];
  const left: Step[] = [{ node: document.contents, isEnd: false }];
  /** The values that stand in the text, so far. */
  let written = 0;
  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    const { node, isEnd } = step;
    if (!isEnd) written++;
    if (!isNode(node)) continue;
    if (isEnd) {
      open.pop();
      const size = childrenOf(node).reduce<number>((sum, child) => sum + sizeOf(child, sizes), 1);
      if (size > written + YAML_LIMITS.repeated)
        return beyond(node, `written out, its aliases add more than ${YAML_LIMITS.repeated} values`);
      sizes.set(node, size);
    } else if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined) continue;
      if (open.includes(target)) return beyond(node, 'an alias stands in what it stands for');
      TARGETS.set(node, target);
      sizes.set(node, sizeOf(target, sizes));
    } else {
      if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
      if (!isCollection(node)) continue;
      open.push(node);
      if (open.length > YAML_LIMITS.depth) return beyond(node, TOO_DEEP);
      left.push({ node, isEnd: true });
      for (const child of childrenOf(node).toReversed()) left.push({ node: child, isEnd: false });
    }
  }
  return null;
}

/** A node that is come to, or one whose children are done. */
interface Step {
  readonly node: unknown;
  readonly isEnd: boolean;
}

function childrenOf(node: Node): unknown[] {
  if (!isCollection(node)) return [];
  return node.items.flatMap((item) => (isPair(item) ? [item.key, item.value] : [item]));
}

function sizeOf(node: unknown, sizes: ReadonlyMap<Node, number>): number {
  return isNode(node) ? (sizes.get(node) ?? 1) : 1;
}

function beyond({ range }: Node, reason: string): Beyond {
  return { offset: range?.[0] ?? 0, reason };
}
