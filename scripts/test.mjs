// Runs both test runners, the engine's and the TypeScript side's, looks for values of Secrets
// in all that they printed, and ends with one line made from their own totals:
// "N passed, N failed".
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { findCanaries, withoutCanaries } from '../test/canary/scan.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const go = await testEngine();
const jest = await testTypeScript();
const canary = lookAt({ 'the tests of the engine': go.printed, 'the tests of TypeScript': jest.printed });

const all = [go, jest, canary];
const sum = (what) => all.reduce((total, one) => total + one[what], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 && all.every(({ ok }) => ok) && passed > 0 ? 0 : 1;

async function testEngine() {
  const run = await runs('go', ['test', '-json', './...'], { cwd: join(root, 'engine'), show: ['stderr'] });
  const events = run.stdout
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
  const printed = events.map(({ Output = '' }) => Output).join('') + run.stderr;
  return {
    passed: count('pass'),
    failed: count('fail'),
    skipped: count('skip'),
    ok: run.code === 0,
    printed,
  };
}

async function testTypeScript() {
  const folder = mkdtempSync(join(tmpdir(), 'hydrant-test-'));
  const report = join(folder, 'report.json');
  try {
    const args = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--json'];
    const run = await runs(
      process.execPath,
      [...args, `--outputFile=${report}`, ...process.argv.slice(2)],
      // Through a pipe jest takes the terminal for none.
      { cwd: root, show: ['stderr'], env: process.stderr.isTTY ? { FORCE_COLOR: '1' } : {} },
    );
    const totals = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: totals.numPassedTests,
      failed: totals.numFailedTests + totals.numRuntimeErrorTestSuites,
      skipped: totals.numPendingTests,
      ok: run.code === 0,
      printed: withoutOwnWords(run.stdout + run.stderr, totals),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program to its end and keeps what it prints, of which the streams in `show` are shown at once. */
function runs(program, args, { cwd, show, env = {} }) {
  return new Promise((resolve) => {
    const printed = { stdout: '', stderr: '' };
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
    });
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        printed[stream] += text;
        if (show.includes(stream)) process[stream].write(text);
      });
    }
    child.once('error', ({ message }) => {
      console.error(message);
      resolve({ ...printed, code: null });
    });
    child.once('close', (code) => resolve({ ...printed, code }));
  });
}

/** What tests say themselves gets nothing out: their titles, and the source that a failure is shown with. */
function withoutOwnWords(printed, { testResults }) {
  const titles = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ title }) => title));
  const source = /^\s*>?\s*\d+ \|.*$/gm;
  const plain = stripVTControlCharacters(printed).replace(source, '');
  return titles.reduce((text, title) => text.replaceAll(title, ''), plain);
}

/** One more test: nothing that the run printed holds the value of a Secret. */
function lookAt(outputs) {
  const found = Object.entries(outputs).flatMap(([what, text]) => {
    const lines = text.split('\n');
    return findCanaries(text).map(
      ({ line }) => `${what} printed: ${withoutCanaries(lines[line - 1]).trim()}`,
    );
  });
  for (const leak of new Set(found)) console.error(`The value of a Secret got out: ${leak}`);
  const ok = found.length === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, ok };
}
