// A value of Rego as WebAssembly writes it, whose sets and objects are in no order, and what OPA
// writes for it: members and fields stand in Rego's order.
// https://www.openpolicyagent.org/docs/policy-reference#comparison
import { quote } from './quote.ts';

/** A value with its members in Rego's order. A number is kept as it was written. */
type RegoValue =
  | { readonly type: 'null' | 'boolean' | 'number'; readonly text: string }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'array' | 'set'; readonly items: readonly RegoValue[] }
  | { readonly type: 'object'; readonly fields: readonly (readonly [RegoValue, RegoValue])[] };

/**
 * The text that OPA's `%v` writes for a value: https://pkg.go.dev/github.com/open-policy-agent/opa/v1/ast#Value
 * @param listed what WebAssembly writes for a list of this value alone
 */
export function regoText(listed: string): string {
  return textOf(read(listed)).slice(1, -1);
}

/**
 * The JSON that OPA's `json.marshal` writes: sets are lists, keys are sorted, `<`, `>` and `&` are escaped.
 * @param listed what WebAssembly writes for a list of this value alone
 */
export function regoJson(listed: string): string {
  return jsonOf(read(listed)).slice(1, -1);
}

function textOf(value: RegoValue): string {
  switch (value.type) {
    case 'string':
      return quote(value.text);
    case 'array':
      return `[${value.items.map(textOf).join(', ')}]`;
    case 'set':
      return value.items.length === 0 ? 'set()' : `{${value.items.map(textOf).join(', ')}}`;
    case 'object':
      return `{${value.fields.map(([key, one]) => `${textOf(key)}: ${textOf(one)}`).join(', ')}}`;
    case 'null':
    case 'boolean':
    case 'number':
      return value.text;
  }
}

function jsonOf(value: RegoValue): string {
  switch (value.type) {
    case 'string':
      return jsonText(value.text);
    case 'array':
    case 'set':
      return `[${value.items.map(jsonOf).join(',')}]`;
    case 'object':
      return `{${fieldsByName(value.fields)
        .map(([name, one]) => `${jsonText(name)}:${jsonOf(one)}`)
        .join(',')}}`;
    case 'null':
    case 'boolean':
    case 'number':
      return value.text;
  }
}

/** A key that is no text counts as its JSON. */
function fieldsByName(fields: readonly (readonly [RegoValue, RegoValue])[]): [string, RegoValue][] {
  return fields
    .map(([key, one]): [string, RegoValue] => [key.type === 'string' ? key.text : jsonOf(key), one])
    .toSorted(([a], [b]) => compareText(a, b));
}

/** As Go writes a text in JSON: https://pkg.go.dev/encoding/json#Marshal */
function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object', 'set'];

/** Rego's order: by type, then by value, and of lists the shorter one first where it begins the longer. */
function compare(a: RegoValue, b: RegoValue): number {
  const byType = TYPES.indexOf(a.type) - TYPES.indexOf(b.type);
  if (byType !== 0) return byType;
  if ('items' in a && 'items' in b) return compareLists(a.items, b.items);
  if ('fields' in a && 'fields' in b) {
    const keys = compareLists(keysOf(a.fields), keysOf(b.fields));
    return keys === 0 ? compareLists(valuesOf(a.fields), valuesOf(b.fields)) : keys;
  }
  if (!('text' in a && 'text' in b)) return 0;
  return a.type === 'number' ? Number(a.text) - Number(b.text) : compareText(a.text, b.text);
}

function compareLists(a: readonly RegoValue[], b: readonly RegoValue[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index];
    const order = other === undefined ? 1 : compare(one, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function keysOf(fields: readonly (readonly [RegoValue, RegoValue])[]): RegoValue[] {
  return fields.map(([key]) => key);
}

function valuesOf(fields: readonly (readonly [RegoValue, RegoValue])[]): RegoValue[] {
  return fields.map(([, value]) => value);
}

/** By bytes of UTF-8, as Go compares texts. */
function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}

const TOKEN = /\s*(?:(?<string>"(?:[^"\\]|\\.)*")|(?<word>set\(\)|[-+.\w]+)|(?<mark>[[\]{},:]))/gsy;

/** @throws {SyntaxError} for what WebAssembly does not write. */
function read(written: string): RegoValue {
  const tokens = written.matchAll(TOKEN);
  return valueFrom(() => tokens.next().value?.groups ?? {});
}

/** What the next token is; all undefined at the end. */
type NextToken = () => { readonly string?: string; readonly word?: string; readonly mark?: string };

function valueFrom(next: NextToken, token = next()): RegoValue {
  if (token.string !== undefined) return { type: 'string', text: String(JSON.parse(token.string)) };
  if (token.word !== undefined) return wordOf(token.word);
  if (token.mark === '[') return { type: 'array', items: membersUpTo(']', next).map(([item]) => item) };
  if (token.mark !== '{') throw new SyntaxError(`not a value: ${token.mark ?? 'nothing'}`);
  const members = membersUpTo('}', next);
  const fields = members.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  if (fields.length === members.length)
    return { type: 'object', fields: fields.toSorted(([a], [b]) => compare(a, b)) };
  return { type: 'set', items: members.map(([item]) => item).toSorted(compare) };
}

function wordOf(word: string): RegoValue {
  if (word === 'set()') return { type: 'set', items: [] };
  if (word === 'null') return { type: 'null', text: word };
  return { type: word === 'true' || word === 'false' ? 'boolean' : 'number', text: word };
}

/** What stands before a bracket that closes: items, or keys with their values. */
function membersUpTo(end: string, next: NextToken): (readonly [RegoValue, RegoValue | null])[] {
  const members: (readonly [RegoValue, RegoValue | null])[] = [];
  let token = next();
  while (token.mark !== end) {
    const key = valueFrom(next, token);
    token = next();
    const value = token.mark === ':' ? valueFrom(next) : null;
    members.push([key, value]);
    if (value !== null) token = next();
    if (token.mark === ',') token = next();
  }
  return members;
}
