import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from '@jest/globals';
import { scenario } from './helpers.ts';

const SIGNED = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
const MEGABYTE = 2 ** 20;

/** Sends the head of a webhook and no more than so much of its body. @returns the status of the answer. */
async function answered(
  webhookUrl: string,
  headers: Record<string, string>,
  body = Buffer.alloc(0),
): Promise<number | undefined> {
  const sent = request(webhookUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'ping',
      'x-github-delivery': randomUUID(),
      ...headers,
    },
  });
  // The other side closes while it is still written.
  sent.on('error', () => undefined);
  sent.flushHeaders();
  sent.write(body);
  const [response] = await once(sent, 'response');
  sent.destroy();
  return response.statusCode;
}

test.each([
  ['signed', SIGNED],
  ['unsigned', {}],
])('a body of more than 25 MB is refused before it is read: %s', async (_, headers) => {
  const { webhookUrl } = await (await scenario()).start();
  const length = String(25 * MEGABYTE + 1);
  expect(await answered(webhookUrl, { ...headers, 'content-length': length })).toBe(413);
});

test('a body that does not tell its length is refused once it has more', async () => {
  const { webhookUrl } = await (await scenario()).start();
  const endless = { ...SIGNED, 'transfer-encoding': 'chunked' };
  expect(await answered(webhookUrl, endless, Buffer.alloc(25 * MEGABYTE + 1, ' '))).toBe(413);
});

test('a smaller one that does not tell its length is read, and its signature looked at', async () => {
  const { webhookUrl } = await (await scenario()).start();
  const response = await fetch(webhookUrl, {
    method: 'POST',
    // A stream has no length.
    body: new Blob(['{}']).stream(),
    duplex: 'half',
    headers: {
      ...SIGNED,
      'content-type': 'application/json',
      'x-github-event': 'ping',
      'x-github-delivery': randomUUID(),
    },
  });
  expect({ status: response.status, body: await response.text() }).toEqual({
    status: 400,
    body: expect.stringContaining('signature does not match'),
  });
});
