// Builds anew what a change needs, until it is stopped: the TypeScript side by the compiler's own
// watch mode, the render engine when a file of its sources changes.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE, stateOf } from './testing/parts.mjs';

/** An editor writes several files at once, or one in several steps. */
const PAUSE_MS = 200;
const root = fileURLToPath(new URL('..', import.meta.url));
const say = (text) => console.log(`[${new Date().toTimeString().slice(0, 8)}] ${text}`);

const compiler = spawn(
  process.execPath,
  [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    'tsconfig.build.json',
    '--watch',
    '--preserveWatchOutput',
  ],
  { cwd: root, stdio: 'inherit' },
);
compiler.once('exit', (code) => {
  say('the TypeScript compiler ended');
  process.exit(code ?? 1);
});

watchEngine(buildsOneAtATime());

/** Calls `build` at once where the engine is not what its sources say, and after each change of them. */
function watchEngine(build) {
  let pause;
  watch(join(root, 'engine'), { recursive: true }, (_, file) => {
    if (file === null || file.endsWith('_test.go') || file.includes('testdata')) return;
    clearTimeout(pause);
    pause = setTimeout(() => build(`engine/${file} changed`), PAUSE_MS);
  });
  const state = stateOf(ENGINE, root);
  if (state === 'built') say('the render engine is built');
  else build(`the render engine is ${state}`);
}

/** A build that is asked for while one runs comes after it, once. */
function buildsOneAtATime() {
  let running = false;
  let next = null;
  return function build(why) {
    if (running) {
      next = why;
      return;
    }
    running = true;
    say(`${why}: building the render engine`);
    const started = Date.now();
    const go = spawn(process.execPath, [join(root, 'scripts/build-engine.mjs')], { stdio: 'inherit' });
    go.once('exit', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      say(code === 0 ? `the render engine is built (${seconds} s)` : 'the render engine does not build');
      running = false;
      const again = next;
      next = null;
      if (again !== null) build(again);
    });
  };
}
