// The engine's tests, by `go test`.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from './run.mjs';

/**
 * Runs tests of the engine, and shows the output of those that fail.
 * @param files test files as paths from the root, or null for all. Of a file only its own tests
 *   run, not those of its package.
 * @param options further ones for `go test`.
 * @returns the totals, and all that was printed.
 */
export async function testEngine({ root, files, options = [] }) {
  const chosen = files === null ? [{ flags: [], packages: './...' }] : byPackage(root, files);
  const totals = { passed: 0, failed: 0, skipped: 0, ok: true, printed: '' };
  for (const { flags, packages } of chosen) {
    // With the flags of the build, so that its packages are not compiled a second time.
    const args = ['test', '-json', '-trimpath', ...flags, ...options, packages];
    const env = { CGO_ENABLED: '0' };
    const ended = await run('go', args, { cwd: join(root, 'engine'), show: ['stderr'], env });
    const events = eventsOf(ended.stdout);
    showFailures(events);
    totals.passed += count(events, 'pass');
    totals.failed += count(events, 'fail');
    totals.skipped += count(events, 'skip');
    totals.ok &&= ended.code === 0;
    totals.printed += events.map(({ Output = '' }) => Output).join('') + ended.stderr;
  }
  return totals;
}

/** What `go test` is told to run the tests of these files, a call for each package. */
function byPackage(root, files) {
  return [...new Set(files.map((file) => dirname(file)))].map((folder) => {
    const own = files.filter((file) => dirname(file) === folder);
    const names = own.flatMap((file) => testsIn(join(root, file)));
    return {
      flags: ['-run', `^(${names.join('|')})$`],
      packages: `./${folder.split('/').slice(1).join('/')}`,
    };
  });
}

function testsIn(file) {
  const names = [...readFileSync(file, 'utf8').matchAll(/^func ((?:Test|Fuzz|Example)\w*)\(/gm)].map(
    ([, name]) => name,
  );
  if (names.length === 0) console.error(`${basename(file)} has no test of its own, only helpers`);
  return names;
}

function eventsOf(stdout) {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function showFailures(events) {
  const failures = new Set(
    events.filter(({ Action }) => Action === 'fail').map(({ Package, Test }) => `${Package} ${Test}`),
  );
  for (const { Action, Package, Test, Output } of events) {
    if (Action === 'output' && failures.has(`${Package} ${Test}`)) process.stdout.write(Output);
    if (Action === 'build-output') process.stdout.write(Output);
  }
}

function count(events, action) {
  return events.filter(({ Action, Test }) => Action === action && Test !== undefined).length;
}
