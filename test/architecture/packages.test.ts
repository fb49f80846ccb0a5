import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

// What is installed with `npm ci --omit=dev` has to be enough for every command, and no more.
test('src/ imports every package of dependencies, and no other', () => {
  const { dependencies } = manifest();
  expect(packagesOf('src', runtimeSpecifiers)).toEqual(Object.keys(dependencies).toSorted());
});

test('src/ takes types of packages that package.json names', () => {
  const { dependencies, devDependencies } = manifest();
  const named = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  expect(packagesOf('src', specifiersOf).filter((name) => !named.has(name))).toEqual([]);
});

test('tests import packages that package.json names', () => {
  const { dependencies, devDependencies } = manifest();
  const named = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  expect(packagesOf('test', specifiersOf).filter((name) => !named.has(name))).toEqual([]);
});

function manifest(): Manifest {
  // npm holds its form.
  return JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as Manifest;
}

/** Names of the packages that a folder's files import, or resolve a file of. */
function packagesOf(folder: string, specifiersIn: (code: string) => string[]): string[] {
  const root = packageFile(folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => isCode(file));
  expect(files.length).toBeGreaterThan(100);
  const specifiers = files.flatMap((file) => specifiersIn(readFileSync(path.join(root, file), 'utf8')));
  const bare = specifiers.filter((one) => !one.startsWith('.') && !isBuiltin(one));
  return [...new Set(bare.map(packageName))].toSorted();
}

function isCode(file: string): boolean {
  return /\.m?[jt]s$/.test(file) && !file.startsWith(`fixtures${path.sep}`);
}

test.each([
  ["import 'yaml';", ['yaml']],
  ["import x, { y } from 'yaml/y';", ['yaml/y']],
  ["export * from 'yaml';", ['yaml']],
  ["export {\n  y,\n} from 'yaml';", ['yaml']],
  ["import { type X, y } from 'yaml';", ['yaml']],
  ["const x = await import('yaml');", ['yaml']],
  ["  require.resolve('yaml')", ['yaml']],
  ["import type { X } from 'yaml';", []],
  ["import { type X, type Y } from 'yaml';", ['yaml']],
  ["export type { X } from 'yaml';", []],
  ["}: typeof import('yaml') = require('ajv');", ['ajv']],
])('when it runs, %s', (code, specifiers) => {
  expect(runtimeSpecifiers(code)).toEqual(specifiers);
});

const STATED = /^(?:import|export)\b(?:[^;'"()=]*\bfrom)? '([^']+)'/gm;
const CALLED = /\b(?:import|require|require\.resolve)\(\s*'([^']+)'\s*\)/g;

function specifiersOf(code: string): string[] {
  return [STATED, CALLED].flatMap((form) => [...code.matchAll(form)].map(([, specifier = '']) => specifier));
}

/**
 * Without those that `import type` names: nothing is left of them when the code runs. Of
 * `import { type X }` the import itself is left.
 * https://www.typescriptlang.org/tsconfig/#verbatimModuleSyntax
 */
function runtimeSpecifiers(code: string): string[] {
  const withoutTypes = code
    .replaceAll(/^(?:import|export) type\b[^;'"()=]*\bfrom '[^']+'/gm, '')
    .replaceAll(/\btypeof import\('[^']+'\)/g, '');
  return specifiersOf(withoutTypes);
}

/** `@scope/name` of `@scope/name/file`. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
