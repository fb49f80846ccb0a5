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
  readonly ignorePatterns: readonly string[];
}

const LIMITS = {
  'max-lines': ['error', { max: 250 }],
  'max-lines-per-function': ['error', { max: 45 }],
  'max-params': ['error', { max: 3 }],
};

const { rules, overrides, ignorePatterns } = linterSettings();

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
  const exempting = sources().filter(({ text }) => /(?:oxlint|eslint)-disable/.test(text));
  expect(exempting.map(({ file }) => file)).toEqual([]);
});

test('the linter reads all of src/, by these settings alone', () => {
  expect(ignorePatterns).toEqual(['dist', 'test/fixtures', '/schemas', 'examples']);
  const folders = ['src', 'scripts', 'engine', 'policies'].map((folder) => packageFile(folder));
  const nested = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      isSettings(path.basename(file)),
    ),
  );
  expect(nested).toEqual([]);
  expect(readdirSync(packageFile('')).filter(isSettings)).toEqual(['.oxlintrc.json']);
});

test('no file of src/ has more than 250 lines, whatever the linter looks at', () => {
  const long = sources().filter(({ text }) => text.trimEnd().split('\n').length > 250);
  expect(long.map(({ file }) => file)).toEqual([]);
});

/** Whether a linter takes its settings, or what it leaves out, from such a file. */
function isSettings(name: string): boolean {
  return /^\.?(?:oxlint|eslint)/.test(name);
}

function sources(): { file: string; text: string }[] {
  const root = packageFile('src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.[cm]?[jt]sx?$/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  return files.map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}

function linterSettings(): LinterSettings {
  // The linter holds its form.
  return JSON.parse(readFileSync(packageFile('.oxlintrc.json'), 'utf8')) as LinterSettings;
}
