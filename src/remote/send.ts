import type { IncomingHttpHeaders } from 'node:http';
import pRetry from 'p-retry';
import { type Dispatcher, request } from 'undici';
import { shownAddress } from '../model/remoteInputs.ts';
import { type Limits, shownSize } from './limits.ts';
import { Refusal } from './refusal.ts';
import { explainTransportFailure, isPassing } from './transportFailure.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body of a success; empty otherwise. */
  readonly bytes: Uint8Array;
}

/** One request; a redirect is an answer to it. */
interface Hop {
  readonly url: URL;
  readonly maxBytes: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  readonly body?: Uint8Array | undefined;
}

/**
 * Asks at an address, again after failures that pass.
 * @throws {Refusal} where there is no whole answer, or one of a server that fails.
 * @throws the signal's reason, once it is aborted.
 */
export async function send(hop: Hop, limits: Limits, signal: AbortSignal): Promise<HttpAnswer> {
  const attempt = () => sendOnce(hop, signal).catch((error: unknown) => Promise.reject(new Failed(error)));
  try {
    return await pRetry(attempt, {
      retries: limits.retries,
      minTimeout: 250,
      factor: 3,
      signal,
      shouldRetry: ({ error }) => {
        const cause = error instanceof Failed ? error.cause : error;
        return cause instanceof ServerFailure || isPassing(cause);
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw refusalOf(error instanceof Failed ? error.cause : error, hop, limits);
  }
}

function refusalOf(error: unknown, { url }: Hop, { connectMs }: Limits): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof ServerFailure)) return explainTransportFailure(error, url, connectMs);
  const again = 'it is fetched again with the next review';
  return new Refusal(`${shownAddress(url.href)} answers with status ${error.status}; ${again}`, {
    passes: true,
  });
}

/** An attempt that failed, whatever kind of thing was thrown. */
class Failed extends Error {
  constructor(cause: unknown) {
    super('failed', { cause });
  }
}

class ServerFailure extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

async function sendOnce(
  { url, maxBytes, headers, dispatcher, body: sent }: Hop,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const answer = await request(url, {
    dispatcher,
    signal,
    headers: { 'user-agent': 'hydrant', ...headers },
    ...(sent === undefined ? {} : { method: 'POST' as const, body: sent }),
  });
  const { statusCode: status, body } = answer;
  // An abandoned body emits an error event, which would end the process without a listener.
  body.on('error', () => {});
  if (status < 200 || status > 299) {
    body.destroy();
    if (status >= 500 || status === 429) throw new ServerFailure(status);
    return { status, headers: answer.headers, bytes: new Uint8Array() };
  }
  const bytes = await readUpTo(maxBytes, answer);
  if (bytes === undefined) {
    const limit = `${shownSize(maxBytes)}, which is the most that is fetched`;
    throw new Refusal(`${shownAddress(url.href)} sends more than ${limit}`);
  }
  return { status, headers: answer.headers, bytes };
}

/** A body as a whole; undefined where it is larger. */
async function readUpTo(
  maxBytes: number,
  { headers, body }: Dispatcher.ResponseData,
): Promise<Uint8Array | undefined> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    body.destroy();
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
