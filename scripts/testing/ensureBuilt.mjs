// Keeps tests from running against what was built from other sources than these.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ENGINE, stateOf } from './parts.mjs';
import { partsUsed } from './partsUsed.mjs';

/**
 * Builds the engine anew where tests of these files need it and it is missing or older than its
 * sources. Without Go an old one is used with a warning; of an old command, too, a line says so.
 * @param files test files as paths from the root, or null for all.
 * @returns false where the tests cannot run; why has been said.
 */
export function ensureBuilt(root, files) {
  const parts = partsUsed(root, files);
  const states = parts
    .filter((part) => part !== ENGINE || process.env.HYDRANT_ENGINE === undefined)
    .map((part) => ({ part, state: stateOf(part, root) }))
    .filter(({ state }) => state !== 'built');
  return states.every(({ part, state }) => {
    const what = `${part.name} (${part.built}) is ${state === 'old' ? 'older than its sources' : 'missing'}`;
    if (part === ENGINE && hasGo()) return builds(root, what);
    console.error(`npm test: ${what}; build it: npm run ${part.script}`);
    return state === 'old';
  });
}

function hasGo() {
  return spawnSync('go', ['version']).status === 0;
}

function builds(root, what) {
  console.error(`npm test: ${what}, and is built first`);
  const build = spawnSync(process.execPath, [join(root, 'scripts/build-engine.mjs')], { stdio: 'inherit' });
  if (build.status !== 0) console.error('npm test: the render engine could not be built');
  return build.status === 0;
}
