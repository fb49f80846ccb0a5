import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Watch } from './conformance.ts';
import type { Failure, Interference } from './failure.ts';
import { serveGit } from './git/httpBackend.ts';
import { gitToken } from './rest/authenticate.ts';
import { type Answer, ApiError, allows, isFor } from './rest/call.ts';
import { checkRest, serveRest } from './rest/serveRest.ts';
import type { Repository, World } from './world.ts';

/** A request that was answered; without its headers, so without tokens. */
export interface LoggedRequest {
  readonly method: string;
  /** Without `/api/v3`, with the query. */
  readonly path: string;
  /** 0 when the connection was ended without an answer. */
  readonly status: number;
}

export interface Page {
  readonly pattern: RegExp;
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
}

interface Parts {
  readonly world: World;
  readonly interfere: Interference;
  readonly watch: Watch;
  readonly requests: LoggedRequest[];
  readonly pages: Page[];
}

/** Listens on a free port of this machine (or the given one), and sets the world's address. */
export async function startServer(parts: Parts, port = 0): Promise<Server> {
  const server = createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      // A mistake of the emulator; whoever tests must see it.
      const where = `${request.method} ${request.url}`;
      parts.watch.violations.push({ kind: 'response', where, message: String(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // Always an address with a port: the server listens on TCP.
  parts.world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return server;
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').replace(/^\/api\/v3(?=\/)/, '');
  const [plain = ''] = path.split('?', 1);
  const page = parts.pages.find(({ pattern }) => pattern.test(plain));
  if (page !== undefined) {
    await page.handler(request, response);
    return;
  }
  const log = (status: number) => parts.requests.push({ method, path, status });
  const body = isGit(plain) ? '' : await readBody(request);
  const authorization = request.headers.authorization ?? null;
  const rest = { method, path, authorization, body: body === '' ? undefined : body };
  const failure = await parts.interfere(method, plain);
  if (failure !== null) {
    // GitHub's mistake does not excuse one of the App's.
    const { conformance, violations } = parts.watch;
    if (!isGit(plain)) violations.push(...checkRest(rest, conformance).violations);
    log(fail(response, failure));
  } else if (isGit(plain)) {
    response.once('close', () => log(response.statusCode));
    answerGit(parts.world, request, response);
  } else {
    const answered = await serveRest(parts.world, rest, parts.watch);
    // Before the client has it, and may look.
    log(answered.status);
    send(response, answered);
  }
}

/** @returns the status for the log. */
function fail(response: ServerResponse, { status, message, headers = {} }: Failure): number {
  if (status === 'hang-up') {
    response.destroy();
    return 0;
  }
  send(response, new ApiError(status, message ?? `Injected ${status}`, { headers }).answer);
  return status;
}

const GIT_PATH = /^\/([^/]+)\/([^/]+?)\.git(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

function isGit(path: string): boolean {
  return GIT_PATH.test(path);
}

function answerGit(world: World, request: IncomingMessage, response: ServerResponse): void {
  const [plain = ''] = (request.url ?? '').split('?', 1);
  const [, owner = '', name = '', path = ''] = GIT_PATH.exec(plain) ?? [];
  const repository = world.repository(owner, name);
  const refusal = refusalOf(world, repository, request);
  if (refusal === 401) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end('Bad credentials\n');
  } else if (repository === undefined || refusal === 404) {
    response.writeHead(404).end('Repository not found.\n');
  } else if (refusal === 403 || isPush(request)) {
    response.writeHead(403).end('Write access to repository not granted.\n');
  } else {
    serveGit(request, response, { gitDir: repository.gitDir, path });
  }
}

/** Why a Git request gets nothing; null when it may read. Who has no token is asked for one. */
function refusalOf(
  world: World,
  repository: Repository | undefined,
  { headers }: IncomingMessage,
): 401 | 403 | 404 | null {
  const authorization = headers.authorization ?? null;
  if (authorization === null && repository?.private === false) return null;
  const token = gitToken(world, authorization);
  if (token === null) return 401;
  if (repository === undefined || !isFor(token, repository)) return 404;
  return allows(token.permissions, { contents: 'read' }) ? null : 403;
}

/** The emulated GitHub takes none over HTTP. */
function isPush({ url = '' }: IncomingMessage): boolean {
  return /\/git-receive-pack$|[?&]service=git-receive-pack(?:&|$)/.test(url);
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'x-github-media-type': 'github.v3; format=json',
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
