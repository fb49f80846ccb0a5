import { expect, test } from '@jest/globals';
import { hiddenCharactersIn } from '../../../src/checks/danger/hiddenCharacters.ts';
import { expectAboutToTell } from '../aboutTells.ts';

function found(text: string) {
  const all = hiddenCharactersIn('a.yaml', new TextEncoder().encode(text));
  return all.map(({ violation, location }) => [
    violation.about?.['character'],
    violation.about?.['lines'],
    location.startLine,
  ]);
}

test.each([
  ['a zero-width space', 'a: b\nc: d\u200be\n', [['U+200B', 1, 2]]],
  [
    'a mark of direction twice in a line, and in another',
    'a: \u202eb\u202e\nc: \u202e\n',
    [['U+202E', 2, 1]],
  ],
  [
    'several',
    '\u2060a: b\u00ad\n# \u{e0041}\n',
    [
      ['U+2060', 1, 1],
      ['U+00AD', 1, 1],
      ['U+E0041', 1, 2],
    ],
  ],
  ['a byte order mark within', 'a: b\ufeffc\n', [['U+FEFF', 1, 1]]],
  ['a control', 'a: "\u009b31m"\n', [['U+009B', 1, 1]]],
])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));

test.each([
  ['a byte order mark at the beginning', '\ufeffa: b\n'],
  ['ends of lines and tabs', 'a:\tb\r\n'],
  ['emoji', 'a: ⚠️ 👩‍💻 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}\n'],
  ['writing that needs joiners', 'a: می‌خواهم क्‍ष\n'],
  ['spaces of other kinds', 'a: b\u00a0c\u3000d\n'],
])('not %s', (_, text) => expect(found(text)).toEqual([]));

test('its data tells what its sentence says', () => {
  const texts = ['a\u200b', 'a\u200b\nb\u200b', 'a\u2060'];
  expectAboutToTell(
    texts
      .flatMap((text) => hiddenCharactersIn('a.yaml', new TextEncoder().encode(text)))
      .map(({ violation }) => violation),
  );
});
