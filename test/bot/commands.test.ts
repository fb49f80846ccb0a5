import { describe, expect, test } from '@jest/globals';
import type { Pull } from '../../src/emulator/startGitHub.ts';
import { GREEN, reviewedPull, type Scenario } from './helpers.ts';
import { captured, deliver } from './webhook.ts';

const HELP = [
  'Hydrant understands, in a comment by someone with write permission, one a line:',
  '',
  '| comment | effect |',
  '|---|---|',
  '| `/hydrant validate` or `/validate` | reviews the newest head again |',
  '| `/hydrant help` or `/hydrant` | this table |',
].join('\n');

/** The reactions to a comment, once it is answered. */
function reactions({ github }: Scenario, comment: { readonly id: number }): Promise<string[]> {
  return github.waitFor(() => {
    const found = github.reactions(comment.id).map(({ content }) => content);
    return found.some((content) => content === 'rocket' || content === 'confused') ? found : null;
  });
}

function reply({ github }: Scenario, pull: Pull): Promise<string> {
  return github.waitFor(() => github.comments(pull).find(({ body }) => body.startsWith('@'))?.body);
}

describe('a command', () => {
  test('of a bot counts for nothing, whatever it may', async () => {
    const { at, bot, pull } = await reviewedPull();
    at.github.setPermission('renovate[bot]', 'write');
    at.github.setPermission('someone', 'write');
    const ofBot = await at.github.comment(pull, { user: 'renovate[bot]', body: '/hydrant validate' });
    const help = await at.github.comment(pull, { user: 'someone', body: '/hydrant help' });
    expect(await reactions(at, help)).toEqual(['eyes', 'rocket']);
    await bot.idle();
    expect(at.github.reactions(ofBot.id)).toEqual([]);
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test.each([
    ['/hydrant validate', 'write'],
    ['/validate', 'admin'],
    ['\n/hydrant validate \n\nplease', 'maintain'],
    ['Once more, please:\n/validate\n/hydrant   validate', 'write'],
  ] as const)(
    '%j of someone who may %s reviews again, and is answered by a reaction',
    async (body, permission) => {
      const { at, bot, pull } = await reviewedPull();
      at.github.setPermission('someone', permission);
      const comment = await at.github.comment(pull, { user: 'someone', body });
      await at.again(pull.headSha);
      expect(await at.concluded(pull.headSha)).toEqual(GREEN);
      expect(await reactions(at, comment)).toEqual(['eyes', 'rocket']);
      // Hydrant's one comment, and the command.
      expect(await at.comments(bot, pull)).toHaveLength(2);
    },
  );

  test.each([
    ['/hydrant validate', 'triage'],
    ['/hydrant help', 'read'],
    ['/validate', 'none'],
  ] as const)('%j of someone who may only %s is refused by a reaction alone', async (body, permission) => {
    const { at, bot, pull } = await reviewedPull();
    at.github.setPermission('someone', permission);
    const comment = await at.github.comment(pull, { user: 'someone', body });
    expect(await reactions(at, comment)).toEqual(['confused']);
    // One that is answered after it.
    const help = await at.github.comment(pull, { user: 'writer', body: '/hydrant help' });
    expect(await reactions(at, help)).toEqual(['eyes', 'rocket']);
    expect((await at.comments(bot, pull)).filter((text) => text.includes('@someone'))).toEqual([]);
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test.each([
    ['/hydrant help', ['eyes', 'rocket'], HELP],
    ['/hydrant', ['eyes', 'rocket'], HELP],
    [
      '/hydrant valdate',
      ['confused'],
      'I do not know `valdate`. Did you mean `/hydrant validate`? `/hydrant help` lists what I understand.',
    ],
    [
      '/hydrant dance `@all`',
      ['confused'],
      'I do not know <code>dance &#96;&#64;all&#96;</code>. `/hydrant help` lists what I understand.',
    ],
  ])('%j says what there is', async (body, reaction, text) => {
    const { at, bot, pull } = await reviewedPull();
    const comment = await at.github.comment(pull, { user: 'writer', body });
    expect(await reply(at, pull)).toBe(`@writer ${text}`);
    expect(await reactions(at, comment)).toEqual(reaction);
    await bot.idle();
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test('that is added when a comment is edited counts, one that stood there before does not', async () => {
    const { at, bot, pull } = await reviewedPull();
    const comment = await at.github.comment(pull, { user: 'writer', body: 'Looks good.' });
    await at.github.editComment(comment, { user: 'writer', body: 'Looks good.\n/validate' });
    expect(await reactions(at, comment)).toEqual(['eyes', 'rocket']);
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(8);
    await at.github.editComment(comment, { user: 'writer', body: 'Looks better.\n/validate' });
    await at.github.editComment(comment, { user: 'reader', body: 'Looks better.\n/hydrant  validate' });
    const help = await at.github.comment(pull, { user: 'writer', body: '/hydrant help' });
    expect(await reactions(at, help)).toEqual(['eyes', 'rocket']);
    await bot.idle();
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(8);
  });

  test('on a pull request that is closed before it is answered is not called done', async () => {
    const { at, bot, pull } = await reviewedPull();
    const held = at.github.hold({ method: 'GET', path: /\/permission$/ });
    const comment = await at.github.comment(pull, { user: 'writer', body: '/hydrant validate' });
    await held.reached;
    await at.github.closePull(pull);
    held.release();
    expect(await reactions(at, comment)).toEqual(['eyes', 'confused']);
    expect(await reply(at, pull)).toBe('@writer This pull request is closed.');
    await bot.idle();
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test('on a closed pull request starts nothing, and says why', async () => {
    const { at, bot, pull } = await reviewedPull();
    await at.github.closePull(pull);
    const comment = await at.github.comment(pull, { user: 'writer', body: '/hydrant validate' });
    expect(await reactions(at, comment)).toEqual(['confused']);
    expect(await reply(at, pull)).toBe('@writer This pull request is closed.');
    await bot.idle();
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });
});

/**
 * How often it was asked since then what somebody may do, when a command has been answered: one that came
 * before has begun by then. Commands are answered beside the queue, and so an idle bot may still have one to answer.
 */
async function lookedUpWithHelp(at: Scenario, pull: Pull, since: number): Promise<number> {
  await at.github.comment(pull, { user: 'writer', body: '/hydrant help' });
  await reply(at, pull);
  return at.github.requests.slice(since).filter(({ path }) => path.endsWith('/permission')).length;
}

describe('no command is', () => {
  test.each([
    'Did you try `/hydrant validate`?',
    '> /hydrant validate',
    '```\n/hydrant validate\n```',
    '~~~sh\n```\n/hydrant validate\n```\n~~~\nThat is how.',
    '    /hydrant validate',
    '/hydrants validate',
  ])('%j', async (body) => {
    const { at, pull } = await reviewedPull();
    const before = at.github.requests.length;
    await at.github.comment(pull, { user: 'writer', body });
    expect(await lookedUpWithHelp(at, pull, before)).toBe(1);
  });

  test('the comment on an issue that is no pull request', async () => {
    const { at, bot, pull } = await reviewedPull();
    const { event, payload } = await captured(at.github, () =>
      at.github.comment(pull, { user: 'writer', body: '/hydrant validate' }),
    );
    const before = at.github.requests.length;
    // Its form was checked by the emulator.
    const { issue } = payload as unknown as { readonly issue: object };
    const changed = { ...payload, issue: { ...issue, pull_request: undefined } };
    expect(await deliver(at.github, bot, { event, payload: changed })).toBe(200);
    expect(await lookedUpWithHelp(at, pull, before)).toBe(1);
  });
});
