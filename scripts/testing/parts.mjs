// What is built from what, and whether it is still what its sources say.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The two things that a build makes, as paths from the repository's folder. */
export const ENGINE = {
  name: 'the render engine',
  built: 'dist/hydrant-engine',
  sources: ['engine', 'scripts/build-engine.mjs'],
  script: 'build:engine',
};
export const COMMAND = {
  name: 'the command',
  built: 'dist/src',
  sources: ['src', 'tsconfig.build.json', 'scripts/build-typescript.mjs', 'scripts/building'],
  script: 'build:typescript',
};

/**
 * @returns 'missing' where a part was never built, 'old' where a source changed since the part's
 *   newest file was made, else 'built'. Tests and what they read are no sources.
 */
export function stateOf(part, root) {
  const built = join(root, part.built);
  if (!existsSync(built)) return 'missing';
  const changed = Math.max(...part.sources.map((source) => newest(join(root, source))));
  return changed > newest(built) ? 'old' : 'built';
}

/** The time of the last change to a file, or to any in a folder. */
function newest(path) {
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const times = readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'testdata' && !name.endsWith('_test.go'))
    .map(({ name }) => newest(join(path, name)));
  return Math.max(0, ...times);
}
