import { expect, test } from '@jest/globals';
import { RateLimits } from '../../src/bot/rateLimits.ts';

/** An answer of GitHub that is an error. */
function refusal(status: number, headers: Readonly<Record<string, string>> = {}, message = 'no'): Error {
  return Object.assign(new Error(message), { status, response: { headers } });
}

/** Limits whose pauses end when they are told to. */
function watched() {
  const pauses: { readonly milliseconds: number; readonly end: () => void }[] = [];
  const limits = new RateLimits({
    onPause: () => {},
    pause: (milliseconds, signal) =>
      new Promise((end, fail) => {
        pauses.push({ milliseconds, end });
        signal.addEventListener('abort', () => fail(signal.reason));
      }),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { limits, pauses, settled };
}

/** A request that is refused so often, and then answered. */
function answering(...refusals: readonly Error[]): () => Promise<string> {
  const left = [...refusals];
  return async () => {
    const next = left.shift();
    if (next !== undefined) throw next;
    return 'answer';
  };
}

test.each([
  ['Retry-After', refusal(403, { 'retry-after': '7' }), 7000],
  ['Retry-After of another status', refusal(429, { 'retry-after': '7' }), 7000],
  ['its words alone', refusal(403, {}, 'You have exceeded a secondary rate limit.'), 60_000],
  ['its status alone', refusal(429), 60_000],
])('a limit that is told by %s is waited for', async (_, error, milliseconds) => {
  const { limits, pauses, settled } = watched();
  const sent = limits.send('one', answering(error));
  await settled();
  expect(pauses.map((pause) => pause.milliseconds)).toEqual([milliseconds]);
  pauses[0]?.end();
  expect(await sent).toBe('answer');
});

test('a spent budget is waited for until it is given anew', async () => {
  const { limits, pauses, settled } = watched();
  const reset = String(Math.floor(Date.now() / 1000) + 600);
  void limits.send(
    'one',
    answering(refusal(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset })),
  );
  await settled();
  expect(pauses[0]?.milliseconds).toBeGreaterThan(598_000);
  expect(pauses[0]?.milliseconds).toBeLessThanOrEqual(601_000);
});

test.each([
  ['a missing permission', refusal(403, { 'x-ratelimit-remaining': '4000' })],
  ['a server that is down', refusal(503, { 'retry-after': '7' })],
  ['a pause of more than an hour', refusal(403, { 'retry-after': '90000' })],
])('%s is told at once', async (_, error) => {
  const { limits, pauses } = watched();
  await expect(limits.send('one', answering(error))).rejects.toBe(error);
  expect(pauses).toEqual([]);
});

test('while one request waits, no other of the same account is sent, and those of others are', async () => {
  const { limits, pauses, settled } = watched();
  const order: string[] = [];
  const send = (account: string, request: () => Promise<string>, name: string) =>
    void limits.send(account, request).then(() => order.push(name));
  send('one', answering(refusal(429)), 'first');
  await settled();
  send('one', answering(), 'second');
  send('other', answering(), 'third');
  await settled();
  expect(order).toEqual(['third']);
  pauses[0]?.end();
  await settled();
  expect(order.toSorted()).toEqual(['first', 'second', 'third']);
});

test('a limit without an end is given up, after longer and longer pauses', async () => {
  const { limits, pauses, settled } = watched();
  const error = refusal(429);
  const sent = expect(limits.send('one', answering(...Array(9).fill(error)))).rejects.toBe(error);
  for (let index = 0; index < 5; index++) {
    await settled();
    pauses[index]?.end();
  }
  await sent;
  expect(pauses.map(({ milliseconds }) => milliseconds / 60_000)).toEqual([1, 2, 4, 8, 16]);
});

test('what waits when the bot stops fails with the reason', async () => {
  const { limits, settled } = watched();
  const reason = new Error('the bot stops');
  const sent = expect(limits.send('one', answering(refusal(429)))).rejects.toBe(reason);
  await settled();
  limits.close(reason);
  await sent;
});
