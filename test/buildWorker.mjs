// Before any test: the worker of the policies and the processes of reviews run from dist/, also where a
// test runs the rest from src/, so it is built where its sources have changed since.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export default function buildWorker() {
  if (!isStale()) return;
  const { stdout, error } = spawnSync('npm', ['run', 'build:typescript'], { cwd: root, encoding: 'utf8' });
  // A mistake in src/ does not keep it from being built.
  if (isStale()) throw new Error(`the command could not be built:\n${stdout ?? error}`);
}

function isStale() {
  return readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .some((file) => {
      const built = statSync(`${root}dist/src/${file.replace(/\.ts$/, '.js')}`, {
        throwIfNoEntry: false,
      });
      return built === undefined || built.mtimeMs < statSync(`${root}src/${file}`).mtimeMs;
    });
}
