import { describe, expect, test } from '@jest/globals';
import { createRepository, runGit } from '../helpers/repository.ts';
import { all, BAD, ENDLESS, GOOD, GREEN, scenario } from './helpers.ts';

const GONE = [
  'The head no longer exists',
  'GitHub no longer has this commit, most likely after a force-push. The newer head is reviewed on its own.',
];
const SUPERSEDED = ['Superseded', 'A newer review of this pull request took the place of this one.'];

describe('a head', () => {
  test('that no longer exists is concluded as such, and the newer one is reviewed', async () => {
    const at = await scenario();
    const bot = await at.start();
    const held = at.github.hold({ path: /\/git-upload-pack$/ });
    const pull = await at.open(BAD);
    const old = pull.headSha;
    await held.reached;
    // GitHub tells of the push later than it forgets the commit.
    const { webhookUrl } = at.github;
    at.github.webhookUrl = null;
    const forced = await at.files.commit(GOOD, { branch: 'forced', parent: at.base });
    const told = await at.github.push(pull, forced);
    await at.github.collectGarbage(at.repo);
    const concluding = at.github.hold({ path: /\/check-runs(?:\/\d+)?$/ });
    held.release();
    // GitHub keeps what it tells of check suites; the emulator looks the commit up.
    await concluding.reached;
    await runGit(at.repo.gitDir, ['fetch', '--quiet', '--no-write-fetch-head', at.files.gitDir, old]);
    concluding.release();
    expect(await at.concluded(old)).toEqual(all('cancelled'));
    expect(at.github.checkRuns(old).map(({ title, summary }) => [title, summary])).toEqual(
      Array(4).fill(GONE),
    );
    await bot.idle();
    at.github.webhookUrl = webhookUrl;
    await at.github.redeliver(told.id);
    expect(await at.concluded(forced)).toEqual(GREEN);
    expect(await at.comments(bot, pull)).toEqual([expect.stringContaining(forced)]);
  });

  test('that a force-push replaces in between is concluded; the comment is about the newest', async () => {
    const at = await scenario();
    const bot = await at.start();
    const held = at.github.hold({ path: /\/git-upload-pack$/ });
    const pull = await at.open(BAD);
    const old = pull.headSha;
    await at.started(old);
    await held.reached;
    const forced = await at.files.commit(GOOD, { branch: 'forced', parent: at.base });
    await at.github.push(pull, forced);
    held.release();
    expect(await at.concluded(forced)).toEqual(GREEN);
    expect(await at.concluded(old)).toEqual(all('cancelled'));
    expect(at.github.checkRuns(old).map(({ title, summary }) => [title, summary])).toEqual(
      Array(4).fill(SUPERSEDED),
    );
    expect(await at.comments(bot, pull)).toEqual([expect.stringContaining(forced)]);
  });

  test('without a commit in common with its base branch says what to do', async () => {
    const at = await scenario();
    await at.start();
    const alone = await at.files.commit(GOOD, { branch: 'alone', parent: null });
    const pull = await at.github.openPull({ repo: at.repo, head: 'alone' });
    expect(pull.headSha).toBe(alone);
    expect(await at.concluded(alone)).toEqual(all('failure'));
    expect(at.github.checkRuns(alone).map(({ title, summary }) => [title, summary])).toEqual(
      Array(4).fill([
        'No merge base',
        'Nothing was compared: the head and its base branch have no commit in common. Rebase the branch onto its base branch.',
      ]),
    );
  });
});

describe('a bot that starts', () => {
  test('takes up what it was stopped in the middle of, in the same check runs', async () => {
    const at = await scenario();
    const first = await at.start(ENDLESS);
    const pull = await at.open(GOOD);
    await at.started(pull.headSha);
    await first.stop();
    const states = at.github.checkRuns(pull.headSha).map(({ status }) => status);
    expect(states).toEqual(['queued']);
    const bot = await at.start();
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
    expect(await at.comments(bot, pull)).toHaveLength(1);
  });

  test('takes up what was opened and pushed while it did not run, and only that', async () => {
    const at = await scenario();
    const first = await at.start();
    const concluded = await at.open(BAD);
    const pushed = await at.open(BAD);
    const closed = await at.open(BAD);
    for (const { headSha } of [concluded, pushed, closed]) await at.concluded(headSha);
    await first.stop();
    at.github.webhookUrl = null;
    const opened = await at.open(GOOD);
    const head = await at.files.commit(GOOD, { branch: 'topic-2' });
    await at.github.push(pushed, head);
    await at.github.push(closed, await at.files.commit(GOOD, { branch: 'topic-3' }));
    await at.github.closePull(closed);
    const bot = await at.start();
    expect(await at.concluded(opened.headSha)).toEqual(GREEN);
    expect(await at.concluded(head)).toEqual(GREEN);
    await bot.idle();
    expect(at.github.checkRuns(concluded.headSha, 'all')).toHaveLength(4);
    expect(at.github.checkRuns(closed.headSha)).toEqual([]);
  });

  test('goes on with the other repositories where GitHub does not answer for one', async () => {
    const at = await scenario();
    const repo = await at.github.addRepository({ owner: 'acme', name: 'other', gitDir: at.files.gitDir });
    await at.files.commit(GOOD, { branch: 'topic', parent: at.base });
    const pull = await at.github.openPull({ repo, head: 'topic' });
    at.github.failNext({ method: 'GET', path: /\/gitops\/pulls$/, status: 403, times: 10 });
    await at.start();
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(at.log()).toContain('open pull requests could not be looked up');
  });

  test('has nothing to do in an empty repository', async () => {
    const at = await scenario();
    const { gitDir } = await createRepository();
    await at.github.addRepository({ owner: 'acme', name: 'empty', gitDir });
    const pull = await at.open(GOOD);
    await at.start();
    expect(await at.concluded(pull.headSha)).toEqual(GREEN);
    expect(at.log()).not.toContain('could not');
  });
});
