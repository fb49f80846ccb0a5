import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { packageFile } from '../../../src/model/packageFile.ts';
import { isCommon, isRandom } from '../../../src/secrets/hiding/ordinary.ts';
import { wantedOf } from '../../../src/secrets/hiding/wanted.ts';

describe('a common word says nothing of a secret', () => {
  test('by the same rule as in the engine', async () => {
    const table = await readFile(packageFile('engine/internal/redact/testdata/common.json'), 'utf8');
    const cases: { text: string; common: boolean }[] = JSON.parse(table);
    expect(cases.filter(({ text, common }) => isCommon(text) !== common)).toEqual([]);
  });
});

test.each([
  ['kQ7zwLEAKu02pW', true],
  ['Tr0ub4dor', true],
  ['p@ssw0rd!', true],
  ['550e8400-e29b-41d4-a716-446655440000', true],
  ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', true],
  ['QmFzZVNpeHRZRm91', true],
  ['app-v2-config', false],
  ['Hunter2024', false],
  ['myServiceAccountName', false],
  ['db1.eu-west-1.example.com', false],
  ['registry.example.com:5000', false],
  ['k7Q2', false],
])('%s looks random: %s', (text, expected) => {
  expect(isRandom(text)).toBe(expected);
});

/** What is looked for of a value, with the length of its shortest piece, and `?` for what may be a name. */
function wanted(content: string): string[] {
  return wantedOf(content).map(
    ({ text, shortestPiece, maybeName }) => `${text} ${shortestPiece}${maybeName ? '?' : ''}`,
  );
}

test.each([
  ['what looks random, and half of it', 'kQ7zwLEAKu02pW', ['kQ7zwLEAKu02pW 7']],
  ['words, and three quarters of them', 'correct-horse-battery', ['correct-horse-battery 16?']],
  ['no short value', 'kQ7zw', []],
  ['no common word', 'postgres', []],
  ['no word that is short', 'banana', []],
  ['no switch', 'enabled', []],
  ['no address without a password', 'https://db.example.com/shop', []],
  ['no placeholder', '<path:secret/data/db#password>', []],
  [
    'the password of an address',
    'postgres://shop:sunflower@db.example.com/shop',
    ['postgres://shop:sunflower@db.example.com/shop 45', 'sunflower 8?'],
  ],
  [
    'what a file names a credential, and what is random in it',
    'user: shop\npassword: sunflower\nid: kQ7zwLEAKu02pW\n',
    ['user: shop\npassword: sunflower\nid: kQ7zwLEAKu02pW 49', 'sunflower 8?', 'kQ7zwLEAKu02pW 7'],
  ],
])('of a value is wanted %s', (_, content, expected) => {
  expect(wanted(content)).toEqual(expected);
});

test('what a login of a registry has in base64 is wanted', () => {
  const auth = Buffer.from('shop:kQ7zwLEAKu02pW').toString('base64');
  const found = wanted(JSON.stringify({ auths: { 'ghcr.io': { auth } } }));
  expect(found).toContain(`${auth.replace(/=+$/, '')} 12`);
  expect(found.some((one) => one.startsWith('shop:kQ7zwLEAKu02pW'))).toBe(true);
});

test('a certificate beside a private key is not wanted', () => {
  const pem = (what: string, line: string) => `-----BEGIN ${what}-----\n${line}\n-----END ${what}-----\n`;
  const found = wanted(
    pem('CERTIFICATE', 'MIIB1a2B3c4D5e6F7g8H9') + pem('PRIVATE KEY', 'MIIEkQ7zwLEAKu02pW'),
  );
  expect(found.slice(1)).toEqual(['MIIEkQ7zwLEAKu02pW 9']);
});
