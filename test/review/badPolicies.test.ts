import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { CHANGE, CONFIG, others, REPOSITORY, said } from './badInput.ts';
import { reviewed } from './reviewed.ts';

const BROKEN = 'package main\n\ndeny contains msg if {\n\tmsg := nothing\n}\n';
const SOUND =
  'package own\n\nwarn contains msg if {\n\tinput.kind == "Deployment"\n\tmsg := "a Deployment"\n}\n';
const OTHER: TestFiles = {
  'policies/sound.rego': SOUND,
  'policies/teams/data.yaml': 'deny: [a]\n',
};
const UNSAFE =
  '`policies/a.rego` line 4: var nothing is unsafe. The policy does not compile and is not applied.';

let control: Review;
beforeAll(async () => {
  control = await reviewed({ ...REPOSITORY, ...OTHER }, CHANGE);
  expect(control.findings.map(({ message }) => message)).toContain('a Deployment');
});

describe('a policy of the base branch that does not compile', () => {
  test.each([
    ['with an unknown variable', BROKEN, 'policies/a.rego:4', UNSAFE],
    [
      'that ends too early',
      'package main\n\ndeny contains msg if {\n',
      'policies/a.rego:3',
      '`policies/a.rego` line 3: unexpected eof token. The policy does not compile and is not applied.',
    ],
    ['of Rego v0', 'package main\n\ndeny[msg] {\n\tmsg := nothing\n}\n', 'policies/a.rego:4', UNSAFE],
    [
      'that stands where data do',
      'package teams\n\ndeny contains "x"\n',
      'policies/a.rego:3',
      '`policies/a.rego` line 3: conflicting rule for data path teams/deny found. The policy does not compile and is not applied.',
    ],
    [
      'that asks the network',
      'package main\n\ndeny contains "x" if {\n\thttp.send({}).status == 1\n}\n',
      'policies/a.rego:4',
      '`policies/a.rego` line 4: the function http.send is not available to policies: it would look outside, depend on the time, or the evaluator lacks it. The policy does not compile and is not applied.',
    ],
  ])(
    '%s is an error of before at its line and is not validated; the other policies are applied',
    async (...[, rego, place, message]) => {
      const review = await reviewed({ ...REPOSITORY, ...OTHER, 'policies/a.rego': rego }, CHANGE);
      expect(said(review)).toEqual([`existing error policy/compile ${place} ${message}`]);
      expect(others(review)).toEqual(others(control));
      // The other policies have found something new.
      expect(review.verdicts).toEqual({ ...control.verdicts, policies: 'failure' });
      expect(review.notValidated).toContainEqual(
        expect.objectContaining({ subject: 'policies/a.rego', concern: 'policies' }),
      );
    },
  );

  test.each([
    ['mended', SOUND.replace('own', 'mended')],
    ['changed and still broken', `# words\n${BROKEN}`],
    ['removed', null],
  ])('and is %s by the pull request leaves the check open, and never green', async (_, rego) => {
    const harmless: TestFiles = { 'bad/c.yaml': `${CONFIG}data: { a: b }\n` };
    const review = await reviewed(
      { ...REPOSITORY, 'policies/a.rego': BROKEN },
      { ...harmless, 'policies/a.rego': rego },
    );
    expect(said(review)).toEqual([`new warning policy/compile - ${UNSAFE}`]);
    expect(review.notValidated).toEqual([
      {
        subject: 'policies/a.rego',
        reason: 'the base branch has a policy here that does not compile',
        concern: 'policies',
      },
    ]);
    expect(review.verdicts).toEqual({
      render: 'success',
      schemas: 'success',
      policies: 'neutral',
      secrets: 'success',
    });
  });
});

describe("conftest's own folder", () => {
  const rego: TestFiles = { 'policy/sound.rego': SOUND };
  const told = (review: Review) => review.notValidated.map(({ subject, reason }) => `${subject}: ${reason}`);

  test('is told of where the settings say nothing, and changes no verdict', async () => {
    const review = await reviewed({ ...REPOSITORY, ...rego }, CHANGE);
    expect(told(review)).toEqual([
      "policy/: the Rego in this folder, which is conftest's, is not applied; list the folder under policies.paths in .hydrant.yaml to have it applied",
    ]);
    expect(review.verdicts).toEqual((await reviewed(REPOSITORY, CHANGE)).verdicts);
  });

  test('is not told of where the settings name it, or others', async () => {
    for (const paths of ['policy', 'rules']) {
      const settings = `policies: { paths: [${paths}] }\n`;
      expect(told(await reviewed({ ...REPOSITORY, ...rego, '.hydrant.yaml': settings }, CHANGE))).toEqual([]);
    }
  });
});
