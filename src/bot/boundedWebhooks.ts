import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Probot } from 'probot';

/** GitHub sends no more. https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap */
const MOST_BYTES = 25 * 2 ** 20;

/** A Probot that refuses webhooks with larger bodies than GitHub's before it reads them, signed or not. */
export function boundedWebhooks(base: typeof Probot): typeof Probot {
  return class extends base {
    override async getNodeMiddleware(
      ...options: Parameters<Probot['getNodeMiddleware']>
    ): ReturnType<Probot['getNodeMiddleware']> {
      const handle = await super.getNodeMiddleware(...options);
      return async (request, response, next) =>
        (await isTooLarge(request)) ? refuse(response) : handle(request, response, next);
    }
  };
}

async function isTooLarge(request: IncomingMessage): Promise<boolean> {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (length !== undefined) return Number(length) > MOST_BYTES;
  // Without its signature nobody would read it.
  if (coding === undefined || request.headers['x-hub-signature-256'] === undefined) return false;
  const body = await readAtMost(request, MOST_BYTES);
  if (body === null) return true;
  // Probot takes a body that was read already.
  Object.assign(request, { body });
  return false;
}

/** Null where there is more. */
async function readAtMost(request: IncomingMessage, most: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The rest is left unread, and the request is still to be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > most) return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse): boolean {
  // Closing leaves what the sender still says unread.
  response.writeHead(413, { connection: 'close', 'content-type': 'text/plain' });
  response.end('a webhook of more than 25 MB is refused\n');
  return true;
}
