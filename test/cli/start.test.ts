import { expect, test } from '@jest/globals';
import { hydrant } from './run.ts';

test('hydrant start names each variable that is missing, on a line of its own', async () => {
  const { code, stderr } = await hydrant('start');
  expect(code).toBe(2);
  expect(stderr.split('\n').map((line) => line.split(' is missing')[0])).toEqual([
    'hydrant start: the bot cannot start:',
    'hydrant start: APP_ID',
    'hydrant start: PRIVATE_KEY or PRIVATE_KEY_PATH',
    'hydrant start: WEBHOOK_SECRET',
    '',
  ]);
});
