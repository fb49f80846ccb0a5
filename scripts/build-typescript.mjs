// Builds dist/src/ from source. The compiler writes what it can, also where something is wrong.
// What an earlier build left is removed afterwards, so that nobody who runs meanwhile misses a file.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundle } from './building/bundle.mjs';
import { removeStale } from './building/removeStale.mjs';
import { shipPolicies } from './building/shipPolicies.mjs';
import { shipValidators } from './building/shipValidators.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = `${root}node_modules/typescript/bin/tsc`;

const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
const bundled = await bundle(root);
removeStale(root, bundled ?? []);
if (status === 0) await Promise.all([shipPolicies(root), shipValidators(root)]);
process.exit(bundled === null ? 1 : (status ?? 1));
