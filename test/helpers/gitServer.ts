import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';

/** A request that the server was asked, and what it cost. */
interface ServedRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
  /** Bytes of the answer's body. */
  readonly bytes: number;
}

export interface GitServer {
  /** The address of a repository, without credentials. */
  urlOf(name: string): string;
  readonly requests: readonly ServedRequest[];
  /** While not null every request is answered with this status. */
  failWith: number | null;
  close(): Promise<void>;
}

/**
 * Serves Git repositories over smart HTTP by the real `git http-backend`, as GitHub does:
 * any commit can be asked for by its id, and fetches can be filtered.
 * @param options.repositories folders with the objects, by name such as `acme/gitops`.
 * @param options.token wanted as basic auth with the user `x-access-token`; null: public.
 */
export async function startGitServer(options: {
  readonly repositories: Readonly<Record<string, string>>;
  readonly token: string | null;
  readonly filters?: boolean;
  /** 1: as old servers speak, which know nothing of version 2. */
  readonly protocol?: 1 | 2;
}): Promise<GitServer> {
  const requests: ServedRequest[] = [];
  const state = { failWith: null as number | null };
  const server = createServer((request, response) => {
    const authorization = request.headers.authorization ?? null;
    let bytes = 0;
    const write = response.write.bind(response);
    const count = (chunk: Uint8Array) => {
      bytes += chunk.length;
      return write(chunk);
    };
    response.once('close', () =>
      requests.push({ method: request.method ?? '', url: request.url ?? '', authorization, bytes }),
    );
    const status = state.failWith ?? refusal(authorization, options.token);
    const repository = Object.entries(options.repositories).find(([name]) =>
      request.url?.startsWith(`/${name}.git/`),
    );
    if (status !== null) refuse(response, status);
    else if (repository === undefined) refuse(response, 404);
    else
      serve(request, response, {
        repository,
        count,
        filters: options.filters ?? true,
        protocol: options.protocol ?? 2,
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Always an address with a port: the server listens on TCP.
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    requests,
    urlOf: (name: string) => `http://127.0.0.1:${port}/${name}.git`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function refusal(authorization: string | null, token: string | null): number | null {
  if (token === null) return null;
  const wanted = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  return authorization?.toLowerCase() === wanted.toLowerCase() ? null : 401;
}

function refuse(response: ServerResponse, status: number): void {
  const headers = status === 401 ? { 'www-authenticate': 'Basic realm="git"' } : {};
  response.writeHead(status, headers).end(`status ${status}\n`);
}

interface Service {
  readonly repository: readonly [name: string, folder: string];
  readonly count: (chunk: Uint8Array) => boolean;
  readonly filters: boolean;
  readonly protocol: 1 | 2;
}

/** https://git-scm.com/docs/git-http-backend: a CGI program (RFC 3875). */
function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { repository: [name, folder], count, filters, protocol }: Service,
): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_0: 'uploadpack.allowFilter',
      GIT_CONFIG_VALUE_0: String(filters),
      GIT_CONFIG_KEY_1: 'uploadpack.allowAnySHA1InWant',
      GIT_CONFIG_VALUE_1: 'true',
      GIT_CONFIG_KEY_2: 'safe.directory',
      GIT_CONFIG_VALUE_2: '*',
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: protocol === 1 ? '' : String(request.headers['git-protocol'] ?? ''),
      PATH_TRANSLATED: `${folder}${url.pathname.slice(`/${name}.git`.length)}`,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      REMOTE_USER: 'x-access-token',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  // The client may go away in the middle; then the program has nobody to talk to.
  child.stdin.on('error', () => {});
  body.pipe(child.stdin);
  response.once('close', () => child.kill());

  let head: Buffer | null = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === null) {
      count(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = head
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => line.split(/: */, 2));
    const status = headers.find(([header]) => header?.toLowerCase() === 'status')?.[1];
    for (const [header = '', value = ''] of headers) {
      if (header.toLowerCase() !== 'status') response.setHeader(header, value);
    }
    response.statusCode = status === undefined ? 200 : Number.parseInt(status, 10);
    const rest = head.subarray(end + 4);
    head = null;
    if (rest.length > 0) count(rest);
  });
  child.once('close', () => response.end());
}
