import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { classOf, contentOf, isKey, isSecret, shownKey } from '../../src/model/secretValue.ts';

/** The engine's own tables: both sides have to come to the same. */
async function table(name: string): Promise<Record<string, unknown>[]> {
  return JSON.parse(await readFile(packageFile(`engine/internal/redact/testdata/${name}.json`), 'utf8'));
}

test('a value is classified as the engine does', async () => {
  for (const { value, encoded, content, class: expected } of await table('classes')) {
    const read = encoded === true ? contentOf(String(value)).toString('utf8') : String(value);
    if (encoded === true) expect(read).toBe(content);
    expect([value, classOf(read)]).toEqual([value, expected]);
  }
});

test('a name is told from what is none as the engine does', async () => {
  for (const { key, name } of await table('keys')) expect([key, isKey(String(key))]).toEqual([key, name]);
  expect(shownKey('password')).toBe('password');
  expect(shownKey('-----BEGIN KEY-----')).toBe('<redacted key>');
});

test.each([
  ['Secret', 'v1', true],
  ['secret', 'v1', true],
  ['Secret', undefined, true],
  ['Secret', 'apps/v1', true],
  ['Secret', 'example.com/v1', false],
  ['SealedSecret', 'bitnami.com/v1alpha1', false],
  [undefined, 'v1', false],
])('%s of %s: %s', (kind, apiVersion, expected) => {
  expect(isSecret(kind, apiVersion)).toBe(expected);
});
