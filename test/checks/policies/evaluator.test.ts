import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Evaluator, type Limits } from '../../../src/checks/policies/evaluator.ts';
import { PolicyWorkers } from '../../../src/checks/policies/policyWorkers.ts';
import { SUPPLIED_BUILTINS } from '../../../src/checks/policies/suppliedBuiltins.ts';
import type { Evaluation } from '../../../src/checks/policies/worker/messages.ts';
import { EnginePool } from '../../../src/engine/pool.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** Of the package main. */
async function evaluatorOf(rules: string, limits: Partial<Limits> = {}, workers?: PolicyWorkers) {
  const reply = await engine.compileRego({
    modules: [{ path: 'main.rego', content: `package main\n\n${rules}\n` }],
    builtins: SUPPLIED_BUILTINS,
    form: 'conftest',
  });
  expect(reply.errors).toEqual([]);
  const entrypoints = (reply.entrypoints ?? []).map(({ path }) => path);
  return {
    entrypoints,
    evaluator: new Evaluator({
      wasm: Buffer.from(reply.wasm ?? '', 'base64'),
      entrypoints,
      limits,
      ...(workers !== undefined && { workers }),
    }),
  };
}

async function evaluate(rules: string, inputs: unknown[] = [{}], limits: Partial<Limits> = {}) {
  const { evaluator } = await evaluatorOf(rules, limits);
  return evaluator.evaluate(
    inputs.map((input) => JSON.stringify(input)),
    '{}',
  );
}

const ENDLESS = `
	some a in numbers.range(1, 100000)
	some b in numbers.range(1, 100000)
	a * b == -1`;

describe('an evaluator', () => {
  test('gives for each input the results of each entrypoint, in their order', async () => {
    const rows = await evaluate('deny contains input.x\n\nwarn contains "é" if input.x == 2', [
      { x: 1 },
      { x: 2 },
      'ü',
    ]);
    expect(rows).toEqual([
      [{ results: [1] }, { results: [] }],
      [{ results: [2] }, { results: ['é'] }],
      [{ results: [] }, { results: [] }],
    ]);
  });

  test('stops what never ends, and asks it no more; the rest is evaluated', async () => {
    const rules = `deny_a contains "a"\n\ndeny_b contains "b" if {\n\tinput.x == 2${ENDLESS}\n}\n\ndeny_c contains "c"`;
    const workers = new PolicyWorkers();
    let asked = 0;
    const take = workers.take.bind(workers);
    workers.take = (wanted) => {
      asked++;
      return take(wanted);
    };
    const { evaluator } = await evaluatorOf(rules, { timeoutMs: 2000 }, workers);
    const stopped: Evaluation[] = [
      { results: ['a'] },
      { error: 'it took longer than 2 s on one resource' },
      { results: ['c'] },
    ];
    expect(await evaluator.evaluate(['{"x":1}', '{"x":2}', '{"x":3}'], '{}')).toEqual([
      stopped,
      stopped,
      stopped,
    ]);
    asked = 0;
    expect(await evaluator.evaluate(['{"x":2}'], '{}')).toEqual([stopped]);
    // What is stopped is followed by a question without it.
    expect(asked).toBe(1);
  });

  test('ends what takes too long altogether', async () => {
    const slow = 'deny contains "x" if {\n\tsome a in numbers.range(1, 30000)\n\ta == input.x\n}';
    const rows = await evaluate(
      slow,
      Array.from({ length: 200 }, (_, index) => ({ x: index + 1 })),
      { totalMs: 40 },
    );
    expect(rows[0]).toEqual([{ results: ['x'] }]);
    expect(rows.at(-1)).toEqual([{ error: 'it took longer than 0.04 s altogether' }]);
  });

  test('limits the memory of a policy, and goes on with the next', async () => {
    const rows = await evaluate(
      'deny contains "x" if count(numbers.range(1, input.x)) > 0\n\nwarn contains "y"',
      [{ x: 10_000_000 }, { x: 1 }],
      { memoryBytes: 2 ** 24 },
    );
    expect(rows).toEqual([
      [{ error: 'it needed more than 16 MiB of memory' }, { results: ['y'] }],
      [{ results: ['x'] }, { results: ['y'] }],
    ]);
  });

  test('survives a policy that brings its thread down', async () => {
    // The functions that the evaluator supplies use the thread's memory, not WebAssembly's.
    const heavy =
      'deny contains "x" if count(regex.find_n("", sprintf("%10000000d", [1]), -1)) < 0\n\nwarn contains "y"';
    const { evaluator } = await evaluatorOf(heavy, { timeoutMs: 60_000 });
    const [row] = await evaluator.evaluate(['{}'], '{}');
    expect(row?.[0]).toEqual({ error: expect.stringMatching(/reaching memory limit/) });
    expect(row?.[1]).toEqual({ results: ['y'] });
  });

  test('rejects what is no WebAssembly, and says why', async () => {
    const evaluator = new Evaluator({ wasm: Buffer.from('nonsense'), entrypoints: ['main/deny'] });
    await expect(evaluator.evaluate(['{}'], '{}')).rejects.toThrow(/magic/);
  });

  test('starts anew after its worker was idle', async () => {
    const workers = new PolicyWorkers(20);
    const given: Worker[] = [];
    const giveBack = workers.giveBack.bind(workers);
    workers.giveBack = (running) => {
      given.push(running.worker);
      giveBack(running);
    };
    const { evaluator } = await evaluatorOf('deny contains input.x', {}, workers);
    expect(await evaluator.evaluate(['{"x":1}'], '{}')).toEqual([[{ results: [1] }]]);
    for (const worker of given) await once(worker, 'exit');
    expect(given).toHaveLength(1);
    expect(await evaluator.evaluate(['{"x":2}'], '{}')).toEqual([[{ results: [2] }]]);
    expect(new Set(given).size).toBe(2);
  });

  test('answers questions that are asked at the same time', async () => {
    const { evaluator } = await evaluatorOf('deny contains sprintf("%v %v", [input.x, data.y])');
    const answers = await Promise.all(
      [1, 2, 3].map((x) => evaluator.evaluate([JSON.stringify({ x })], JSON.stringify({ y: x }))),
    );
    expect(answers).toEqual([1, 2, 3].map((x) => [[{ results: [`${x} ${x}`] }]]));
  });
});
