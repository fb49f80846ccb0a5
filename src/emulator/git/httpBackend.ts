import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { GIT_ENVIRONMENT } from './runGit.ts';

/**
 * Answers a Git request (smart HTTP) by the real `git http-backend`, a CGI program (RFC 3875).
 * https://git-scm.com/docs/git-http-backend
 * @param where.gitDir the bare repository.
 * @param where.path what follows the repository's name in the address, such as `/info/refs`.
 */
export function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  { gitDir, path }: { readonly gitDir: string; readonly path: string },
): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...GIT_ENVIRONMENT,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      PATH_TRANSLATED: `${gitDir}${path}`,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  // The client may go away in the middle; then the program has nobody to talk to.
  child.stdin.on('error', () => {});
  body.pipe(child.stdin);
  response.once('close', () => child.kill());
  child.once('error', () => response.writeHead(500).end('git could not be started\n'));
  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    child.stdout.off('data', readHead);
    setHead(response, head.subarray(0, end).toString());
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  };
  child.stdout.on('data', readHead);
  child.once('close', () => response.end());
}

function setHead(response: ServerResponse, head: string): void {
  for (const line of head.split('\r\n')) {
    const [header = '', value = ''] = line.split(/: */, 2);
    if (header.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(header, value);
  }
}
