import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { openSealed } from '../../src/model/sealed.ts';

const table = await readFile(packageFile('engine/internal/redact/testdata/sealed.json'), 'utf8');
const example: { key: string; values: string[]; sealed: string } = JSON.parse(table);

test('what the engine sealed is opened, by its key alone', () => {
  expect(openSealed(example.sealed, example.key)).toEqual(example.values);
  expect(() => openSealed(example.sealed, '00fe')).toThrow();
  expect(() => openSealed(example.sealed.replace(/^../, 'xx'), example.key)).toThrow();
});

test('nothing is opened where nothing was sealed', () => {
  expect(openSealed('', example.key)).toEqual([]);
});
