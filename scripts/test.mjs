// Runs both test runners, the engine's and the TypeScript side's, or the one that the named
// tests are of; looks for values of Secrets in all that they printed, and ends with one line
// made from their own totals: "N passed, N failed".
import { fileURLToPath } from 'node:url';
import { findCanaries, withoutCanaries } from '../test/canary/scan.mjs';
import { chooseTests, NoSuchTest } from './testing/chooseTests.mjs';
import { ensureBuilt } from './testing/ensureBuilt.mjs';
import { testEngine } from './testing/testEngine.mjs';
import { testTypeScript } from './testing/testTypeScript.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const isLong = args.includes('--long');
// Read by test/helpers/properties.ts and jest.config.js.
if (isLong) process.env.HYDRANT_TEST_LONG = '1';

try {
  process.exitCode = await test(
    chooseTests(
      args.filter((arg) => arg !== '--long'),
      root,
    ),
  );
} catch (error) {
  if (!(error instanceof NoSuchTest)) throw error;
  console.error(`npm test: ${error.message}`);
  process.exitCode = 2;
}

/** Options are jest's, and `go test`'s only where nothing but tests of the engine is named. */
async function test({ options, files }) {
  const [ofEngine, ofTypeScript] = [files?.engine ?? null, files?.typescript ?? null];
  const results = {};
  if (ofTypeScript?.length !== 0 && !ensureBuilt(root, ofTypeScript)) return 2;
  if (ofEngine?.length !== 0)
    results['the tests of the engine'] = await testEngine({
      root,
      files: ofEngine,
      options: ofTypeScript?.length === 0 ? options : [],
    });
  if (ofTypeScript?.length !== 0)
    results['the tests of TypeScript'] = await testTypeScript({ root, files: ofTypeScript, options });
  return conclude(results);
}

/** Prints the last line, and gives the exit code. */
function conclude(results) {
  const all = Object.values(results);
  const ran = all.some(({ passed, failed, ok }) => passed + failed > 0 || !ok);
  if (!ran) console.error('npm test: nothing ran: no test has that name');
  all.push(lookAt(results));
  const sum = (what) => all.reduce((total, one) => total + one[what], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  if (!ran) return 2;
  return failed === 0 && all.every(({ ok }) => ok) ? 0 : 1;
}

/** One more test: nothing that the run printed holds the value of a Secret. */
function lookAt(results) {
  const found = Object.entries(results).flatMap(([what, { printed }]) => {
    const lines = printed.split('\n');
    return findCanaries(printed).map(
      ({ line }) => `${what} printed: ${withoutCanaries(lines[line - 1]).trim()}`,
    );
  });
  for (const leak of new Set(found)) console.error(`The value of a Secret got out: ${leak}`);
  const ok = found.length === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, ok };
}
