import { expect, test } from '@jest/globals';
import { bytesIn, bytesText, durationIn, durationText } from '../../src/isolation/amounts.ts';

test.each<[string, number | null]>([
  ['90', 90_000],
  ['90s', 90_000],
  [' 1.5 m ', 90_000],
  ['2H', 7_200_000],
  ['250ms', 250],
  ['', null],
  ['0', null],
  ['-5m', null],
  ['5d', null],
  ['ten', null],
  ['1e9', null],
  ['1000h', null],
  ['constructor', null],
])('%j is a duration of %j ms', (text, expected) => {
  expect(durationIn(text)).toBe(expected);
});

test.each<[string, number | null]>([
  ['2GB', 2 ** 31],
  ['512 mb', 2 ** 29],
  ['1.5GB', 1.5 * 2 ** 30],
  ['64', null],
  ['0MB', null],
  ['5 apples', null],
])('%j is a size of %j bytes', (text, expected) => {
  expect(bytesIn(text)).toBe(expected);
});

test.each([
  [1000, '1 second'],
  [90_000, '1.5 minutes'],
  [600_000, '10 minutes'],
])('%d ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  [2 ** 31, '2 GB'],
  [2 ** 29, '512 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
