import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';

interface LinterSettings {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly rules: Readonly<Record<string, unknown>>;
  }[];
}

const LIMITS = {
  'max-lines': ['error', { max: 250 }],
  'max-lines-per-function': ['error', { max: 45 }],
  'max-params': ['error', { max: 3 }],
};

const { rules, overrides } = linterSettings();

test('the linter holds files to 250 lines, functions to 45, and parameters to three', () => {
  expect(rules).toMatchObject(LIMITS);
});

test('tests and benchmarks alone are exempt', () => {
  const exempt = overrides
    .filter((override) => Object.keys(override.rules).some((rule) => rule in LIMITS))
    .flatMap(({ files }) => files);
  expect(exempt).toEqual(['test/**', 'bench/**']);
});

test('no file of src/ exempts itself', () => {
  const root = packageFile('src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(100);
  const exempting = files.filter((file) =>
    /(?:oxlint|eslint)-disable/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  expect(exempting).toEqual([]);
});

function linterSettings(): LinterSettings {
  // The linter holds its form.
  return JSON.parse(readFileSync(packageFile('.oxlintrc.json'), 'utf8')) as LinterSettings;
}
