import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = string | Buffer | ((request: IncomingMessage, response: ServerResponse) => void);

export interface WebServer {
  /** Without trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Answers by path, query included; another path is answered with 404. */
  readonly answers: Map<string, Answer>;
  /** Paths that were asked for, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** A real web server on loopback. */
export async function startWebServer(answers: Readonly<Record<string, Answer>> = {}): Promise<WebServer> {
  const known = new Map(Object.entries(answers));
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const answer = known.get(path) ?? known.get('*');
    if (answer === undefined) response.writeHead(404).end('no such thing: the body');
    else if (typeof answer === 'function') answer(request, response);
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Always an address with a port: the server listens on TCP.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    answers: known,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer that sends elsewhere. */
export function redirectTo(location: string, status = 302): Answer {
  return (_, response) => response.writeHead(status, { location }).end();
}
