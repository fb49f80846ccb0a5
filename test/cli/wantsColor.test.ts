import { expect, test } from '@jest/globals';
import { wantsColor } from '../../src/cli/wantsColor.ts';

test.each([
  ['auto', {}, true, true],
  ['auto', {}, undefined, false],
  ['auto', { TERM: 'dumb' }, true, false],
  ['auto', { NO_COLOR: '1' }, true, false],
  // https://no-color.org: an empty one says nothing.
  ['auto', { NO_COLOR: '' }, true, true],
  ['auto', { FORCE_COLOR: '1' }, undefined, true],
  ['auto', { FORCE_COLOR: '' }, undefined, true],
  ['auto', { FORCE_COLOR: '0' }, true, false],
  ['auto', { FORCE_COLOR: '1', NO_COLOR: '1' }, undefined, true],
  ['always', { NO_COLOR: '1' }, undefined, true],
  ['never', { FORCE_COLOR: '1' }, true, false],
] as const)('%s with %j, a terminal: %s', (when, env, isTTY, expected) => {
  expect(wantsColor(when, { env, isTTY })).toBe(expected);
});
