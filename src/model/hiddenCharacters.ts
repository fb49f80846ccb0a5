/**
 * Characters that have no sign of their own: controls but line feed and tab, marks of writing direction
 * (https://trojansource.codes/), separators, spaces that are not the common one, what fonts leave out
 * (zero-width characters, variation selectors, tags: https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point),
 * half characters, and those that mean nothing outside of one program. The last three look empty, though Unicode
 * counts them as signs.
 */
const HIDDEN =
  /(?![ \n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\u{1d159}\u{1da7f}]/u;

const EVERY_HIDDEN = new RegExp(HIDDEN, 'gu');

/** Whether a text has characters that a reader does not see. */
export function hasHidden(text: string): boolean {
  return HIDDEN.test(text);
}

/** The text with each of its hidden characters replaced by what `written` says of it. */
export function replaceHidden(text: string, written: (character: string) => string): string {
  return text.replace(EVERY_HIDDEN, written);
}

/** A character as it is shown in its own place, such as `<U+202E>`. */
export function numbered(character: string): string {
  return `<${numberOf(character)}>`;
}

/** The number of a character as Unicode writes it, such as `U+202E`. */
export function numberOf(character: string): string {
  const number = character.codePointAt(0) ?? 0;
  return `U+${number.toString(16).toUpperCase().padStart(4, '0')}`;
}
