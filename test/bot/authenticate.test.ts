import { expect, test } from '@jest/globals';
import { GOOD, GREEN, scenario } from './helpers.ts';

test('a GitHub that does not answer is asked again, until the bot is up', async () => {
  const at = await scenario();
  // More often than a client tries by itself.
  at.github.failNext({ method: 'GET', path: /\/app$/, status: 503, times: 9 });
  await at.start();
  expect(at.log()).toContain('GitHub does not answer who the App is; asked again');
  const pull = await at.open(GOOD);
  expect(await at.concluded(pull.headSha)).toEqual(GREEN);
});

test.each([
  [401, 'A JSON web token could not be decoded', 'GitHub refuses the key'],
  [401, "'Expiration time' claim ('exp') is too far in the future", 'the clock of this machine is wrong'],
  [404, 'Not Found', 'what answers is no API of GitHub: see GHE_HOST'],
  [404, 'Integration not found', 'APP_ID names no App that GitHub knows'],
])('one that answers %i %s ends it, with the way out', async (status, message, said) => {
  const at = await scenario();
  at.github.failNext({ method: 'GET', path: /\/app$/, status, message, times: 9 });
  await expect(at.start()).rejects.toThrow(said);
});
