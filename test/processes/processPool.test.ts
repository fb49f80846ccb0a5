import { describe, expect, test } from '@jest/globals';
import { type PooledProcess, ProcessPool } from '../../src/processes/processPool.ts';

interface Numbered extends PooledProcess {
  readonly number: number;
}

/** A pool of one process at a time, which are numbered as they are started, and those that were ended. */
function pool(options: { mostUses?: number } = {}) {
  const ended: number[] = [];
  let started = 0;
  const start = (): Numbered => {
    let alive = true;
    const number = ++started;
    return {
      number,
      get alive() {
        return alive;
      },
      kill: async () => {
        if (alive) ended.push(number);
        alive = false;
      },
    };
  };
  return { ended, pool: new ProcessPool({ size: 1, start, ...options }) };
}

const numberOf = async ({ number }: Numbered) => number;
const limits = { timeout: 60_000 };

describe('a process', () => {
  test('is kept for the next piece of work', async () => {
    const { pool: kept, ended } = pool();
    expect([await kept.use(numberOf, limits), await kept.use(numberOf, limits)]).toEqual([1, 1]);
    await kept.close();
    expect(ended).toEqual([1]);
  });

  test('is replaced after so many pieces of work', async () => {
    const { pool: kept, ended } = pool({ mostUses: 2 });
    const numbers = [];
    for (let count = 0; count < 5; count++) numbers.push(await kept.use(numberOf, limits));
    expect(numbers).toEqual([1, 1, 2, 2, 3]);
    expect(ended).toEqual([1, 2]);
  });

  test.each([
    ['an error', () => Promise.reject(new Error('wrong')), 'wrong'],
    ['a time-out', () => new Promise(() => {}), 'it took longer than 0.01 s'],
  ])('is replaced after %s', async (_, work, message) => {
    const { pool: kept, ended } = pool();
    await expect(kept.use(work, { timeout: 10 })).rejects.toThrow(message);
    expect(ended).toEqual([1]);
    expect(await kept.use(numberOf, limits)).toBe(2);
  });

  test('is replaced where it ended while nobody used it', async () => {
    const { pool: kept } = pool();
    let first: Numbered | undefined;
    await kept.use(async (process) => {
      first = process;
    }, limits);
    await first?.kill();
    expect(await kept.use(numberOf, limits)).toBe(2);
  });
});
