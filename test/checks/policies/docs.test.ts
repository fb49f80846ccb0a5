import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readBuiltInPolicies } from '../../../src/checks/policies/builtIn.ts';
import { SUPPLIED_BUILTINS } from '../../../src/checks/policies/suppliedBuiltins.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { Entrypoint } from '../../../src/engine/protocol/rego.ts';
import { packageFile } from '../../../src/model/packageFile.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

test('the pages of the policies are what `npm run generate:policy-docs` writes', async () => {
  const pages: { policyPages(entrypoints: readonly Entrypoint[]): Map<string, string> } = await import(
    packageFile('scripts/policies/pages.mjs')
  );
  const modules = await readBuiltInPolicies();
  const { entrypoints = [] } = await engine.compileRego({
    modules,
    builtins: SUPPLIED_BUILTINS,
    form: 'hydrant',
  });
  const folder = packageFile('docs/policies');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md'));
  const texts = await Promise.all(
    names.map(
      async (name) =>
        [name.split(path.sep).join('/'), await readFile(path.join(folder, name), 'utf8')] as const,
    ),
  );
  expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(pages.policyPages(entrypoints)));
});

test('the page on own policies names every function that is supplied', async () => {
  const text = await readFile(packageFile('docs/your-own-policies.md'), 'utf8');
  for (const name of SUPPLIED_BUILTINS) expect(text).toContain(`\`${name}\``);
});
