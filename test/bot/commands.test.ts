import { describe, expect, test } from '@jest/globals';
import type { RunningBot } from '../../src/bot/start.ts';
import type { Pull } from '../../src/emulator/startGitHub.ts';
import { GOOD, GREEN, type Scenario, scenario } from './helpers.ts';
import { captured, deliver } from './webhook.ts';

const REFUSAL = 'Only people with write permission to this repository can give me commands.';
const HELP = [
  'Hydrant understands, as the first line that is not empty of a comment by someone with write permission:',
  '',
  '| comment | effect |',
  '|---|---|',
  '| `/hydrant validate` or `/validate` | reviews the newest head again |',
  '| `/hydrant help` or `/hydrant` | this table |',
].join('\n');

/** A pull request that was reviewed. */
async function reviewed(): Promise<{ at: Scenario; bot: RunningBot; pull: Pull }> {
  const at = await scenario();
  const bot = await at.start();
  const pull = await at.open(GOOD);
  await at.concluded(pull.headSha);
  await bot.idle();
  return { at, bot, pull };
}

function reactions({ github }: Scenario, comment: { readonly id: number }): Promise<string[]> {
  return github.waitFor(() => {
    const found = github.reactions(comment.id).map(({ content }) => content);
    return found.length > 0 ? found : null;
  });
}

function reply({ github }: Scenario, pull: Pull): Promise<string> {
  return github.waitFor(() => github.comments(pull).find(({ body }) => body.startsWith('@'))?.body);
}

describe('a command', () => {
  test('of a bot counts for nothing, whatever it may', async () => {
    const { at, bot, pull } = await reviewed();
    at.github.setPermission('renovate[bot]', 'write');
    at.github.setPermission('someone', 'write');
    const ofBot = await at.github.comment(pull, { user: 'renovate[bot]', body: '/hydrant validate' });
    const help = await at.github.comment(pull, { user: 'someone', body: '/hydrant help' });
    expect(await reactions(at, help)).toEqual(['+1']);
    await bot.idle();
    expect(at.github.reactions(ofBot.id)).toEqual([]);
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test.each([
    ['/hydrant validate', 'write'],
    ['/validate', 'admin'],
    ['\n/hydrant validate \n\nplease', 'maintain'],
  ] as const)(
    '%j of someone who may %s reviews again, and is answered by a reaction',
    async (body, permission) => {
      const { at, bot, pull } = await reviewed();
      at.github.setPermission('someone', permission);
      const comment = await at.github.comment(pull, { user: 'someone', body });
      await at.again(pull.headSha);
      expect(await at.concluded(pull.headSha)).toEqual(GREEN);
      expect(await reactions(at, comment)).toEqual(['eyes']);
      // Hydrant's one comment, and the command.
      expect(await at.comments(bot, pull)).toHaveLength(2);
    },
  );

  test.each([
    ['/hydrant validate', 'triage'],
    ['/hydrant help', 'read'],
    ['/validate', 'none'],
  ] as const)('%j of someone who may only %s is refused, with a reply', async (body, permission) => {
    const { at, bot, pull } = await reviewed();
    at.github.setPermission('someone', permission);
    const comment = await at.github.comment(pull, { user: 'someone', body });
    expect(await reply(at, pull)).toBe(`@someone ${REFUSAL}`);
    expect(await reactions(at, comment)).toEqual(['confused']);
    await bot.idle();
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test.each([
    ['/hydrant help', '+1', HELP],
    ['/hydrant', '+1', HELP],
    ['/hydrant dance', 'confused', `I do not know that command.\n\n${HELP}`],
  ])('%j says what there is', async (body, reaction, text) => {
    const { at, bot, pull } = await reviewed();
    const comment = await at.github.comment(pull, { user: 'writer', body });
    expect(await reply(at, pull)).toBe(`@writer ${text}`);
    expect(await reactions(at, comment)).toEqual([reaction]);
    await bot.idle();
    expect(at.github.checkRuns(pull.headSha, 'all')).toHaveLength(4);
  });

  test('on a closed pull request starts nothing', async () => {
    const { at, bot, pull } = await reviewed();
    await at.github.closePull(pull);
    const comment = await at.github.comment(pull, { user: 'writer', body: '/hydrant validate' });
    expect(await reactions(at, comment)).toEqual(['eyes']);
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
    '/hydrants validate',
  ])('%j', async (body) => {
    const { at, pull } = await reviewed();
    const before = at.github.requests.length;
    await at.github.comment(pull, { user: 'writer', body });
    expect(await lookedUpWithHelp(at, pull, before)).toBe(1);
  });

  test('the comment on an issue that is no pull request', async () => {
    const { at, bot, pull } = await reviewed();
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
