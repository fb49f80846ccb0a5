import { describe, expect, test } from '@jest/globals';
import { BAD, GOOD, scenario } from './helpers.ts';

const GREEN = {
  'hydrant/render': 'success',
  'hydrant/schemas': 'success',
  'hydrant/policies': 'success',
  'hydrant/secrets': 'success',
};

describe('a pull request', () => {
  test('that is opened gets four check runs and a comment, and the webhook is answered at once', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(GOOD);
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    await bot.idle();
    const [comment, ...more] = at.github.comments(pull);
    expect(more).toEqual([]);
    expect(comment?.body).toContain('a: changed');
    const [delivery] = at.github.deliveries;
    expect(delivery).toMatchObject({ event: 'pull_request', action: 'opened', status: 200 });
    expect(delivery?.durationMs).toBeLessThan(2000);
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

  test('that is pushed to while a review runs: the old head is concluded, the newest one is told of', async () => {
    const at = await scenario();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = true;
    const bot = await at.start((review) => async (request) => {
      if (first) {
        first = false;
        await Promise.race([
          held,
          new Promise((_, reject) =>
            request.signal.addEventListener('abort', () => reject(request.signal.reason)),
          ),
        ]);
      }
      return review(request);
    });
    const pull = await at.open(BAD);
    await at.github.waitFor(() => (at.github.checkRuns(pull.headSha).length === 4 ? true : undefined));
    const old = pull.headSha;
    const fixed = await at.files.commit(GOOD, { branch: 'topic-1' });
    await at.github.push(pull, fixed);
    expect(await at.concluded(fixed)).toEqual(GREEN);
    expect(Object.values(await at.concluded(old))).toEqual(Array(4).fill('cancelled'));
    release();
    await bot.idle();
    expect(at.github.comments(pull).map(({ body }) => body.includes(fixed))).toEqual([true]);
  });

  test('from a fork is reviewed from the base repository', async () => {
    const at = await scenario();
    await at.start();
    const pull = await at.open(GOOD, { fork: true });
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
  });

  test('that is closed is left alone, and its check runs are concluded', async () => {
    const at = await scenario();
    const bot = await at.start((review) => async (request) => {
      await new Promise((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason)),
      );
      return review(request);
    });
    const pull = await at.open(GOOD);
    await at.github.waitFor(() => (at.github.checkRuns(pull.headSha).length === 4 ? true : undefined));
    await at.github.closePull(pull);
    expect(Object.values(await at.concluded(pull.headSha))).toEqual(Array(4).fill('cancelled'));
    await bot.idle();
    expect(at.github.comments(pull)).toEqual([]);
  });

  test('whose base changes is reviewed again; with a new title it is not', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(BAD);
    await at.concluded(pull.headSha);
    await bot.idle();
    await at.files.commit(BAD, { branch: 'release', parent: at.base });
    await at.github.pushBranch(at.repo, 'release', 'release');
    await at.github.changeBase(pull, 'release');
    await bot.idle();
    const runs = at.github.checkRuns(pull.headSha, 'all').filter(({ name }) => name === 'hydrant/schemas');
    expect(runs).toHaveLength(2);
  });
});

describe('check runs', () => {
  test.each(['run', 'suite'])('are made anew when the %s is asked for again', async (what) => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(GOOD, { fork: true });
    await at.concluded(pull.headSha);
    await bot.idle();
    if (what === 'run') await at.github.rerequestCheckRun(at.github.checkRuns(pull.headSha)[0]?.id ?? 0);
    else await at.github.rerequestCheckSuite(pull.headSha);
    await at.github.waitFor(() => {
      const all = at.github.checkRuns(pull.headSha, 'all');
      return all.length === 8 && all.every(({ status }) => status === 'completed') ? true : undefined;
    });
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
  });

  test('of a merge group are concluded, without a comment', async () => {
    const at = await scenario();
    const bot = await at.start();
    const head = await at.files.commit(GOOD, { branch: 'gh-readonly-queue/main/pr-1', parent: at.base });
    await at.github.mergeGroup({ repo: at.repo, base: at.base, head });
    expect(await at.concluded(head)).toEqual(GREEN);
    await bot.idle();
  });

  test('with more than fifty annotations get them all, in batches', async () => {
    const at = await scenario();
    await at.start();
    const many = Array.from({ length: 120 }, (_, index) => `x${index}: 1\n`).join('');
    const pull = await at.open({
      'app/c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n${many}`,
    });
    await at.concluded(pull.headSha);
    const run = at.github.checkRuns(pull.headSha).find(({ name }) => name === 'hydrant/schemas');
    expect(at.github.annotations(run?.id ?? 0)).toHaveLength(120);
  });
});

describe('slash-commands', () => {
  test.each(['/hydrant validate', '/validate'])('%s by someone who may write reviews again', async (body) => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(GOOD);
    await at.concluded(pull.headSha);
    await bot.idle();
    const comment = await at.github.comment(pull, { user: 'writer', body });
    await at.github.waitFor(() => {
      const all = at.github.checkRuns(pull.headSha, 'all');
      return all.length === 8 && all.every(({ status }) => status === 'completed') ? true : undefined;
    });
    expect(at.github.reactions(comment.id).map(({ content }) => content)).toEqual(['eyes']);
  });

  test('by someone who may not are refused, with a reply', async () => {
    const at = await scenario();
    const bot = await at.start();
    const pull = await at.open(GOOD);
    await at.concluded(pull.headSha);
    await bot.idle();
    const comment = await at.github.comment(pull, { user: 'reader', body: '/hydrant validate' });
    const reply = await at.github.waitFor(() =>
      at.github.comments(pull).find(({ body }) => body.startsWith('@reader')),
    );
    expect(reply.body).toContain('Only people with write permission');
    expect(at.github.reactions(comment.id).map(({ content }) => content)).toEqual(['confused']);
    await bot.idle();
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test('/hydrant help says what there is', async () => {
    const at = await scenario();
    await at.start();
    const pull = await at.open(GOOD);
    await at.concluded(pull.headSha);
    await at.github.comment(pull, { user: 'writer', body: '/hydrant help' });
    const reply = await at.github.waitFor(() =>
      at.github.comments(pull).find(({ body }) => body.startsWith('@writer')),
    );
    expect(reply.body).toContain('`/hydrant validate`');
  });
});
