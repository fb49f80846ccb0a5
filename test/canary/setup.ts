import { inspect } from 'node:util';
import { afterAll, afterEach } from '@jest/globals';
import { takeLeaks, watch } from './watch.ts';

// What is sent to GitHub, by whatever client and from whatever test.
const send = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const body: unknown = init?.body ?? '';
  watch('a request that was sent', typeof body === 'string' ? body : inspect(body));
  return send(input, init);
};

function failOnLeaks(): void {
  const leaks = takeLeaks();
  if (leaks.length > 0) throw new Error(`Values of Secrets got out:\n${leaks.join('\n')}`);
}

afterEach(failOnLeaks);
afterAll(failOnLeaks);
