import { describe, expect, test } from '@jest/globals';
import { all, BAD, GOOD, GREEN, type Scenario, scenario } from './helpers.ts';

const UNFINISHED =
  /^Nothing was validated, because of an error that is not the pull request's\. Run the check again, or comment `\/hydrant validate`\. The operator finds the error in the log by its reference: `([0-9a-f-]{36})`\.$/;

/** What the check runs of a commit say, which is the same of all. */
function said({ github }: Scenario, sha: string): string {
  const texts = new Set(github.checkRuns(sha).map(({ title, summary }) => `${title}\n${summary}`));
  expect(texts.size).toBe(1);
  return [...texts][0] ?? '';
}

/** The log's lines of level error: their message, and the error's. */
function errors(at: Scenario): { msg: string; error: string; reference?: string }[] {
  return at
    .log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ level }) => level >= 50)
    .map(({ msg, err, reference }) => ({ msg, error: err?.message, ...(reference && { reference }) }));
}

/** Holds that the commit's checks say that nothing was validated, and that the log has the error. */
function expectUnfinished(at: Scenario, sha: string, error: unknown): void {
  const [title = '', summary = ''] = said(at, sha).split('\n');
  expect(title).toBe('Hydrant could not finish');
  expect(summary).toMatch(UNFINISHED);
  const [, reference] = UNFINISHED.exec(summary) ?? [];
  expect(errors(at)).toContainEqual({ msg: 'a review failed', error, reference });
}

describe('GitHub that fails once is asked again, and nobody sees it', () => {
  test.each([
    ['the pull request', 500, { method: 'GET', path: /\/pulls\/1$/ }],
    ['the token', 502, { method: 'POST', path: /\/access_tokens$/ }],
    ['starting a check run', 502, { method: 'POST', path: /\/check-runs$/ }],
    ['concluding a check run', 500, { method: 'PATCH', path: /\/check-runs\/\d+$/ }],
    ['the comment', 502, { method: 'POST', path: /\/comments$/ }],
  ])('%s: %d', async (_, status, where) => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ ...where, status });
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toHaveLength(1);
    expect(errors(at)).toEqual([]);
  });
});

describe.each([500, 502, 403])('GitHub that keeps answering %d', (status) => {
  const times = 1000;

  test('to the comment: the check runs are delivered', async () => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ method: 'POST', path: /\/comments$/, status, times });
    const pull = await at.open(BAD);
    expect(await at.concluded(pull.headSha)).toEqual({ ...GREEN, 'hydrant/schemas': 'failure' });
    expect(await at.comments(bot, pull)).toEqual([]);
    expect(errors(at)).toEqual([
      { msg: 'the comment could not be written', error: expect.stringContaining(`Injected ${status}`) },
    ]);
  });

  test('to new check runs: the comment is delivered', async () => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ method: 'POST', path: /\/check-runs$/, status, times });
    const pull = await at.open(BAD);
    await at.github.waitFor(() => at.github.comments(pull)[0]);
    expect(await at.comments(bot, pull)).toEqual([expect.stringContaining('unknown field dato')]);
    expect(new Set(errors(at).map(({ msg }) => msg))).toEqual(
      new Set(['a check run could not be started', 'a check run could not be concluded']),
    );
  });

  test('to one check run: the others and the comment are delivered', async () => {
    const at = await scenario();
    const bot = await at.start();
    const held = at.github.hold({ path: /\/git-upload-pack$/ });
    const pull = await at.open(BAD);
    await at.started(pull.headSha);
    const [run] = at.github.checkRuns(pull.headSha);
    at.github.failNext({ method: 'PATCH', path: new RegExp(`/check-runs/${run?.id}$`), status, times });
    held.release();
    await at.github.waitFor(() => at.github.comments(pull)[0]);
    expect(await at.comments(bot, pull)).toHaveLength(1);
    const open = at.github.checkRuns(pull.headSha).filter((one) => one.status !== 'completed');
    expect(open.map(({ id }) => id)).toEqual([run?.id]);
    expect(errors(at).map(({ msg }) => msg)).toEqual(['a check run could not be concluded']);
  });

  test('to the question for the newest head: the conclusions stay', async () => {
    const at = await scenario();
    const bot = await at.start();
    const held = at.github.hold({ path: /\/git-upload-pack$/ });
    const pull = await at.open(BAD);
    await at.started(pull.headSha);
    at.github.failNext({ method: 'GET', path: /\/pulls\/1$/, status, times });
    held.release();
    const conclusions = { ...GREEN, 'hydrant/schemas': 'failure' };
    expect(await at.concluded(pull.headSha)).toEqual(conclusions);
    await bot.idle();
    expect(await at.concluded(pull.headSha)).toEqual(conclusions);
    expect(errors(at).map(({ msg }) => msg)).toEqual(['the comment could not be written']);
  });

  test('to the pull request: the head is concluded, and says so', async () => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ method: 'GET', path: /\/pulls\/1$/, status, times });
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(all('failure'));
    expectUnfinished(at, pull.headSha, expect.stringContaining(`Injected ${status}`));
    expect(await at.comments(bot, pull)).toEqual([]);
  });

  test('to git: the head is concluded, and says so', async () => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ path: /\.git\//, status, times });
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(all('failure'));
    const url = `${at.github.url}/acme/gitops.git`;
    const refused = `${url} does not allow the token to read it (403).`;
    const failed = `${url} answered with status ${status}; try again later.`;
    expectUnfinished(at, pull.headSha, status === 403 ? refused : failed);
    expect(await at.comments(bot, pull)).toEqual([]);
  });
});

