// Before any test: the worker of the policies runs from dist/, also where a test runs the rest
// from src/, so it is built where its sources have changed since.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'src/checks/policies/worker';

export default function buildWorker() {
  if (!isStale()) return;
  const { stdout, error } = spawnSync('npm', ['run', 'build:typescript'], { cwd: root, encoding: 'utf8' });
  // A mistake elsewhere in src/ does not keep the worker from being built.
  if (isStale()) throw new Error(`the worker of the policies could not be built:\n${stdout ?? error}`);
}

function isStale() {
  return readdirSync(`${root}${folder}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .some((file) => {
      const built = statSync(`${root}dist/${folder}/${file.replace(/\.ts$/, '.js')}`, {
        throwIfNoEntry: false,
      });
      return built === undefined || built.mtimeMs < statSync(`${root}${folder}/${file}`).mtimeMs;
    });
}
