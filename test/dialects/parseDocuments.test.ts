import { describe, expect, test } from '@jest/globals';
import { isMap, parseAllDocuments } from 'yaml';
import { KeptTexts } from '../../src/dialects/keptTexts.ts';
import { parseDocuments, resolved, YAML_LIMITS } from '../../src/dialects/parseDocuments.ts';
import { entries, readDocuments } from '../../src/dialects/sourceFile.ts';
import { fc } from '../helpers/properties.ts';

function levels(number: number, of: (name: string) => string): string {
  const names = Array.from({ length: number }, (_, index) => `n${index}`);
  return names.map((name, index) => `${name}: &${name} ${of(names[index - 1] ?? '')}\n`).join('');
}

describe('a text is not read', () => {
  test.each([
    ['lists without end', '['.repeat(100_000), 1, 'it is nested deeper than 200 levels'],
    [
      'too many lists',
      `a: 1\nb: ${'['.repeat(201)}${']'.repeat(201)}`,
      2,
      'it is nested deeper than 200 levels',
    ],
    // The composer's calls were so deep that Node itself ended.
    ['lists of lists on lines', '- '.repeat(100_000), 1, 'it is nested deeper than 200 levels'],
    ['mappings in mappings', '{a: '.repeat(3000), 1, 'it is nested deeper than 200 levels'],
    [
      'aliases that multiply',
      levels(8, (name) => (name === '' ? '[x]' : `[${`*${name},`.repeat(9)}]`)),
      6,
      'written out, its aliases add more than 100000 values',
    ],
    [
      'merge keys that multiply',
      levels(8, (name) => (name === '' ? '{k: x}' : `{<<: [${`*${name},`.repeat(9)}]}`)),
      6,
      'written out, its aliases add more than 100000 values',
    ],
    ['a list in itself', 'x: y\na: &a [*a]\n', 2, 'an alias stands in what it stands for'],
    [
      'a mapping that merges itself',
      'a: &a\n  b:\n    - <<: *a\n',
      3,
      'an alias stands in what it stands for',
    ],
    [
      'documents without end',
      '--- a\n'.repeat(YAML_LIMITS.documents + 1),
      1,
      'it has more than 20000 documents',
    ],
    ['more than it may have', 'x'.repeat(YAML_LIMITS.characters + 1), 1, 'it has more than 8 MiB'],
  ])('with %s', (_, text, line, reason) => {
    expect(parseDocuments(text)).toMatchObject({ documents: [], excess: { line, reason } });
  });
});

test('a long text without aliases is read', () => {
  const text = Array.from({ length: 150_000 }, (_, index) => `- v${index}\n`).join('');
  const { documents, excess } = parseDocuments(text);
  expect({ documents: documents.length, excess }).toEqual({ documents: 1, excess: null });
});

test('a text is parsed once for each way of reading it, as long as it is kept', () => {
  const text = 'a: yes\n';
  const parsed = parseDocuments(text, { version: '1.1' });
  expect(parseDocuments('a: yes\n', { version: '1.1' })).toBe(parsed);
  expect(parsed.documents[0]?.toJS()).toEqual({ a: true });
  expect(parseDocuments(text).documents[0]?.toJS()).toEqual({ a: 'yes' });
});

test('each way of reading a text gives what it gives alone', () => {
  const text =
    'a: &x {k: 0x10, <<: {m: yes}}\nb: [*x, "c", 1.0, ~]\n--- |\n text\n...\n? [d]\n: # e\n  - {f: g}\n';
  const ways = [{ version: '1.1' }, { schema: 'failsafe' }, {}, { merge: true, uniqueKeys: false }] as const;
  const shown = (way: (typeof ways)[number]) =>
    parseDocuments(text, way).documents.map((one) => [one.toString(), JSON.stringify(one.toJS())]);
  const alone = ways
    .map((way) => parseAllDocuments(text, way))
    .map((all) =>
      Array.isArray(all) ? all.map((one) => [one.toString(), JSON.stringify(one.toJS())]) : all,
    );
  expect(ways.map(shown)).toEqual(alone);
  expect(parseDocuments(text).lines.linePos(text.indexOf('f:'))).toEqual({ line: 8, col: 6 });
});

test('what is kept of texts is bounded, and what was asked for last stays', () => {
  const kept = new KeptTexts<number>(10);
  for (const [index, text] of ['aaaa', 'bbbb'].entries()) kept.keep(text, 'way', index);
  expect(kept.get('aaaa', 'way')).toBe(0);
  kept.keep('cccc', 'way', 2);
  const all = () => ['aaaa', 'bbbb', 'cccc'].map((text) => kept.get(text, 'way'));
  expect(all()).toEqual([0, undefined, 2]);
  // Another way of reading counts as much.
  kept.keep('cccc', 'other way', 3);
  expect(all()).toEqual([undefined, undefined, 2]);
  expect(kept.keep('more than ten', 'way', 4)).toBe(4);
  expect(kept.get('more than ten', 'way')).toBeUndefined();
});

test('an alias stands for the last anchor of its name before it', () => {
  const { documents, excess } = parseDocuments('a: &x {n: 1}\nb: *x\nc: &x {n: 2}\nd: *x\n');
  expect(excess).toBeNull();
  const [document] = documents;
  const of = (key: string) => (isMap(document?.contents) ? document.contents.get(key, true) : undefined);
  expect(resolved(of('b'))).toBe(of('a'));
  expect(resolved(of('d'))).toBe(of('c'));
});

test('what is merged is seen once for each time that it is', () => {
  const file = readDocuments('f.yaml', 'a: &a {k: v}\nb: {<<: [*a, *a], own: w}\n');
  const [document] = file.documents;
  if (document === undefined) throw new Error('no document');
  const b = entries(document.contents).find(({ key }) => key === 'b');
  expect(entries(b?.value).map(({ key }) => key)).toEqual(['k', 'k', 'own']);
});

test('no text makes it throw, and none that is read is beyond a limit', () => {
  const word = fc.constantFrom(
    'a',
    '&a ',
    '*a',
    '[',
    ']',
    '{',
    '}',
    ': ',
    ', ',
    '\n',
    '<<',
    '- ',
    '"',
    '---\n',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const { documents, excess } = parseDocuments(words.join(''), { uniqueKeys: false });
      expect(excess === null || documents.length === 0).toBe(true);
    }),
  );
});
