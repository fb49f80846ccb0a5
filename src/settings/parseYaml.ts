import { Document, isMap, isPair, isScalar, isSeq, type Pair, visit } from 'yaml';
import { parseDocuments } from '../dialects/parseDocuments.ts';
import type { About } from '../model/about.ts';

/** Where a value stands: field names and list indices, outermost first. */
export type Field = readonly (string | number)[];

/** What is wrong with the text as YAML. */
interface Fault {
  readonly line: number;
  readonly sentence: string;
  /** The sentence's data, where it names a line. */
  readonly about?: About;
  /** The field whose value is unclear, when the rest is sound. */
  readonly field?: Field;
}

export interface ParsedYaml {
  /** Undefined where the text as a whole cannot be used; `{}` where it says nothing. */
  readonly data: unknown;
  readonly faults: readonly Fault[];
  /** The line (from 1) of a field's name or value; of the nearest thing around it that has one. */
  readonly lineOf: (field: Field, place: 'name' | 'value') => number;
}

/** Parses YAML 1.2 and keeps the lines. Never throws. */
export function parseYaml(text: string): ParsedYaml {
  const { documents, lines, excess } = parseDocuments(text, { uniqueKeys: false });
  // What is missing at the end is missed on the last line that has something.
  const end = Math.max(text.trimEnd().length - 1, 0);
  const lineAt = (offset: number) => Math.max(1, lines.linePos(Math.min(offset, end)).line);
  if (excess !== null) return unusable(excess.line, excess.reason);
  const [document = new Document(null), second] = documents;
  try {
    const faults = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
      line: lineAt(pos[0]),
      sentence: notYaml(message),
    }));
    if (second !== undefined)
      faults.push({
        line: lineAt(second.range[0]),
        sentence: 'a second document begins here; only one is allowed.',
      });
    const lineOf: ParsedYaml['lineOf'] = (field, place) => lineAt(offsetOf(document, field, place));
    if (faults.length > 0) return { data: undefined, faults, lineOf };
    const data: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
    return { data, faults: duplicates(document, lineAt), lineOf };
  } catch (error) {
    // Aliases that lead nowhere or multiply.
    return unusable(1, error instanceof Error ? error.message : String(error));
  }
}

function unusable(line: number, why: string): ParsedYaml {
  return { data: undefined, faults: [{ line, sentence: notYaml(why) }], lineOf: () => line };
}

function notYaml(message: string): string {
  return `not valid YAML: ${message.replace(/\s+/g, ' ').replace(/\.$/, '')}. The defaults are used.`;
}

/** Names that stand twice in a mapping, so that it is unclear which value is meant. */
function duplicates(document: Document, lineAt: (offset: number) => number): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Map: (_, map, ancestors) => {
      const first = new Map<string, number>();
      for (const pair of map.items) {
        const name = nameOf(pair);
        const line = lineAt(startOf(pair.key));
        const earlier = first.get(name);
        if (earlier === undefined) first.set(name, line);
        else {
          const field = [...fieldOf(ancestors, map), name];
          const sentence = `field \`${name}\` stands here again, first on line ${earlier}; keep one of them.`;
          const within = field.filter((step) => typeof step === 'string');
          faults.push({ line, sentence, field, about: { problem: 'field-twice', field: within } });
        }
      }
    },
  });
  return faults;
}

function fieldOf(ancestors: readonly unknown[], node: unknown): Field {
  const field: (string | number)[] = [];
  const way = [...ancestors, node];
  for (const [index, step] of way.entries()) {
    if (isPair(step)) field.push(nameOf(step));
    else if (isSeq(step)) field.push(step.items.indexOf(way[index + 1]));
  }
  return field;
}

function offsetOf(document: Document, field: Field, place: 'name' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [index, step] of field.entries()) {
    const last = index === field.length - 1;
    if (isMap(node)) {
      const pair = node.items.findLast((item) => nameOf(item) === step);
      if (pair === undefined) break;
      const named = place === 'name' || startOf(pair.value) < 0;
      offset = startOf(last && named ? pair.key : (pair.value ?? pair.key));
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = Math.max(offset, startOf(node));
    } else break;
  }
  return Math.max(0, offset);
}

/** A key as it becomes a field's name in JSON. */
function nameOf(pair: Pair): string {
  return isScalar<string | number | boolean | null>(pair.key)
    ? String(pair.key.value ?? '')
    : String(pair.key);
}

function startOf(node: unknown): number {
  const range: unknown = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : -1;
}
