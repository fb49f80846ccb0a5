// The tests of the TypeScript side, by jest.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { run } from './run.mjs';

/**
 * Runs tests of the TypeScript side, and shows what jest says of them.
 * @param files test files as paths from the root, or null for all.
 * @param options further ones for jest.
 * @returns the totals, and all that was printed but the tests' own words.
 */
export async function testTypeScript({ root, files, options = [] }) {
  const folder = mkdtempSync(join(tmpdir(), 'hydrant-test-'));
  const report = join(folder, 'report.json');
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const chosen = files === null ? [] : ['--runTestsByPath', ...files];
  try {
    const ended = await run(
      process.execPath,
      [...jest, '--json', `--outputFile=${report}`, ...options, ...chosen],
      // Through a pipe jest takes the terminal for none.
      { cwd: root, show: ['stderr'], env: process.stderr.isTTY ? { FORCE_COLOR: '1' } : {} },
    );
    const totals = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: totals.numPassedTests,
      failed: totals.numFailedTests + totals.numRuntimeErrorTestSuites,
      skipped: totals.numPendingTests,
      ok: ended.code === 0,
      printed: withoutOwnWords(ended.stdout + ended.stderr, totals),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What tests say themselves gets nothing out: their titles, and the source that a failure is shown with. */
function withoutOwnWords(printed, { testResults }) {
  const titles = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ title }) => title));
  const source = /^\s*>?\s*\d+ \|.*$/gm;
  const plain = stripVTControlCharacters(printed).replace(source, '');
  return titles.reduce((text, title) => text.replaceAll(title, ''), plain);
}
