// Runs both test runners, the engine's and the TypeScript side's, and ends with one line
// made from their own totals: "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const go = testEngine();
const jest = testTypeScript();

const passed = go.passed + jest.passed;
const failed = go.failed + jest.failed;
const skipped = go.skipped + jest.skipped;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 && go.ok && jest.ok && passed > 0 ? 0 : 1;

function testEngine() {
  const run = spawnSync('go', ['test', '-json', './...'], {
    cwd: join(root, 'engine'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const events = (run.stdout ?? '')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const failures = new Set(
    events.filter(({ Action }) => Action === 'fail').map(({ Package, Test }) => `${Package} ${Test}`),
  );
  for (const { Action, Package, Test, Output } of events) {
    if (Action === 'output' && failures.has(`${Package} ${Test}`)) process.stdout.write(Output);
    if (Action === 'build-output') process.stdout.write(Output);
  }
  const count = (action) =>
    events.filter(({ Action, Test }) => Action === action && Test !== undefined).length;
  return { passed: count('pass'), failed: count('fail'), skipped: count('skip'), ok: run.status === 0 };
}

function testTypeScript() {
  const folder = mkdtempSync(join(tmpdir(), 'hydrant-test-'));
  const report = join(folder, 'report.json');
  try {
    const run = spawnSync(
      process.execPath,
      [
        '--experimental-vm-modules',
        'node_modules/jest/bin/jest.js',
        '--json',
        `--outputFile=${report}`,
        ...process.argv.slice(2),
      ],
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } },
    );
    const totals = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: totals.numPassedTests,
      failed: totals.numFailedTests + totals.numRuntimeErrorTestSuites,
      skipped: totals.numPendingTests,
      ok: run.status === 0,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
