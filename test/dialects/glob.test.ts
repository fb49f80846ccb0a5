import { describe, expect, jest, test } from '@jest/globals';
import { doublestarMatcher, gobwasMatcher, goPathMatcher, pathspecMatcher } from '../../src/dialects/glob.ts';
import { fc } from '../helpers/properties.ts';

describe("globs of Go's path.Match", () => {
  test.each([
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['a/*', 'a/.b', true],
    ['a*b', 'a/b', false],
    ['**', 'a/b', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[a-c]x', 'bx', true],
    ['[^a-c]x', 'bx', false],
    ['[!a]', '!', true],
    ['[]a]', ']', false],
    ['[b-a]', 'a', false],
    ['[^b-a]', 'a', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a[', 'a', false],
    ['a\\', 'a', false],
    ['{a,b}', 'a', false],
    ['{a,b}', '{a,b}', true],
    ['a.b', 'axb', false],
    ['', '', true],
  ])('%s, %s: %p', (glob, text, expected) => expect(goPathMatcher(glob)(text)).toBe(expected));
});

describe('pathspecs of Git', () => {
  test.each([
    ['*.json', 'a/b.json', true],
    ['a/*/c', 'a/b/x/c', true],
    ['a', 'a/b/c', true],
    ['a/', 'a/b', true],
    ['./a', 'a/b', true],
    ['a', 'ab', false],
    ['a/b', 'a/b', true],
    ['a?b', 'a/b', true],
    ['**/c', 'a/b/c', true],
    ['**/c', 'c', false],
    ['[]a]', ']', true],
    ['[!a]b', 'cb', true],
    ['.', 'a/b', true],
  ])('%s, %s: %p', (pathspec, path, expected) => expect(pathspecMatcher(pathspec)(path)).toBe(expected));
});

describe('globs of gobwas', () => {
  test.each([
    ['*', 'a/b', '', true],
    ['*', 'a/b', '/', false],
    ['**', 'a/b', '/', true],
    ['a.*', 'a.b.c', '', true],
    ['{a,b*}c', 'bxc', '', true],
    ['{a,b}c', 'cc', '', false],
    ['{a,[bc]}', 'c', '', true],
    ['{a', 'a', '', false],
    ['a,b', 'a,b', '', true],
    ['[!a]', 'b', '', true],
    ['\\{a\\}', '{a}', '', true],
  ] as const)('%s, %s, %s: %p', (glob, text, separator, expected) =>
    expect(gobwasMatcher(glob, separator)(text)).toBe(expected),
  );
});

describe('globs of doublestar', () => {
  test.each([
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/b/b/c', true],
    ['**/c', 'c', true],
    ['a/**', 'a/b/c', true],
    ['a/*', 'a/b/c', false],
    ['a/b**', 'a/bx', true],
    ['a/{b,c}.yaml', 'a/c.yaml', true],
    ['a/[!b]', 'a/c', true],
    ['a/[', 'a/[', false],
  ])('%s, %s: %p', (glob, text, expected) => expect(doublestarMatcher(glob)(text)).toBe(expected));
});

describe('every dialect', () => {
  const dialects = [goPathMatcher, pathspecMatcher, gobwasMatcher, doublestarMatcher];

  test('takes any glob', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (glob, text) => {
        for (const dialect of dialects) expect(typeof dialect(glob)(text)).toBe('boolean');
      }),
    );
  });

  test('matches a text by itself where nothing in it is special', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\w[\w.+$^()|-]{0,8}(?:\/[\w.+$^()|-]{1,9}){0,2}$/), (text) => {
        for (const dialect of dialects) expect(dialect(text)(text)).toBe(true);
      }),
    );
  });

  test('looks at each character of a text as often, however long the text is', () => {
    const reads = jest.spyOn(String.prototype, 'charCodeAt');
    try {
      for (const dialect of dialects) {
        const matches = dialect(`${'*a'.repeat(30)}b`);
        const [short, long] = [1000, 4000].map((length) => {
          reads.mockClear();
          expect(matches('a'.repeat(length))).toBe(false);
          return reads.mock.calls.length;
        });
        // A matcher that goes back would look at some of them again for every star.
        expect(short).toBeGreaterThanOrEqual(1000);
        expect(long).toBeLessThanOrEqual(4 * (short ?? 0) + 10);
      }
    } finally {
      reads.mockRestore();
    }
  });
});
