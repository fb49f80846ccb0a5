import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { all, BAD, ENDLESS, GOOD, GREEN, reviewedPull, scenario } from './helpers.ts';
import { captured, deliver } from './webhook.ts';

describe('a pull request', () => {
  test('that is opened gets four check runs and a comment, and the webhook is answered at once', async () => {
    const at = await scenario();
    // A webhook that waits for its review is never answered here.
    const bot = await at.start((review) => async (request) => {
      while (at.github.deliveries.length === 0) await setTimeout(10);
      return review(request);
    });
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    await bot.idle();
    const [comment, ...more] = at.github.comments(pull);
    expect(more).toEqual([]);
    expect(comment?.body).toContain('a: changed');
    const [delivery] = at.github.deliveries;
    expect(delivery).toMatchObject({ event: 'pull_request', action: 'opened', status: 200 });
  });

  test('is shown as queued at once, and reviewed in six writes', async () => {
    const at = await scenario();
    const bot = await at.start();
    const looking = at.github.hold({ method: 'GET', path: /\/pulls\/1$/ });
    const pull = await at.open(BAD);
    await looking.reached;
    await at.github.waitFor(() => at.github.checkRuns(pull.headSha)[0]);
    expect(at.github.checkRuns(pull.headSha)).toMatchObject([{ name: 'hydrant/render', status: 'queued' }]);
    looking.release();
    await at.concluded(pull.headSha);
    await bot.idle();
    const writes = at.github.requests.filter(
      ({ method, path }) => method !== 'GET' && /\/(?:check-runs|comments)(?:\/|$)/.test(path),
    );
    expect(
      writes.map(({ method, path }) => `${method} ${path.replace(/^.*(?=check-runs|issues)|\d+$/g, '')}`),
    ).toEqual([
      'POST check-runs',
      ...writes.slice(1, 5).map(() => expect.stringMatching(/^(?:POST|PATCH) check-runs/)),
      'POST issues/1/comments',
    ]);
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test('that is pushed to before its turn has nothing but its own queued check run concluded', async () => {
    const at = await scenario();
    const bot = await at.start();
    const looking = at.github.hold({ method: 'GET', path: /\/pulls\/1$/ });
    const pull = await at.open(BAD);
    const old = pull.headSha;
    await looking.reached;
    const fixed = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, fixed);
    looking.release();
    expect(await at.concluded(fixed)).toEqual(GREEN);
    await bot.idle();
    expect(at.github.checkRuns(old, 'all')).toMatchObject([
      { name: 'hydrant/render', conclusion: 'cancelled', title: 'Superseded' },
    ]);
    expect(at.github.checkRuns(fixed, 'all')).toHaveLength(4);
  });

  test('whose review takes long is told of in the title of a check run, and then of its conclusion alone', async () => {
    const at = await scenario();
    const titles = (sha: string) => at.github.checkRuns(sha).map(({ name, title }) => `${name}: ${title}`);
    const bot = await at.start(
      (review) => async (request) => {
        const steps: (string | undefined)[] = [];
        const result = await review({ ...request, onStep: ({ stage }) => steps.push(stage) });
        expect(steps).toContain('finding and rendering targets');
        request.onStep?.({ stage: 'finding and rendering targets', done: 12, of: 40 });
        const told = 'hydrant/render: Finding and rendering targets: 12 of 40 rendered';
        await at.github.waitFor(() => titles(request.head).includes(told));
        return result;
      },
      undefined,
      20,
    );
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    await bot.idle();
    expect(titles(pull.headSha).filter((title) => title.includes('12 of 40'))).toEqual([]);
  });

  test('with an error gets an annotation on its line', async () => {
    const at = await scenario();
    await at.start();
    const pull = await at.open(BAD);
    expect(await at.concluded(pull.headSha)).toEqual({ ...GREEN, 'hydrant/schemas': 'failure' });
    const run = at.github.checkRuns(pull.headSha).find(({ name }) => name === 'hydrant/schemas');
    expect(at.github.annotations(run?.id ?? 0)).toMatchObject([
      { path: 'app/c.yaml', start_line: 5, annotation_level: 'failure' },
    ]);
  });

  test('that is pushed to has its comment edited in place', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(BAD);
    await at.concluded(pull.headSha);
    await bot.idle();
    const fixed = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, fixed);
    expect(await at.concluded(fixed)).toEqual(GREEN);
    await bot.idle();
    const comments = at.github.comments(pull);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain(fixed);
  });

  test('that is pushed to is told what the push fixed', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(BAD);
    await at.concluded(pull.headSha);
    expect((await at.comments(bot, pull))[0]).not.toContain('Fixed by the last push');
    const fixed = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, fixed);
    await at.concluded(fixed);
    const [body = ''] = await at.comments(bot, pull);
    expect(body).toContain(`### Fixed by the last push (${fixed.slice(0, 7)})\n\n- ✅ unknown field dato`);
  });

  test('that affects nothing gets no comment, and one that is there says so', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open({ 'README.md': 'Words\n' });
    expect(await at.concluded(pull.headSha)).toMatchObject({ 'hydrant/render': 'skipped' });
    expect(await at.comments(bot, pull)).toEqual([]);
    const affecting = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, affecting);
    await at.concluded(affecting);
    expect(await at.comments(bot, pull)).toHaveLength(1);
    const undone = await at.files.commit(
      { 'README.md': 'Other words\n' },
      { branch: 'topic-1', parent: 'main' },
    );
    await at.github.push(pull, undone);
    await at.concluded(undone);
    const [body = '', ...others] = await at.comments(bot, pull);
    expect(others).toEqual([]);
    expect(body).toContain(undone);
    expect(body).toContain('No target is affected (of 1).');
  });

  test.each([
    ['recreate', 1],
    ['off', 0],
  ])('has the comment that the settings want: %s', async (mode, number) => {
    const at = await scenario();
    const parent = await at.files.commit({ '.hydrant.yaml': `comment: { mode: ${mode} }\n` });
    await at.github.pushBranch(at.repo, 'main', 'main');
    const bot = await at.start();
    const pull = await at.open(BAD, { parent });
    await at.concluded(pull.headSha);
    await bot.idle();
    const [first] = at.github.comments(pull);
    const fixed = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, fixed);
    await at.concluded(fixed);
    await bot.idle();
    const comments = at.github.comments(pull);
    expect(comments).toHaveLength(number);
    expect(comments.every(({ id, body }) => id !== first?.id && body.includes(fixed))).toBe(true);
  });

  test('that is pushed to while a review runs: the old head is concluded, the newest one is told of', async () => {
    const at = await scenario();
    let first = true;
    const bot = await at.start((review) => (request) => {
      const endless = first;
      first = false;
      return endless ? ENDLESS()(request) : review(request);
    });
    const pull = await at.open(BAD);
    await at.started(pull.headSha);
    const old = pull.headSha;
    const fixed = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, fixed);
    expect(await at.concluded(fixed)).toEqual(GREEN);
    expect(await at.concluded(old)).toEqual(all('cancelled'));
    expect(at.github.checkRuns(old).map(({ title, summary }) => `${title}: ${summary}`)).toEqual(
      Array(4).fill('Superseded: A newer review of this pull request took the place of this one.'),
    );
    expect((await at.comments(bot, pull)).map((body) => body.includes(fixed))).toEqual([true]);
  });

  test('from a fork is reviewed from the base repository, also when the fork is gone', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(GOOD, { fork: true });
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toHaveLength(1);
    at.github.deleteFork(pull);
    await at.github.comment(pull, { user: 'writer', body: '/hydrant validate' });
    await at.again(pull.headSha);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
  });

  test('that is closed is left alone, and its check runs are concluded', async () => {
    const at = await scenario();
    const bot = await at.start(ENDLESS);
    const pull = await at.open(GOOD);
    await at.started(pull.headSha);
    await at.github.closePull(pull);
    expect(await at.concluded(pull.headSha)).toEqual(all('cancelled'));
    expect(at.github.checkRuns(pull.headSha).map(({ title, summary }) => `${title}: ${summary}`)).toEqual(
      Array(4).fill('The pull request was closed: The review was stopped when the pull request was closed.'),
    );
    expect(await at.comments(bot, pull)).toEqual([]);
  });

  test('that is reopened is reviewed again', async () => {
    const { at, bot, pull } = await reviewedPull();
    await at.github.closePull(pull);
    await at.github.reopenPull(pull);
    await at.again(pull.headSha);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toHaveLength(1);
  });

  test('whose webhook comes once more is left alone, also by another bot, until its settings differ', async () => {
    const { at, bot: first, pull } = await reviewedPull();
    await at.github.settled();
    const opened = at.github.deliveries.find(({ event }) => event === 'pull_request')?.id ?? '';
    const writes = () =>
      at.github.requests.filter(({ method, path }) => method !== 'GET' && !/access_tokens|\.git/.test(path));
    const before = writes().length;
    await at.github.redeliver(opened);
    await first.idle();
    await first.stop();

    const reviewed: string[] = [];
    const bot = await at.start((review) => (request) => {
      reviewed.push(request.head);
      return review(request);
    });
    const move = async (change: typeof GOOD) => {
      await at.files.commit(change, { branch: 'main' });
      await at.github.pushBranch(at.repo, 'main', 'main');
      // GitHub takes the new commit for the base, and the bot does not hear of it.
      at.github.webhookUrl = null;
      await at.github.changeBase(pull, 'main');
      at.github.webhookUrl = bot.webhookUrl;
      await at.github.redeliver(opened);
      await bot.idle();
    };
    await move({ 'app/other.yaml': '{}\n' });
    expect(writes().slice(before)).toEqual([]);
    expect(reviewed).toEqual([]);
    await move({ '.hydrant.yaml': 'gate: all\n' });
    expect(reviewed).toEqual([pull.headSha]);
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(8);
    await at.github.redeliver(opened);
    await bot.idle();
    expect(reviewed).toEqual([pull.headSha]);
  });

  test('whose webhook comes once more while it is reviewed is reviewed once', async () => {
    const at = await scenario();
    const bot = await at.start();
    const held = at.github.hold({ path: /\/git-upload-pack$/ });
    const pull = await at.open(GOOD);
    await at.started(pull.headSha);
    await at.github.redeliver(at.github.deliveries.find(({ event }) => event === 'pull_request')?.id ?? '');
    held.release();
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    await bot.idle();
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test('whose review was not whole is reviewed when its webhook comes once more', async () => {
    const at = await scenario();
    let fails = true;
    const bot = await at.start((review) => async (request) => {
      if (fails) throw new Error('something unforeseen');
      return review(request);
    });
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(all('failure'));
    await bot.idle();
    fails = false;
    await at.github.redeliver(at.github.deliveries.find(({ event }) => event === 'pull_request')?.id ?? '');
    await at.again(pull.headSha);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
  });

  test('that is a draft is reviewed, and again when it is ready', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(GOOD, { draft: true });
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    await bot.idle();
    await at.github.readyForReview(pull);
    await at.again(pull.headSha);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toHaveLength(1);
  });

  test('whose base changes is compared with the new one', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(BAD);
    expect(await at.concluded(pull.headSha)).toMatchObject({ 'hydrant/schemas': 'failure' });
    await bot.idle();
    // The mistake is there already, so that the pull request no longer brings it.
    await at.files.git(['update-ref', 'refs/heads/release', pull.headSha]);
    await at.github.pushBranch(at.repo, 'release', 'release');
    await at.github.changeBase(pull, 'release');
    await at.again(pull.headSha);
    expect(await at.concluded(pull.headSha)).toEqual(all('skipped'));
    expect(await at.comments(bot, pull)).toEqual([expect.stringContaining('Nothing to review')]);
  });

  test('with a new title is not reviewed again', async () => {
    const { at, bot, pull } = await reviewedPull();
    await at.github.settled();
    const edited = await captured(at.github, () => at.github.changeBase(pull, 'main'));
    expect(edited.payload).toMatchObject({ action: 'edited', changes: { base: {} } });
    const before = at.github.requests.length;
    const retitled = { ...edited.payload, changes: { title: { from: 'Another title' } } };
    expect(await deliver(at.github, bot, { ...edited, payload: retitled })).toBe(200);
    await bot.idle();
    expect(at.github.requests.slice(before)).toEqual([]);
  });
});

