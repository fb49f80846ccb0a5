import { decodeText } from '../../dialects/decodeText.ts';
import type { Location, Violation } from '../../model/finding.ts';
import { numberOf } from '../../model/hiddenCharacters.ts';
import { told } from '../../model/told.ts';

/** Something hidden in a file, with its first line. */
export interface HiddenCharacter {
  readonly violation: Violation;
  readonly location: Location;
}

/**
 * Characters by which a text is something else than what its readers see: controls, marks of writing direction
 * (https://trojansource.codes/), zero-width ones, tags. Those that writing and emoji need (joiners, variation
 * selectors, signs of Arabic numbers), and spaces, are none.
 */
const DECEIVING =
  /(?![\t\n\r\u0600-\u0605\u06dd\u070f\u08e2\u200c-\u200d\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]/gu;

/** The flags of England, Scotland and Wales are written with tags. */
const FLAG = /\u{1f3f4}[\u{e0020}-\u{e007f}]+/gu;

/** Each such character of a file once, with the number of lines that have it. */
export function hiddenCharactersIn(path: string, bytes: Uint8Array): HiddenCharacter[] {
  const found = new Map<string, { first: number; lines: number }>();
  for (const [index, line] of decodeText(bytes).replace(FLAG, '').split('\n').entries()) {
    for (const character of new Set(line.match(DECEIVING))) {
      const before = found.get(character) ?? { first: index + 1, lines: 0 };
      found.set(character, { ...before, lines: before.lines + 1 });
    }
  }
  return [...found].map(([character, { first, lines }]) => ({
    violation: violationOf(character, lines),
    location: { path, startLine: first, endLine: first },
  }));
}

function violationOf(character: string, lines: number): Violation {
  const { text, about } = told('hidden', { character: numberOf(character), lines })`${(all) =>
    all.lines === 1
      ? 'a line has'
      : `${all.lines} lines have`} the character ${'character'}, which nobody sees and programs read; take it out, or write it as an escape`;
  return { rule: 'danger/hidden-character', severity: 'warning', message: text, about, fieldPath: null };
}
