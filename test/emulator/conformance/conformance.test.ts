import { describe, expect, test } from '@jest/globals';
import { checkResponse, isDescribed } from './openapi.ts';
import { packagedJson } from './packagedJson.ts';
import { checkPayload } from './payloads.ts';

const REACTION = 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
const reaction = { id: 1, node_id: 'x', user: null, content: 'eyes', created_at: '2024-01-01T00:00:00Z' };

describe('responses', () => {
  test('conform when they are as described, null where that is allowed', () => {
    expect(checkResponse(REACTION, 201, reaction)).toEqual([]);
    expect(checkResponse(REACTION, 502, { message: 'Server Error' })).toEqual([]);
  });

  test.each([
    ['a field is missing', 201, { ...reaction, content: undefined }, /required property 'content'/],
    ['a field has a wrong value', 201, { ...reaction, content: 'wave' }, /body\/content must be equal/],
    ['null is not allowed', 201, { ...reaction, created_at: null }, /body\/created_at must be string/],
    ['a time is none', 201, { ...reaction, created_at: 'today' }, /must match format "date-time"/],
    ['the status is not described', 202, reaction, /no such status is described/],
    ['an error has no message of the right type', 404, { message: 1 }, /body\/message must be string/],
  ])('do not when %s', (_, status, body, message) => {
    const sent: unknown = JSON.parse(JSON.stringify(body));
    expect(checkResponse(REACTION, status, sent)).toMatchObject([
      { kind: 'response', message: expect.stringMatching(message) },
    ]);
  });

  test('have no body where none is described', () => {
    const operation = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
    expect(checkResponse(operation, 204, undefined)).toEqual([]);
    expect(checkResponse(operation, 204, {})).toHaveLength(1);
  });
});

test('operations are known by their paths', () => {
  expect(isDescribed('GET', '/repos/acme/gitops/topics')).toBe(true);
  expect(isDescribed('POST', '/repos/acme/gitops/topic')).toBe(false);
});

interface Example {
  readonly name: string;
  readonly examples: readonly { readonly action?: string }[];
}

describe('payloads', () => {
  const all = packagedJson<Example[]>('@octokit/webhooks-examples/api.github.com/index.json');
  // Some of the published examples are older than the schemas.
  const example = (event: string, action: string) =>
    all
      .flatMap(({ name, examples }) => (name === event ? examples : []))
      .find((one) => one.action === action && checkPayload(event, action, one).length === 0);

  test.each([
    ['pull_request', 'synchronize'],
    ['pull_request', 'ready_for_review'],
    ['check_suite', 'rerequested'],
  ])("GitHub's own example of %s.%s conforms", (event, action) => {
    expect(example(event, action)).toBeDefined();
  });

  test('do not conform with a field too much, one too few or under a wrong name', () => {
    const payload = example('pull_request', 'opened') ?? {};
    expect(checkPayload('pull_request', 'opened', { ...payload, colour: 'red' })).toHaveLength(1);
    expect(checkPayload('pull_request', 'opened', { ...payload, number: undefined })).toHaveLength(1);
    expect(checkPayload('pull_request', 'painted', payload)).toMatchObject([
      { message: 'no such event is published' },
    ]);
  });
});
