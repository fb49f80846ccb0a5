import { table } from '../../../model/table.ts';

/** A text as Go's `%q` writes it. https://pkg.go.dev/strconv#Quote */
export function quote(text: string): string {
  const escaped = text.replaceAll(
    /["\\]|[^\P{C}]|[\u2028\u2029]|[^\P{Z} ]/gu,
    (character) => ESCAPES[character] ?? escapeCode(character),
  );
  return `"${escaped}"`;
}

/** One character as Go's `%q` writes it. https://pkg.go.dev/strconv#QuoteRune */
export function quoteCharacter(character: string): string {
  if (character === '"') return `'"'`;
  return character === "'" ? `'\\''` : `'${quote(character).slice(1, -1)}'`;
}

function escapeCode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}

const ESCAPES = table<string>({
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
});
