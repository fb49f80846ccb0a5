// OPA's functions of texts that WebAssembly policies do not bring along.
import { RE2JS } from 're2js';

/** The positions of all occurrences, in characters. @param {string} text @param {string} part */
export function positions(text, part) {
  if (part === '') return undefined;
  const characters = Array.from(text);
  const wanted = Array.from(part);
  return characters.flatMap((_, at) =>
    wanted.every((one, index) => characters[at + index] === one) ? [at] : [],
  );
}

/** The first so many parts, or the last ones for a negative number. */
export function splitN(text, separator, count) {
  const parts = separator === '' ? [...text] : text.split(separator);
  return count < 0 ? parts.slice(count) : parts.slice(0, count);
}

/** A glob that matches the text itself. @param {string} text */
export function quoteGlob(text) {
  return text.replace(/[*?\\[\]{}]/g, '\\$&');
}

/** Like a regular expression, but only what stands between the delimiters is one. */
export function matchesTemplate(template, text, open, close) {
  if ([...open].length !== 1 || [...close].length !== 1) return undefined;
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
export function escapeQuery(text) {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** @throws {Error} for what is not well escaped. @param {string} text */
export function unescapeQuery(text) {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** `a=1&b=2`, by name. */
export function writeQuery(object) {
  return Object.keys(object)
    .toSorted()
    .flatMap((name) => [object[name]].flat().map((value) => `${escapeQuery(name)}=${escapeQuery(value)}`))
    .join('&');
}

/** The values of each name. @param {string} text */
export function readQuery(text) {
  const values = new Map();
  for (const part of text.split('&').filter((one) => one !== '')) {
    if (part.includes(';')) return undefined;
    const [name = '', ...rest] = part.split('=');
    const key = unescapeQuery(name);
    values.set(key, [...(values.get(key) ?? []), unescapeQuery(rest.join('='))]);
  }
  return Object.fromEntries(values);
}
