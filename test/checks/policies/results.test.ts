import { describe, expect, test } from '@jest/globals';
import { readResult } from '../../../src/checks/policies/results.ts';

const NOTHING_ELSE = { about: null, fieldPath: null, index: null };

describe('what a policy gives', () => {
  test('is a text, or an object with a text as msg, and its field and resource', () => {
    expect(readResult('a\n')).toEqual({ message: 'a', ...NOTHING_ELSE });
    expect(readResult({ msg: 'a' })).toEqual({ message: 'a', ...NOTHING_ELSE });
    expect(readResult({ msg: 'a', path: ['b', 0], resource: 1 })).toEqual({
      message: 'a',
      about: null,
      fieldPath: ['b', 0],
      index: 1,
    });
  });

  test.each([null, 1, true, [], {}, { message: 'a' }, { msg: 1 }])(
    'is nothing else, such as %j',
    (result) => {
      expect(readResult(result)).toBeNull();
    },
  );

  test.each([
    {},
    { container: 'app', port: 80, share: 0.5, annotation: true, limit: null },
    { missing: ['requests.cpu', 'limits.memory'], none: [] },
    { field: ['spec', 'containers', 0, 'image'] },
  ])('has the data of its sentence where it gives them: %j', (about) => {
    expect(readResult({ msg: 'a', about })).toEqual({ message: 'a', ...NOTHING_ELSE, about });
  });

  test.each([
    null,
    'container app',
    ['app'],
    { container: { name: 'app' } },
    { ports: [[80]] },
    { shares: [0.5] },
    { missing: [null] },
  ])('has none where something else stands in their place: %j', (about) => {
    expect(readResult({ msg: 'a', about })).toEqual({ message: 'a', ...NOTHING_ELSE });
  });
});
