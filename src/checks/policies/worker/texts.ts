// OPA's functions of texts that WebAssembly policies do not bring along.
import { RE2JS } from 're2js';

/** The positions of all occurrences, in characters. */
export function positions(text: string, part: string): number[] | undefined {
  if (part === '') return undefined;
  const characters = Array.from(text);
  const wanted = Array.from(part);
  return characters.flatMap((_, at) =>
    wanted.every((one, index) => characters[at + index] === one) ? [at] : [],
  );
}

/** The first so many parts, or the last ones for a negative number. */
export function splitN(text: string, separator: string, count: number): string[] {
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  return count < 0 ? parts.slice(count) : parts.slice(0, count);
}

/** A glob that matches the text itself. */
export function quoteGlob(text: string): string {
  return text.replace(/[*?\\[\]{}]/g, '\\$&');
}

/**
 * Like a regular expression, but only what stands between the delimiters is one.
 * @param delimiters the opening and the closing one.
 */
export function matchesTemplate(
  template: string,
  text: string,
  ...delimiters: [string, string]
): boolean | undefined {
  const [open, close] = delimiters;
  if (Array.from(open).length !== 1 || Array.from(close).length !== 1) return undefined;
  let expression = '';
  let depth = 0;
  let inside = '';
  for (const character of template) {
    if (character === open && depth++ === 0) inside = '';
    else if (character === close && --depth === 0) expression += `(${inside})`;
    else if (depth < 0) return undefined;
    else if (depth > 0) inside += character;
    else expression += RE2JS.quote(character);
  }
  return depth === 0 ? RE2JS.compile(`^${expression}$`).matcher(text).find() : undefined;
}

/** https://pkg.go.dev/net/url#QueryEscape */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** @throws {Error} for what is not well escaped. */
export function unescapeQuery(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** `a=1&b=2`, by name. */
export function writeQuery(object: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.keys(object)
    .toSorted()
    .flatMap((name) =>
      [object[name] ?? []].flat().map((value) => `${escapeQuery(name)}=${escapeQuery(value)}`),
    )
    .join('&');
}

/** The values of each name. */
export function readQuery(text: string): Record<string, string[]> | undefined {
  const values = new Map<string, string[]>();
  for (const part of text.split('&').filter((one) => one !== '')) {
    if (part.includes(';')) return undefined;
    const [name = '', ...rest] = part.split('=');
    const key = unescapeQuery(name);
    values.set(key, [...(values.get(key) ?? []), unescapeQuery(rest.join('='))]);
  }
  return Object.fromEntries(values);
}
