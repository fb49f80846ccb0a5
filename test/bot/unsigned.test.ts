import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { GOOD, scenario } from './helpers.ts';
import { captured, deliver } from './webhook.ts';

test('a webhook without a signature, or with another one, does nothing', async () => {
  const at = await scenario();
  const bot = await at.start();
  let head = '';
  const webhook = await captured(at.github, async () => {
    head = (await at.open(GOOD)).headSha;
  });
  const body = JSON.stringify(webhook.payload);
  for (const signature of [{}, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }]) {
    const { status } = await fetch(bot.webhookUrl, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': webhook.event,
        'x-github-delivery': randomUUID(),
        ...signature,
      },
    });
    expect(status).toBeGreaterThanOrEqual(400);
  }
  await bot.idle();
  expect(at.github.checkRuns(head)).toEqual([]);
  // The same, signed, is reviewed.
  expect(await deliver(at.github, bot, webhook)).toBe(200);
  await bot.idle();
  expect(at.github.checkRuns(head)).toHaveLength(4);
});
