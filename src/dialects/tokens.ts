import { type CST, LineCounter, Parser } from 'yaml';

/** What a YAML text consists of, before any schema says what it means. */
export interface Tokens {
  /** Null where the text is nested deeper than the parser's own stack. */
  readonly tokens: readonly CST.Token[] | null;
  readonly lines: LineCounter;
}

/**
 * The tokens of a YAML text, to be read and not changed. Those of the last text are given again: they are
 * most of the work, and the same text is read by several schemas in a row.
 */
export function tokensOf(text: string): Tokens {
  const known = last?.text === text ? last.made.deref() : undefined;
  if (known !== undefined) return known;
  const made = madeOf(text);
  last = { text, made: new WeakRef(made) };
  return made;
}

/** Those of a large text take a hundred times its memory, which is given back where there is need of it. */
let last: { readonly text: string; readonly made: WeakRef<Tokens> } | null = null;

function madeOf(text: string): Tokens {
  const lines = new LineCounter();
  try {
    return { tokens: [...new Parser(lines.addNewLine).parse(text)], lines };
  } catch {
    return { tokens: null, lines };
  }
}

/**
 * Where collections are first nested deeper than so many levels, or null. Asked before documents are composed,
 * which takes a call for each level: where the stack ends while an expression is compiled, Node ends too.
 */
export function nestedDeeperThan(levels: number, tokens: readonly CST.Token[]): number | null {
  const left = tokens.map((token) => ({ token, depth: 0 })).toReversed();
  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    const inside = partsOf(step.token);
    const depth = 'items' in step.token ? step.depth + 1 : step.depth;
    if (depth > levels) return step.token.offset;
    for (const token of inside.toReversed()) left.push({ token, depth });
  }
  return null;
}

function partsOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((part) => part !== undefined && part !== null),
  );
}
