import { findCanaries } from './scan.mjs';

/** What was found since somebody last asked. */
const leaks: string[] = [];

/**
 * Looks for values of Secrets in what leaves the code under test: what a command printed, a
 * bot logged, a review says. The test that is running fails (see setup.ts).
 */
export function watch(what: string, text: string): void {
  for (const { form, line } of findCanaries(text)) {
    const leak = `${what}, line ${line}: the value of a Secret (${form})`;
    leaks.push(leak);
    // After the last test nobody can fail any more; the run finds this line in its own output.
    console.error(`canary-leak: ${leak}`);
  }
}

/** What was found, once. */
export function takeLeaks(): string[] {
  return leaks.splice(0);
}
