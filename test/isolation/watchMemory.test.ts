import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { watchMemory } from '../../src/isolation/watchMemory.ts';

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

// A limit on JavaScript's own heap knows nothing of these.
test('memory that is not on the heap of JavaScript counts as well', async () => {
  const script =
    'globalThis.held = Buffer.alloc(200 * 2 ** 20, 1); console.log("holds"); setInterval(() => {}, 1000);';
  const holding = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = holding;
  await once(holding.stdout, 'data');
  await new Promise<void>((resolve) => {
    watchMemory(holding.pid ?? 0, 150 * 2 ** 20, () => resolve());
  });
  expect(holding.exitCode).toBeNull();
});
