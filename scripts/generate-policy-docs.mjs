// Writes docs/policies/ from the METADATA of the built-in policies. Needs `npm run build`.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { policyPages } from './policies/pages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { EnginePool } = await import(new URL('../dist/src/engine/pool.js', import.meta.url));
const { readBuiltInPolicies } = await import(
  new URL('../dist/src/checks/policies/builtIn.js', import.meta.url)
);
const { SUPPLIED_BUILTINS } = await import(
  new URL('../dist/src/checks/policies/suppliedBuiltins.js', import.meta.url)
);

const engine = new EnginePool({ size: 1 });
const modules = await readBuiltInPolicies();
const { entrypoints, errors } = await engine.compileRego({
  modules,
  builtins: SUPPLIED_BUILTINS,
  form: 'hydrant',
});
await engine.close();
if (errors.length > 0) throw new Error(`a policy does not compile: ${JSON.stringify(errors)}`);

const folder = path.join(root, 'docs', 'policies');
await rm(folder, { recursive: true, force: true });
for (const [name, text] of policyPages(entrypoints)) {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
