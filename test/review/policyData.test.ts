import { describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { CHANGE, CONFIG, REPOSITORY } from './badInput.ts';
import { reviewed } from './reviewed.ts';

/** Says which of the names stand under `data`, and with what. */
const NAMES = ['a', 'c', 'deep', 'limits', 'nor', 'not', 'registries', 'teams', 'x'];
const TELLS: TestFiles = {
  ...REPOSITORY,
  'policies/tell.rego': [
    'package tell',
    'warn contains json.marshal(found) if input.kind == "ConfigMap"',
    'found.any := true',
    ...NAMES.map((name) => `found.${name} := data.${name}`),
  ].join('\n\n'),
};
const TOUCHED: TestFiles = { 'bad/c.yaml': `${CONFIG}data: { a: b }\n` };

async function seen(files: TestFiles): Promise<unknown[]> {
  return told(await reviewed({ ...TELLS, ...files }, TOUCHED));
}

function told({ findings }: Review): unknown[] {
  return findings.map(({ rule, message, location }) => {
    if (rule !== 'tell/warn') return `${location?.path}:${location?.startLine} ${rule} ${message}`;
    const { any: _, ...data } = JSON.parse(message);
    return data;
  });
}

describe("data for the user's policies", () => {
  test('are files of the name beside the policies, at the place of their folder', async () => {
    const files: TestFiles = {
      'policies/data.yaml': 'limits: { cpu: 2 }\n',
      'policies/data.json': '{"limits": {"memory": "1Gi"}}',
      'policies/teams/web/data.yml': 'owners: [a]\n',
      'policies/other.yaml': 'not: read\n',
      'data.yaml': 'nor: this\n',
    };
    expect(await seen(files)).toEqual([
      { limits: { cpu: 2, memory: '1Gi' }, teams: { web: { owners: ['a'] } } },
    ]);
  });

  test('are all JSON and YAML of the folders that the settings name', async () => {
    const files: TestFiles = {
      '.hydrant.yaml': 'policies: { data: [lists, policies/more] }\n',
      'lists/allowed.yaml': 'registries: [a]\n',
      'lists/deep/any.json': '{"b": 1}',
      'lists/notes.txt': 'nothing',
      'policies/more/names.yml': 'c: 2\n',
    };
    expect(await seen(files)).toEqual([{ registries: ['a'], deep: { b: 1 }, c: 2 }]);
  });

  test.each([
    ['not: [closed\n', 2, /not valid: /],
    ['a: 1\n---\nb: 2\n', 2, /a second document begins here/],
    ['- a\n', 1, /it holds no mapping/],
    ['hydrant: { target: {} }\n', 1, /`hydrant` is the name of what Hydrant itself gives/],
    ['x: 1\nx: 2\n', 2, /not valid: Map keys must be unique/],
  ])(
    'that cannot be read (%j) are an error of before at their line and leave the check open',
    async (text, line, message) => {
      const review = await reviewed(
        { ...TELLS, 'policies/a/data.yaml': 'a: 1\n', 'policies/data.yaml': text },
        TOUCHED,
      );
      const [finding] = review.findings.filter(({ rule }) => rule !== 'tell/warn');
      expect(finding).toMatchObject({
        rule: 'policy/data',
        severity: 'error',
        status: 'existing',
        location: { path: 'policies/data.yaml', startLine: line },
        message: expect.stringMatching(message),
      });
      expect(review.verdicts.policies).toBe('neutral');
      expect(told(review)).toContainEqual({ a: { a: 1 } });
    },
  );

  test('that say two things of one are told, and the first counts', async () => {
    const said = await seen({ 'policies/a/data.json': '{"x": 1}', 'policies/a/data.yaml': 'x: 2\n' });
    expect(said).toEqual([
      expect.stringMatching(
        /^policies\/a\/data.yaml:1 policy\/data .*another file of data says something else/,
      ),
      { a: { x: 1 } },
    ]);
  });

  test('come from the base branch', async () => {
    const review = await reviewed(TELLS, { ...TOUCHED, 'policies/data.yaml': 'a: 1\n' });
    expect(told(review)).toEqual([{}]);
  });

  test('leave the rest of a review as it is', async () => {
    const review = await reviewed({ ...REPOSITORY, 'policies/data.yaml': 'a: 1\n' }, CHANGE);
    expect(review.findings).toEqual((await reviewed(REPOSITORY, CHANGE)).findings);
  });
});
