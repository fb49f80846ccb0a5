import { describe, expect, test } from '@jest/globals';
import { factsOf } from '../../src/compare/fingerprint.ts';

function factsOfText(message: string): string {
  return factsOf({ about: null, message, fieldPath: null });
}

describe('what a violation is recognised by', () => {
  test.each([
    ['a name', 'app-config-2b4d6f8h9k is missing', 'app-config is missing'],
    ['a name with dots', 'my.app-2b4d6f8h9k', 'my.app'],
    ['two names', 'a-2b4d6f8h9k and b-m9k8h7g6f5', 'a and b'],
  ])('has no hash of %s', (_, text, without) => {
    expect(factsOfText(text)).toBe(without);
  });

  test.each(['app-2b4d6f8h9kk', 'app-2b4d6f8h9k-web', 'app-2a4d6f8h9k', ' -2b4d6f8h9k'])(
    'has all of what ends in no hash: %s',
    (text) => {
      expect(factsOfText(text)).toBe(text);
    },
  );

  test('is read once, however long a text without a space is', () => {
    const long = 'a-'.repeat(1_000_000);
    expect(factsOfText(long)).toBe(long);
  });
});
