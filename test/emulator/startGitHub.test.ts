import { afterEach, expect, test } from '@jest/globals';
import { type GitHubEmulator, type GitHubOptions, startGitHub } from '../../src/emulator/startGitHub.ts';

let github: GitHubEmulator;
afterEach(() => github.close());

async function statusOf(path: string, options: GitHubOptions): Promise<number> {
  github = await startGitHub(options);
  const response = await fetch(`${github.url}/api/v3${path}`);
  return response.status;
}

test('without descriptions only what is not emulated is a violation', async () => {
  expect(await statusOf('/repos/acme/gitops?colour=red', {})).toBe(401);
  expect(github.violations).toEqual([]);
  expect((await fetch(`${github.url}/gists`)).status).toBe(404);
  expect(github.violations).toEqual([{ kind: 'request', where: 'GET /gists', message: 'not emulated' }]);
});

test('requests and responses are held against the descriptions that are passed in', async () => {
  const conformance = {
    isDescribed: () => false,
    request: (where: string) => [{ kind: 'request', where, message: 'asked wrongly' }] as const,
    response: (where: string) => [{ kind: 'response', where, message: 'answered wrongly' }] as const,
    payload: () => [],
  };
  await statusOf('/app', { conformance });
  expect(github.violations.map(({ where, message }) => `${where}: ${message}`)).toEqual([
    'GET /app: asked wrongly',
    'GET /app: answered wrongly',
  ]);
  expect(() => github.assertConforming()).toThrow('- request of GET /app: asked wrongly');
  await fetch(`${github.url}/nothing`);
  expect(github.violations.at(-1)?.message).toBe('GitHub has no such operation');
});

test('a failure that comes in between is answered without any effect', async () => {
  const seen: string[] = [];
  const interfere = (method: string, path: string) => {
    seen.push(`${method} ${path}`);
    return Promise.resolve({ status: 502 });
  };
  expect(await statusOf('/app?page=1', { interfere })).toBe(502);
  expect(seen).toEqual(['GET /app']);
});