describe('check runs', () => {
  test.each([
    ['run', false],
    ['run', true],
    ['suite', false],
    ['suite', true],
  ])('are made anew when the %s is asked for again (of a fork: %j)', async (what, fork) => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(GOOD, { fork });
    await at.concluded(pull.headSha);
    await bot.idle();
    if (what === 'run') await at.github.rerequestCheckRun(at.github.checkRuns(pull.headSha)[0]?.id ?? 0);
    else await at.github.rerequestCheckSuite(pull.headSha);
    await at.again(pull.headSha);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toHaveLength(1);
  });

  test('of a merge group are compared with its base and concluded, without a comment', async () => {
    const at = await scenario();
    const bot = await at.start();
    // Another pull request of the queue has the mistake, and is this one's base.
    const base = await at.files.commit(BAD, { branch: 'queued', parent: at.base });
    const own = { 'app/kustomization.yaml': 'commonAnnotations: {note: words}\nresources: [c.yaml]\n' };
    const head = await at.files.commit(own, { branch: 'queued' });
    await at.github.mergeGroup({ repo: at.repo, base, head });
    expect(await at.concluded(head)).toEqual(GREEN);
    await at.github.rerequestCheckRun(at.github.checkRuns(head)[0]?.id ?? 0);
    await at.again(head);
    expect(await at.concluded(head)).toEqual(GREEN);
    await bot.idle();
    expect(at.github.requests.filter(({ path }) => path.includes('/comments'))).toEqual([]);
  });

  test('with more than fifty annotations get them all, in batches', async () => {
    const at = await scenario();
    const bot = await at.start();
    const many = Array.from({ length: 120 }, (_, index) => `x${index}: 1\n`).join('');
    const pull = await at.open({
      'app/c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n${many}`,
    });
    await at.concluded(pull.headSha);
    await bot.idle();
    const run = at.github.checkRuns(pull.headSha).find(({ name }) => name === 'hydrant/schemas');
    expect(at.github.annotations(run?.id ?? 0)).toHaveLength(120);
  });
});
