import { describe, expect, test } from '@jest/globals';
import { judgementOf, type PolicyRule } from '../../../src/checks/policies/judgement.ts';

const BUILT_IN: PolicyRule = { rule: 'security/privileged', severity: 'error', isBuiltIn: true };
const USERS: PolicyRule = { rule: 'main/deny', severity: 'error', isBuiltIn: false };

const ABOUT = { container: 'app' };

describe('the data of a sentence', () => {
  test('are kept of a built-in rule', () => {
    const results = [{ msg: 'a', about: ABOUT, path: ['spec'] }];
    expect(judgementOf([BUILT_IN], [{ results }])).toEqual({
      said: [
        {
          violation: {
            rule: 'security/privileged',
            severity: 'error',
            message: 'a',
            fieldPath: ['spec'],
            about: ABOUT,
          },
          index: null,
        },
      ],
      problems: [],
    });
  });

  test.each([
    ['none', { msg: 'a' }],
    ['others than facts', { msg: 'a', about: { container: { name: 'app' } } }],
  ])('are missed where a built-in rule gives %s; what it found counts', (_, result) => {
    const { said, problems } = judgementOf([BUILT_IN], [{ results: [result, { msg: 'b', about: ABOUT }] }]);
    expect(said.map(({ violation: { message, about } }) => [message, about])).toEqual([
      ['a', null],
      ['b', ABOUT],
    ]);
    expect(problems).toEqual([
      {
        path: 'security/privileged',
        line: 0,
        message:
          'the policy could not be evaluated: a result does not give, as about, the data that its msg is made of',
      },
    ]);
  });

  test("are neither kept nor missed of a user's own rule", () => {
    const results = ['a', { msg: 'b', about: ABOUT }, { msg: 'c', about: 1 }];
    const { said, problems } = judgementOf([USERS], [{ results }]);
    expect(said.map(({ violation }) => violation)).toEqual(
      ['a', 'b', 'c'].map((message) => ({
        rule: 'main/deny',
        severity: 'error',
        message,
        about: null,
        fieldPath: null,
      })),
    );
    expect(problems).toEqual([]);
  });
});
