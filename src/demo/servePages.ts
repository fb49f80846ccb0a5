import type { ServerResponse } from 'node:http';
import { filePage, pullRequestPage } from './page.ts';
import type { Demo } from './scenario.ts';

/**
 * Shows the pull request, as it is at each request, and the files that the comment links to,
 * at the emulated GitHub's address.
 * @returns the pull request's address.
 */
export function servePages({ github, repository, view }: Demo): string {
  const { number } = view();
  const address = `/acme/gitops/pull/${number}`;
  github.servePage(new RegExp(`^(?:/|${address})$`), (_, response) => {
    send(response, 200, pullRequestPage(view()));
  });
  github.servePage(/^\/acme\/gitops\/blob\//, async ({ url = '' }, response) => {
    const [, commit, path] = /^\/acme\/gitops\/blob\/([0-9a-f]{40})\/([^?]+)/.exec(url) ?? [];
    const text = await readFile(repository, commit, path);
    if (text === null) send(response, 404, 'There is no such file.');
    else send(response, 200, filePage(decodeURIComponent(path ?? ''), text));
  });
  return `${github.url}${address}`;
}

async function readFile(
  repository: Demo['repository'],
  commit: string | undefined,
  path: string | undefined,
): Promise<string | null> {
  if (commit === undefined || path === undefined) return null;
  try {
    return await repository.git(['cat-file', 'blob', `${commit}:${decodeURIComponent(path)}`]);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(html);
}
