import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasHidden } from '../../src/model/hiddenCharacters.ts';
import { oneLine, oneName, visible, visibleInJson, visibleJson } from '../../src/report/visible.ts';
import { runs } from '../helpers/properties.ts';

describe('a character without a sign of its own is written out', () => {
  test.each([
    ['escape', '\u001b'],
    ['control of the second set', '\u009b'],
    ['soft hyphen', '\u00ad'],
    ['space that does not break', '\u00a0'],
    ['grapheme joiner', '\u034f'],
    ['Arabic letter mark', '\u061c'],
    ['Hangul filler', '\u115f'],
    ['Mongolian variation selector', '\u180b'],
    ['zero-width space', '\u200b'],
    ['zero-width joiner', '\u200d'],
    ['mark from right to left', '\u200f'],
    ['line separator', '\u2028'],
    ['override of direction', '\u202e'],
    ['word joiner', '\u2060'],
    ['invisible times', '\u2062'],
    ['isolate', '\u2066'],
    ['empty Braille', '\u2800'],
    ['wide space', '\u3000'],
    ['half-width filler', '\uffa0'],
    ['private use', '\ue000'],
    ['variation selector', '\ufe0f'],
    ['byte order mark', '\ufeff'],
    ['interlinear annotation', '\ufff9'],
    ['half of a pair', '\udc00'],
    ['no character', '\uffff'],
    ['empty note', '\u{1d159}'],
    ['tag', '\u{e0041}'],
    ['variation selector of the supplement', '\u{e0100}'],
    ['private use of another plane', '\u{f0000}'],
  ])('%s', (_, character) => {
    const number = `<U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}>`;
    const text = `ad${character}min`;
    expect([visible(text), oneLine(text), oneName(text)]).toEqual(Array(3).fill(`ad${number}min`));
    expect(JSON.parse(visibleJson(text))).toBe(text);
    expect(hasHidden(visibleJson(text))).toBe(false);
  });

  test('and none that has one', () => {
    const text = 'Zażółć gęślą jaźń, 日本語, العربية, हिन्दी, e\u0301, 🚀 → “x” − 5 °C';
    expect([visible(text), visibleInJson(text)]).toEqual([text, text]);
  });
});

/** Text with many characters that are hidden, or beside which something is. */
const odd = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', ' ', '\n', '\t', '\r\n', '\\', '"', '\u200b', '\u{e0041}', '\ud800', '\udc00'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('no two names look the same', () => {
  fc.assert(
    fc.property(odd, odd, (one, other) => {
      fc.pre(one !== other && !`${one}${other}`.includes('<U+'));
      expect(oneName(one)).not.toBe(oneName(other));
      expect(hasHidden(oneName(one)) || /[\n\t]|^ | {2}| $/.test(oneName(one))).toBe(false);
    }),
    { numRuns: runs(500) },
  );
});

test('JSON says the same with its hidden characters as escapes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), odd, (value, text) => {
      const data = { [text]: value, text };
      expect(JSON.parse(visibleJson(data, 2))).toEqual(JSON.parse(JSON.stringify(data)));
      expect(hasHidden(visibleJson(data, 2))).toBe(false);
    }),
    { numRuns: runs(500) },
  );
});
