import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const ROOT = new URL('../../', import.meta.url);
const PAGE = readFileSync(new URL('docs/glossary.md', ROOT), 'utf8');
const ROWS = [...PAGE.matchAll(/^\| `(\w+)` +\| (.+?) +\| \[([^\]]+)\]\(\.\.\/(.+)\) +\|$/gm)].map(
  ([, word = '', meaning = '', name = '', file = '']) => ({ word, meaning, name, file }),
);

/** The types and classes that a file exports. */
function typesOf(file: string): string[] {
  const text = readFileSync(new URL(file, ROOT), 'utf8');
  const types = text.matchAll(/^export (?:abstract )?(?:interface|type|class) (\w+)/gm);
  return [...types].map(([, name = '']) => name);
}

test('every row of the tables has a word, its meaning and its file', () => {
  const rows = PAGE.split('\n').filter((line) => line.startsWith('| `'));
  expect(ROWS).toHaveLength(rows.length);
  expect(ROWS.length).toBeGreaterThan(50);
  for (const { name, file } of ROWS) expect(file.endsWith(`/${name}`)).toBe(true);
});

test.each(ROWS)('$word is exported by $file', ({ word, file }) => {
  expect(typesOf(file)).toContain(word);
});

test('every type of the model is in it, once', () => {
  const files = readdirSync(new URL('src/model/', ROOT))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/model/${name}`);
  const types = files.flatMap((file) => typesOf(file).map((word) => ({ word, file })));
  const listed = ROWS.map(({ word, file }) => ({ word, file })).filter(({ file }) =>
    file.startsWith('src/model/'),
  );
  const sorted = (words: readonly { word: string }[]) => words.toSorted((a, b) => (a.word < b.word ? -1 : 1));
  expect(sorted(listed)).toEqual(sorted(types));
});
