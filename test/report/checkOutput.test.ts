import { describe, expect, test } from '@jest/globals';
import { toCheckOutput } from '../../src/report/checkOutput.ts';
import { finding, gap, review, richReview, target } from './builders.ts';

const LINKS = { repositoryUrl: 'https://github.com/acme/gitops' };

describe('a check run', () => {
  test('that fails says in how many targets, and what to mend', () => {
    expect(toCheckOutput(richReview(), 'policies', LINKS)).toMatchSnapshot();
  });

  test.each([
    ['render', '1 new error in 1 of 7 targets'],
    ['schemas', '1 new error in 3 of 7 targets'],
    ['policies', '1 new error and 1 new warning in 3 of 7 targets'],
    ['secrets', '1 new error'],
  ] as const)('for %s has the title %j', (concern, title) => {
    expect(toCheckOutput(richReview(), concern).title).toBe(title);
  });

  test('that passes with warnings names them', () => {
    const some = review({
      targets: [target('a')],
      findings: [finding({ severity: 'warning', targets: ['a'] })],
    });
    expect(toCheckOutput(some, 'schemas')).toMatchObject({
      conclusion: 'success',
      title: '1 new warning in 1 of 1 target',
      annotations: [{ annotation_level: 'warning' }],
    });
  });

  test('with nothing to check is skipped', () => {
    const verdicts = {
      render: 'skipped',
      schemas: 'skipped',
      policies: 'skipped',
      secrets: 'skipped',
    } as const;
    expect(toCheckOutput(review({ verdict: 'skipped', verdicts }), 'secrets')).toEqual({
      conclusion: 'skipped',
      title: 'Nothing to check',
      summary:
        '**Nothing to check.** No target: no folder has a kustomization or chart, and no file an object of Argo CD or Flux.',
      annotations: [],
    });
  });

  test('of the render concern carries the rendered difference, the others do not', () => {
    expect(toCheckOutput(richReview(), 'render').text).toContain('```diff\n@@ -5,3 +5,3 @@');
    expect(toCheckOutput(richReview(), 'schemas').text).toBeUndefined();
  });
});

describe('annotations', () => {
  test('are new findings with a place', () => {
    const findings = [
      finding(),
      finding({ location: null, message: 'Nowhere.' }),
      finding({ status: 'existing' }),
      finding({ status: 'fixed' }),
      finding({ rule: 'secret/plain' }),
    ];
    const { annotations, summary } = toCheckOutput(review({ findings }), 'schemas');
    expect(annotations).toEqual([
      {
        path: 'apps/myapp/base/deployment.yaml',
        start_line: 6,
        end_line: 6,
        annotation_level: 'failure',
        title: 'schema/unknown-field',
        message:
          'Unknown field "replica"; did you mean "replicas"?\nDeployment myapp · spec.replica · in apps/myapp/overlays/production',
      },
    ]);
    expect(summary).toContain('Nowhere.');
  });

  test('name the first few of many targets, and how many more', () => {
    const targets = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const { annotations } = toCheckOutput(review({ findings: [finding({ targets })] }), 'schemas');
    expect(annotations[0]?.message).toMatch(/in t0, t1, t2, t3, t4 and 35 more$/);
  });

  test('are a thousand at most, the worst first, new ones before existing, and the others are counted', () => {
    const some = (length: number, fields: Parameters<typeof finding>[0]) =>
      Array.from({ length }, () => finding(fields));
    const findings = [
      ...some(600, { severity: 'warning' }),
      ...some(200, { status: 'existing' }),
      ...some(300, {}),
    ];
    const { annotations, summary } = toCheckOutput(review({ findings, gate: 'all' }), 'schemas');
    const levels = annotations.map(
      ({ annotation_level: level, message }) =>
        `${level}${message.includes('(existing)') ? ' (existing)' : ''}`,
    );
    expect(levels).toEqual([
      ...Array(300).fill('failure'),
      ...Array(200).fill('failure (existing)'),
      ...Array(500).fill('warning'),
    ]);
    expect(summary).toContain('**100 more findings** without an annotation: only the worst 1,000 have one.');
    const fewer = toCheckOutput(review({ findings: findings.slice(0, 1000), gate: 'all' }), 'schemas');
    expect(fewer.summary).not.toContain('without an annotation');
  });

  test('cut a very long message and say by how much', () => {
    const { annotations } = toCheckOutput(
      review({ findings: [finding({ message: 'x'.repeat(5000) })] }),
      'schemas',
    );
    expect(annotations[0]?.message).toMatch(/^x{1000}… \(4000 more characters\)\n/);
  });
});

test('what is not validated stands in the summary of its own check', () => {
  const some = review({
    verdicts: { render: 'success', schemas: 'neutral', policies: 'success', secrets: 'success' },
    targets: [target('a')],
    notValidated: [gap()],
  });
  expect(toCheckOutput(some, 'schemas').title).toBe('No new errors, but 1 item not validated');
  expect(toCheckOutput(some, 'schemas').summary).toContain(
    '| `example.com/v1 Widget` | no schema for this kind (1 resource) | schemas |',
  );
  expect(toCheckOutput(some, 'policies').summary).not.toContain('Widget');
});
