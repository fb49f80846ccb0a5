/**
 * Characters that change how the text around them is shown, or end a line where nobody
 * sees it: controls but line feed and tab, line and paragraph separators, and marks of
 * writing direction (https://trojansource.codes/).
 */
const INVISIBLE = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const LONGEST = 1000;

/**
 * Text of a repository with every character that would deceive a reader, or steer a
 * terminal, written out as `<U+202E>`. Line feeds and tabs stay.
 */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(INVISIBLE, (character) => `<U+${hex(character)}>`)
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/**
 * {@link visible} text on one line. What is longer than `longest` characters is cut, and
 * the cut is counted.
 */
export function oneLine(text: string, longest: number = LONGEST): string {
  const line = visible(text).replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  const shown = line.slice(0, longest).replace(/\p{Surrogate}/gu, '');
  return `${shown}… (${line.length - shown.length} more characters)`;
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
