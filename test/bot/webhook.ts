import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { RunningBot } from '../../src/bot/start.ts';
import type { GitHubEmulator } from '../../src/emulator/startGitHub.ts';

/** An event as GitHub tells it. */
export interface Webhook {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The webhook that something at GitHub sends; the bot does not get it. */
export async function captured(github: GitHubEmulator, something: () => Promise<unknown>): Promise<Webhook> {
  const got: Webhook[] = [];
  const server = createServer((request, response) => {
    void json(request).then((payload) => {
      // Its form was checked by the emulator.
      got.push({ event: String(request.headers['x-github-event']), payload: payload as Webhook['payload'] });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bot = github.webhookUrl;
  // It listens on TCP.
  github.webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await something();
  github.webhookUrl = bot;
  server.close();
  const [webhook] = got;
  if (webhook === undefined) throw new Error('nothing was sent');
  return webhook;
}

/** Sends a webhook to the bot as GitHub does. @returns the status that it is answered with. */
export async function deliver(
  { app }: GitHubEmulator,
  bot: RunningBot,
  { event, payload }: Webhook,
): Promise<number> {
  const body = JSON.stringify(payload);
  const response = await fetch(bot.webhookUrl, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', app.webhookSecret).update(body).digest('hex')}`,
    },
  });
  return response.status;
}