describe('GitHub that asks to wait is waited for, and everything arrives', () => {
  const soon = () => String(Math.ceil(Date.now() / 1000));

  test.each([
    ['before a new check run', { method: 'POST', path: /\/check-runs$/ }],
    ['before the comment', { method: 'POST', path: /\/comments$/ }],
    ['before the question for the newest head', { method: 'GET', path: /\/pulls\/1$/ }],
  ])('%s', async (_, where) => {
    const at = await scenario();
    const bot = await at.start();
    // The words that go with it differ.
    at.github.failNext({ ...where, status: 403, headers: { 'retry-after': '1' }, message: 'Please wait.' });
    at.github.failNext({ ...where, status: 429, headers: { 'retry-after': '0' } });
    at.github.failNext({
      ...where,
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': soon() },
    });
    const pull = await at.open(BAD);
    expect(await at.concluded(pull.headSha)).toEqual({ ...GREEN, 'hydrant/schemas': 'failure' });
    expect(await at.comments(bot, pull)).toHaveLength(1);
    expect(errors(at)).toEqual([]);
    expect(at.log().match(/GitHub asks to wait/g)).toHaveLength(3);
  });

  test('for longer than the bot runs ends with it', async () => {
    const at = await scenario();
    const first = await at.start();
    at.github.failNext({
      method: 'POST',
      path: /\/check-runs$/,
      status: 403,
      headers: { 'retry-after': '3000' },
    });
    const pull = await at.open(GOOD);
    await at.github.waitFor(() => at.log().includes('GitHub asks to wait'));
    await first.stop();
    const bot = await at.start();
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toHaveLength(1);
  });
});

describe('GitHub that refuses what it is sent', () => {
  const CHECKS = /\/check-runs(?:\/\d+)?$/;
  const COMMENTS = /\/comments$/;

  /** A change with so many mistakes that no report of them is short. */
  const MANY = {
    'app/c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n${Array.from({ length: 300 }, (_, index) => `x${index}: 1\n`).join('')}`,
  };

  test('as too long gets a shorter report, without annotations', async () => {
    const at = await scenario();
    const bot = await at.start();
    Object.assign(at.github.limits, { checkText: 20_000, comment: 20_000 });
    const pull = await at.open(MANY);
    expect(await at.concluded(pull.headSha)).toEqual({ ...GREEN, 'hydrant/schemas': 'failure' });
    const [body = ''] = await at.comments(bot, pull);
    expect(body).toMatch(/\*\*\d+ more new findings\*\* not shown/);
    const run = at.github.checkRuns(pull.headSha).find(({ name }) => name === 'hydrant/schemas');
    expect(run?.summary).toMatch(/^GitHub refused the whole report.*\n\n\*\*300 new errors/);
    expect(run?.summary).toMatch(/\*\*\d+ more new findings\*\* not shown/);
    expect(at.github.annotations(run?.id ?? 0)).toEqual([]);
    expect(errors(at)).toEqual([]);
  });

  test.each([413, 422])('with %d, whatever it is, gets the conclusions', async (status) => {
    const at = await scenario();
    const bot = await at.start();
    const held = at.github.hold({ path: /\/git-upload-pack$/ });
    const pull = await at.open(BAD);
    await at.started(pull.headSha);
    for (const path of [CHECKS, COMMENTS]) at.github.failNext({ method: 'POST', path, status, times: 2 });
    Object.assign(at.github.limits, { checkText: 60, comment: 250 });
    held.release();
    const conclusions = { ...GREEN, 'hydrant/schemas': 'failure' };
    expect(await at.concluded(pull.headSha)).toEqual(conclusions);
    const runs = at.github.checkRuns(pull.headSha);
    expect(new Set(runs.map(({ summary }) => summary))).toEqual(
      new Set(['GitHub refused the report. `hydrant check` prints it.']),
    );
    expect(runs.map(({ title }) => title)).toContain('1 new error in 1 of 1 target');
    expect(await at.comments(bot, pull)).toEqual([
      expect.stringContaining('## Hydrant: 1 new error\n\nGitHub refused'),
    ]);
    expect(errors(at)).toEqual([]);
  });
});

describe('a token that expired', () => {
  test('is replaced', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(BAD);
    await at.concluded(pull.headSha);
    await bot.idle();
    at.github.expireTokens();
    const fixed = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, fixed);
    expect(await at.concluded(fixed)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toEqual([expect.stringContaining(fixed)]);
    expect(errors(at)).toEqual([]);
  });

  test('between its making and its use by git is replaced', async () => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ path: /\/info\/refs$/, status: 401 });
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toHaveLength(1);
    expect(errors(at)).toEqual([]);
  });

  test('as soon as it is made ends the review, which can be asked for again', async () => {
    const at = await scenario();
    const bot = await at.start();
    at.github.failNext({ path: /\/info\/refs$/, status: 401, times: 2 });
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(all('failure'));
    const url = `${at.github.url}/acme/gitops.git`;
    expectUnfinished(at, pull.headSha, `${url} does not accept the token; it may have expired.`);
    await bot.idle();
    await at.github.comment(pull, { user: 'writer', body: '/hydrant validate' });
    await at.again(pull.headSha);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
  });
});

test('an error of ours concludes the check runs, says so, and can be found in the log', async () => {
  const at = await scenario();
  await at.start(() => async () => {
    throw new Error('something unforeseen');
  });
  const pull = await at.open(GOOD);
  expect(await at.concluded(pull.headSha)).toEqual(all('failure'));
  expectUnfinished(at, pull.headSha, 'something unforeseen');
});
