import { describe, expect, test } from '@jest/globals';
import { BAD, GOOD, scenario } from './helpers.ts';

const names = (conclusions: Record<string, string | null>) => Object.values(conclusions);

describe('what goes wrong', () => {
  test('a bot that was stopped in the middle takes the pull request up when it starts again', async () => {
    const at = await scenario();
    const first = await at.start((review) => async (request) => {
      await new Promise((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason)),
      );
      return review(request);
    });
    const pull = await at.open(GOOD);
    await at.github.waitFor(() => (at.github.checkRuns(pull.headSha).length === 4 ? true : undefined));
    await first.stop();
    expect(at.github.checkRuns(pull.headSha).map(({ status }) => status)).toEqual(
      Array(4).fill('in_progress'),
    );
    await at.start();
    expect(names(await at.concluded(pull.headSha))).toEqual(Array(4).fill('success'));
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test.each([500, 502])('GitHub that answers %d once is asked again', async (status) => {
    const at = await scenario();
    await at.start();
    at.github.failNext({ method: 'POST', path: /\/check-runs$/, status });
    const pull = await at.open(GOOD);
    expect(names(await at.concluded(pull.headSha))).toEqual(Array(4).fill('success'));
  });

  test('a comment that GitHub refuses leaves the check runs delivered', async () => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ method: 'POST', path: /\/comments$/, status: 403, times: 10 });
    const pull = await at.open(BAD);
    expect(names(await at.concluded(pull.headSha))).toContain('failure');
    await bot.idle();
    expect(at.github.comments(pull)).toEqual([]);
    expect(at.log()).toContain('the comment could not be written');
  });

  test('check runs that GitHub refuses leave the comment delivered', async () => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ method: 'POST', path: /\/check-runs$/, status: 403, times: 100 });
    const pull = await at.open(GOOD);
    await at.github.waitFor(() => at.github.comments(pull)[0]);
    await bot.idle();
  });

  test('a token that expired is replaced', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(BAD);
    await at.concluded(pull.headSha);
    await bot.idle();
    at.github.expireTokens();
    const fixed = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, fixed);
    expect(names(await at.concluded(fixed))).toEqual(Array(4).fill('success'));
  });

  test('a head that no longer exists is concluded as such', async () => {
    const at = await scenario();
    await at.start((review) => (request) => review({ ...request, head: '1'.repeat(40) }));
    const pull = await at.open(GOOD);
    expect(names(await at.concluded(pull.headSha))).toEqual(Array(4).fill('cancelled'));
    expect(at.github.checkRuns(pull.headSha)[0]?.title).toBe('The head no longer exists');
  });

  test('a force-push in between: both heads are concluded, the comment is about the newest', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(BAD);
    const old = pull.headSha;
    const forced = await at.files.commit(GOOD, { branch: 'forced', parent: at.base });
    await at.github.push(pull, forced);
    expect(names(await at.concluded(forced))).toEqual(Array(4).fill('success'));
    await bot.idle();
    const started = at.github.checkRuns(old);
    expect(started.every(({ status }) => status === 'completed')).toBe(true);
    expect(at.github.comments(pull).map(({ body }) => body.includes(forced))).toEqual([true]);
  });

  test('an error of ours concludes the check runs, says so, and can be found in the log', async () => {
    const at = await scenario();
    await at.start(() => async () => {
      throw new Error('something unforeseen');
    });
    const pull = await at.open(GOOD);
    expect(names(await at.concluded(pull.headSha))).toEqual(Array(4).fill('failure'));
    const [run] = at.github.checkRuns(pull.headSha);
    expect(run?.title).toBe('Hydrant could not finish');
    const reference = /reference: `([0-9a-f-]+)`/.exec(run?.summary ?? '')?.[1] ?? 'none';
    expect(at.log()).toContain(reference);
  });

  test('neither tokens nor values of Secrets get into the log', async () => {
    const at = await scenario();
    const bot = await at.start();
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n  a: canary-bot\n';
    const pull = await at.open({ 'app/c.yaml': secret });
    expect((await at.concluded(pull.headSha))['hydrant/secrets']).toBe('failure');
    await bot.idle();
    expect(at.log()).not.toMatch(/canary-|ghs_[A-Za-z0-9]+/);
    expect(at.github.comments(pull)[0]?.body).not.toContain('canary-');
  });
});
