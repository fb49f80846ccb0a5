import { describe, expect, test } from '@jest/globals';
import { isQuantity } from '../../../src/checks/schemas/quantity.ts';
import { fc } from '../../helpers/properties.ts';

// What resource.Quantity of k8s.io/apimachinery v0.37.2 says when it reads these as JSON.
const READ =
  `0 + - . +. 1. .5 -.5 5 1Gi 1.5Gi 1e3 1E3 1E 1e+3 e3 .e3 .Gi Gi m +m -Gi 0. 0Gi 1Ki 1E5 1n 1u 1e999 00 007
  100000000000000000000 0.5m 9999999999999999999Gi`.split(/\s+/);
const REFUSED = [
  '',
  ...'1g 1GB 1e 1K 1ki 1mi 1k5 1k-5 1Ki5 1Ee5 1ni 1e99999999999999999999 1.2.3 --1 0x10 1_000 1m5 １'.split(
    ' ',
  ),
  '1 Gi',
  '1,5',
];

describe('a quantity', () => {
  test.each(READ)('may be written %s', (text) => {
    expect(isQuantity(text)).toBe(true);
  });

  test.each(REFUSED)('may not be written "%s"', (text) => {
    expect(isQuantity(text)).toBe(false);
  });

  test('may have blanks around it, and be a number', () => {
    expect([' 1Gi ', 1, 0.5, -3, 1e21, 5e-7].map(isQuantity)).toEqual([true, true, true, true, true, true]);
  });

  test.each([true, null, [], {}])('is not %p', (value) => {
    expect(isQuantity(value)).toBe(false);
  });

  const digits = fc.stringMatching(/^[0-9]{1,12}$/);
  const sign = fc.constantFrom('', '+', '-');
  const number = fc.oneof(
    digits,
    fc.tuple(digits, digits).map(([whole, part]) => `${whole}.${part}`),
    digits.map((whole) => `${whole}.`),
    digits.map((part) => `.${part}`),
  );
  const suffix = fc.oneof(
    fc.constantFrom(...' n u m k M G T P E Ki Mi Gi Ti Pi Ei'.split(' ')),
    fc
      .tuple(fc.constantFrom('e', 'E'), sign, fc.nat(99))
      .map(([letter, plus, power]) => `${letter}${plus}${power}`),
  );
  const quantity = fc.tuple(sign, number, suffix).map((parts) => parts.join(''));

  test('is whatever the documented grammar produces', () => {
    fc.assert(fc.property(quantity, (text) => isQuantity(text)));
  });

  test('is nothing with a letter that no suffix has', () => {
    const strange = fc.constantFrom(...'abcdfghjlopqrstvwxyzABCDFHIJLNOQRSUVWXYZ/:_%,'.split(''));
    fc.assert(
      fc.property(quantity, strange, fc.nat(), (text, letter, place) => {
        const at = place % (text.length + 1);
        return !isQuantity(`${text.slice(0, at)}${letter}${text.slice(at)}`);
      }),
    );
  });
});
