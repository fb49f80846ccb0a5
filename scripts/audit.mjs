// Asks whether what Hydrant ships has known vulnerabilities: npm's registry about the packages, Go's
// database about the engine. Fails where there are some. Where nobody answers, that is said.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { npmAnswer } from './audit/npmAnswer.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Go's database of vulnerabilities: https://go.dev/doc/security/vuln/database */
const DATABASE = 'https://vuln.go.dev/index/db.json';
const GOVULNCHECK = 'golang.org/x/vuln/cmd/govulncheck@v1.9.0';
/** `govulncheck` exits with it where it found something. */
const FOUND = 3;
const PATIENCE_MS = 20_000;

const isClean = [packagesAreClean(), await engineIsClean()];
process.exitCode = isClean.includes(false) ? 1 : 0;

function packagesAreClean() {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: root, encoding: 'utf8' });
  const found = npmAnswer(stdout ?? '');
  if (found === null) return notAsked('npm audit', 'the registry gave no report');
  console.log(`npm audit: ${found.length === 0 ? 'nothing known' : found.join(', ')}`);
  return found.length === 0;
}

async function engineIsClean() {
  const answer = await fetch(DATABASE, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (answer?.ok !== true) return notAsked('govulncheck', `${DATABASE} gave no answer`);
  const env = { ...process.env, CGO_ENABLED: '0', GOBIN: `${root}dist/peers` };
  const options = { cwd: `${root}engine`, stdio: 'inherit', env };
  // `go run` would hide the exit code.
  const installed = spawnSync('go', ['install', GOVULNCHECK], options).status === 0;
  if (!installed) return notAsked('govulncheck', 'it could not be built');
  const { status } = spawnSync(`${root}dist/peers/govulncheck`, ['./...'], options);
  if (status !== 0 && status !== FOUND) return notAsked('govulncheck', `it ended with ${status}`);
  return status === 0;
}

/** It is not known whether there is something: that fails nothing, and is not called clean. */
function notAsked(who, why) {
  console.log(`${who}: COULD NOT BE ASKED (${why})`);
  return null;
}
