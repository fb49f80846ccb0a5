import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { PolicyWorkers, type Running } from '../../../src/checks/policies/policyWorkers.ts';

/** The shortest module that there is: a worker reads it, and waits for questions. */
const EMPTY = Buffer.from('0061736d01000000', 'hex');
const MEMORY = 2 ** 24;

const taken: Running[] = [];
afterEach(async () => {
  for (const { worker } of taken.splice(0)) await worker.terminate();
});

function take(workers: PolicyWorkers, wanted: Partial<Parameters<PolicyWorkers['take']>[0]> = {}): Running {
  const running = workers.take({ wasm: EMPTY, memoryBytes: MEMORY, data: '{}', ...wanted });
  taken.push(running);
  return running;
}

test('a worker that was given back is taken again, by the policies as they are', () => {
  const workers = new PolicyWorkers();
  const first = take(workers);
  workers.giveBack({ ...first, data: '{}' });
  expect(take(workers, { wasm: Buffer.from(EMPTY) }).worker).toBe(first.worker);
});

test('a worker that is at work is not taken', () => {
  const workers = new PolicyWorkers();
  expect(take(workers).worker).not.toBe(take(workers).worker);
});

test('other policies and other limits need another worker', () => {
  const workers = new PolicyWorkers();
  const first = take(workers);
  workers.giveBack(first);
  const other = Buffer.concat([EMPTY, Buffer.from('000100', 'hex')]);
  expect(take(workers, { wasm: other }).worker).not.toBe(first.worker);
  expect(take(workers, { memoryBytes: 2 * MEMORY }).worker).not.toBe(first.worker);
});

test('of several the one that has the data is taken', () => {
  const workers = new PolicyWorkers();
  const [one, other] = [take(workers), take(workers)];
  workers.giveBack({ ...one, data: '{"a":1}' });
  workers.giveBack({ ...other, data: '{"a":2}' });
  expect(take(workers, { data: '{"a":1}' }).worker).toBe(one.worker);
});

test('a worker that ended while it waited is not taken', async () => {
  const workers = new PolicyWorkers();
  const first = take(workers);
  workers.giveBack(first);
  const ended = once(first.worker, 'exit');
  await first.worker.terminate();
  await ended;
  expect(take(workers).worker).not.toBe(first.worker);
});
