import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { createFolder } from '../helpers/repository.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the compiler has against files. */
async function compile(files: readonly string[]): Promise<string> {
  const config = path.join(await createFolder(), 'tsconfig.json');
  const typeRoots = [path.join(ROOT, 'node_modules/@types')];
  const compilerOptions = {
    noEmit: true,
    noErrorTruncation: true,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    typeRoots,
  };
  await writeFile(
    config,
    JSON.stringify({ extends: path.join(ROOT, 'tsconfig.json'), compilerOptions, include: files }),
  );
  const compiler = path.join(ROOT, 'node_modules/.bin/tsc');
  const { stdout } = await execa(compiler, ['-p', config, '--pretty', 'false'], { reject: false });
  return stdout;
}

test('the client and the engine have the same fields in every message', async () => {
  expect(await compile([path.join(ROOT, 'test/engine/sameFields.ts')])).toBe('');
}, 60_000);

/** A type, and what its fields are. */
const TYPES = [
  ['{ a: string }', "'a: string'"],
  ["{ a: 'x' | 'y'; b?: number | undefined }", "'a: string' | 'b?: number'"],
  ['{ a: string | null }', "'a: string | null'"],
  ['{ a: readonly { b: boolean }[] }', "'a[]: object' | 'a[].b: boolean'"],
  ['{ a: Readonly<Record<string, string>> }', "'a{}: string'"],
  ['{ a: unknown; b: readonly (string | number)[] }', "'a: unknown' | 'b[]: unknown'"],
  ["{ k: 'x'; a: string } | { k: 'y'; b: number }", "'k: string' | 'a?: string' | 'b?: number'"],
] as const;

/** The same types with other fields: more, fewer, other names, other kinds. */
const OTHERS = [
  ['{ a: string }', "'a: string' | 'b: string'"],
  ['{ a: string; b: string }', "'a: string'"],
  ['{ a: string }', "'A: string'"],
  ['{ a: string }', "'a: number'"],
  ['{ a?: string }', "'a: string'"],
  ['{ a: string }', "'a?: string'"],
  ['{ a: string }', "'a[]: string'"],
  ['{ a: { b: { c: number } } }', "'a: object' | 'a.b: object' | 'a.b.c: string'"],
] as const;

test('the comparison finds a field that is more, fewer, named or typed otherwise', async () => {
  const file = path.join(await createFolder(), 'types.mts');
  const checks = [...TYPES, ...OTHERS].map(
    ([type, fields], index) => `export const is${index}: Same<FieldsOf<${type}>, ${fields}> = true;`,
  );
  const lines = [
    `import type { FieldsOf } from '${path.join(ROOT, 'test/engine/fieldsOf.ts')}';`,
    'type Same<A, B> = [A, B] extends [B, A] ? true : false;',
    ...checks,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const failed = [...(await compile([file])).matchAll(/types\.mts\((?<line>\d+),/g)].map(
    ({ groups }) => Number(groups?.['line']) - 3,
  );
  expect([...new Set(failed)]).toEqual(OTHERS.map((_, index) => TYPES.length + index));
}, 60_000);
