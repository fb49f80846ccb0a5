import { expect, test } from '@jest/globals';
import { Endings } from '../../src/bot/endings.ts';
import type { Job } from '../../src/bot/job.ts';
import { ReviewQueue } from '../../src/bot/queue.ts';

const job = (repo: string, number: number): Job => ({
  kind: 'pull',
  installationId: 1,
  owner: 'acme',
  repo,
  number,
  head: 'a',
});

/** A queue of four places whose jobs end when they are stopped or told to. */
function watched(endings = new Endings()) {
  const running: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = new ReviewQueue(
    async (one, signal, inTurn) =>
      inTurn(async () => {
        const name = `${one.repo}${one.kind === 'pull' ? one.number : ''}`;
        running.push(name);
        await new Promise<void>((end) => {
          ends.set(name, end);
          signal.addEventListener('abort', () => end());
          if (signal.aborted) end();
        });
        running.splice(running.indexOf(name), 1);
      }),
    { endings },
  );
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { queue, running, settled, end: (name: string) => ends.get(name)?.() };
}

test('reviews of one repository that never end leave a place to another', async () => {
  const { queue, running, settled, end } = watched();
  for (const number of [1, 2, 3, 4, 5]) queue.add(job('hanging', number));
  queue.add(job('honest', 1));
  await settled();
  expect(running).toEqual(['hanging1', 'hanging2', 'hanging3', 'honest1']);
  end('honest1');
  await settled();
  queue.add(job('honest', 2));
  await settled();
  expect(running).toEqual(['hanging1', 'hanging2', 'hanging3', 'honest2']);
  await queue.close();
});

test('a place goes to the repository that has fewest, whoever waits longer', async () => {
  const { queue, running, settled, end } = watched();
  for (const number of [1, 2, 3, 4]) queue.add(job('busy', number));
  for (const number of [1, 2, 3]) queue.add(job('other', number));
  await settled();
  expect(running).toEqual(['busy1', 'busy2', 'busy3', 'other1']);
  end('busy1');
  await settled();
  expect(running).toEqual(['busy2', 'busy3', 'other1', 'other2']);
  await queue.close();
});

test('repositories whose last reviews exceeded their limits leave a place to all others', async () => {
  const endings = new Endings();
  for (const repo of ['one', 'two']) endings.exceeded({ owner: 'acme', repo });
  endings.finished({ owner: 'acme', repo: 'honest' });
  const { queue, running, settled, end } = watched(endings);
  for (const number of [1, 2, 3]) for (const repo of ['one', 'two', 'untried']) queue.add(job(repo, number));
  await settled();
  expect(running).toEqual(['one1', 'two1', 'untried1']);
  queue.add(job('honest', 1));
  await settled();
  expect(running).toEqual(['one1', 'two1', 'untried1', 'honest1']);
  end('honest1');
  // What it was doubted for is over: the work that waits takes the last place.
  endings.finished({ owner: 'acme', repo: 'two' });
  end('two1');
  await settled();
  expect(running).toEqual(['one1', 'untried1', 'two2', 'one2']);
  await queue.close();
});
