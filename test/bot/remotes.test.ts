import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Job } from '../../src/bot/job.ts';
import { createRetries } from '../../src/bot/retries.ts';
import { remotesOfReview } from '../../src/remote/remotesOfReview.ts';
import { type GitServer, startGitServer } from '../helpers/gitServer.ts';
import { createFolder, createRepository, type TestRepository } from '../helpers/repository.ts';

describe('a Git repository beside the one under review', () => {
  let upstream: TestRepository;
  let git: GitServer;
  let dataDir: string;
  beforeEach(async () => {
    upstream = await createRepository();
    await upstream.commit({ a: 'b' });
    const repositories = { 'acme/base': upstream.gitDir, 'other/base': upstream.gitDir };
    git = await startGitServer({ repositories, token: 'installation' });
    dataDir = await createFolder();
  });
  afterEach(async () => {
    await git.close();
    await upstream.remove();
  });

  const fetched = (
    repository: string,
    { owner = 'acme', localRemotes = true, cloneUrl = git.urlOf('acme/gitops') } = {},
  ) => {
    const { signal } = new AbortController();
    const request = { owner, cloneUrl, token: async () => 'installation', signal };
    const inputs = remotesOfReview(request, { dataDir, localRemotes, env: { HOME: dataDir } })({
      mode: 'listed',
      allow: [new URL(repository).origin],
    });
    return inputs.repository({ repository, ref: 'main' });
  };

  test('of the same installation is read by the token of the App', async () => {
    expect(await fetched(git.urlOf('acme/base'))).toEqual(
      expect.objectContaining({ commit: expect.any(String) }),
    );
    const [anonymous] = git.requests;
    expect(anonymous?.authorization).toBeNull();
  });

  test.each([
    ['of another owner', () => fetched(git.urlOf('other/base'))],
    [
      'on another host',
      () => fetched(git.urlOf('acme/base'), { cloneUrl: 'https://github.com/acme/gitops.git' }),
    ],
  ])('%s gets no token', async (_, ask) => {
    expect(await ask()).toEqual({ refused: expect.stringContaining('Hydrant has none to give') });
    expect(git.requests.every(({ authorization }) => authorization === null)).toBe(true);
  });

  test('is kept from the reviews of other owners', async () => {
    const found = await fetched(git.urlOf('acme/base'));
    const commit = 'commit' in found ? found.commit : '';
    const request = {
      owner: 'other',
      cloneUrl: git.urlOf('other/x'),
      token: async () => '',
      signal: new AbortController().signal,
    };
    const inputs = remotesOfReview(request, { dataDir, localRemotes: true, env: { HOME: dataDir } })({
      mode: 'listed',
      allow: [new URL(git.urlOf('x')).origin],
    });
    expect(await inputs.repository({ repository: git.urlOf('acme/base'), ref: commit })).toEqual({
      refused: expect.stringContaining('wants credentials'),
    });
  });

  test("on the bot's own network is not reached unless whoever runs the bot says so", async () => {
    expect(await fetched(git.urlOf('acme/base'), { localRemotes: false })).toEqual({
      refused: expect.stringContaining('leads to a loopback address'),
    });
    expect(git.requests).toEqual([]);
  });
});

describe('a review that lacks something which was not to be had', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const job: Job = { installationId: 1, owner: 'acme', repo: 'gitops', kind: 'pull', number: 7, head: 'a' };

  test('is done again after longer and longer pauses, and then no more', () => {
    const added: Job[] = [];
    const retries = createRetries((one) => added.push(one), [10, 100]);
    for (const [pause, count] of [
      [9, 0],
      [1, 1],
    ] as const) {
      if (count === 0) retries.later(job);
      jest.advanceTimersByTime(pause);
      expect(added).toHaveLength(count);
    }
    retries.later(job);
    jest.advanceTimersByTime(99);
    expect(added).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(added).toEqual([job, job]);
    retries.later(job);
    jest.advanceTimersByTime(1000);
    expect(added).toHaveLength(2);
    // Another head has tries of its own.
    retries.later({ ...job, head: 'b' });
    jest.advanceTimersByTime(10);
    expect(added).toHaveLength(3);
  });

  test('is not done again once it found all, nor by a bot that stops', () => {
    const added: Job[] = [];
    const retries = createRetries((one) => added.push(one), [10]);
    retries.later(job);
    retries.done(job);
    retries.later({ ...job, number: 8 });
    retries.close();
    jest.advanceTimersByTime(100);
    expect(added).toEqual([]);
  });
});
