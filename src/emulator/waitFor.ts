import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL = 20;

/**
 * Asks again and again until there is an answer.
 * @returns the first answer that is neither false, null nor undefined.
 * @throws when the time is over, saying how things stand.
 */
export async function waitFor<T>(
  predicate: () => T | Promise<T>,
  {
    timeoutMs = 15_000,
    describe,
  }: { readonly timeoutMs: number | undefined; readonly describe: () => string },
): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await predicate();
    // What is left is what the type says.
    if (answer !== false && answer !== null && answer !== undefined)
      return answer as Exclude<T, false | null | undefined>;
    if (Date.now() >= end) throw new Error(`Waited ${timeoutMs} ms in vain.\n${describe()}`);
    await sleep(INTERVAL);
  }
}
