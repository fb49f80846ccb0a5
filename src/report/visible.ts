import { numbered, replaceHidden } from '../model/hiddenCharacters.ts';

const LONGEST = 1000;

/**
 * Text of a repository with every character that would deceive a reader, or steer a
 * terminal, written out as `<U+202E>`. Line feeds and tabs stay.
 */
export function visible(text: string): string {
  return replaceHidden(text.replaceAll('\r\n', '\n'), numbered);
}

/**
 * A {@link visible} sentence on one line. What is longer than `longest` characters is cut, and
 * the cut is counted.
 */
export function oneLine(text: string, longest: number = LONGEST): string {
  return cut(visible(text).replace(/\s+/g, ' ').trim(), longest);
}

/**
 * A name, or a line of them, as {@link visible} text on one line. No two names look the same: line feeds,
 * tabs, and spaces at an end or beside another are written out as well.
 */
export function oneName(text: string, longest: number = LONGEST): string {
  return cut(replaceHidden(text, numbered).replace(/[\n\t]|^ | (?= |$)/g, numbered), longest);
}

/** Data as JSON in which {@link visible} text stands exactly, because JSON has escapes for what is hidden. */
export function visibleJson(data: unknown, space?: number): string {
  return visibleInJson(JSON.stringify(data, null, space));
}

/** JSON of the same data with an escape in place of each hidden character. Line breaks between its parts stay. */
export function visibleInJson(json: string): string {
  return replaceHidden(json, (character) =>
    Array.from({ length: character.length }, (_, index) => escapeOf(character.charCodeAt(index))).join(''),
  );
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

function cut(line: string, longest: number): string {
  if (line.length <= longest) return line;
  const shown = line.slice(0, longest).replace(/\p{Surrogate}/gu, '');
  return `${shown}… (${line.length - shown.length} more characters)`;
}
