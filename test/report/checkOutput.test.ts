import { describe, expect, test } from '@jest/globals';
import { CHECK_TEXT_LIMIT, toCheckOutput } from '../../src/report/checkOutput.ts';
import { change, finding, gap, review, richReview, target } from './builders.ts';

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

  test('stays within the limits of GitHub and counts what is left out', () => {
    const many = review({
      verdicts: { render: 'success', schemas: 'failure', policies: 'success', secrets: 'success' },
      targets: [target('a')],
      findings: Array.from({ length: 1500 }, (_, index) => finding({ message: `Message ${index}.` })),
      changes: Array.from({ length: 1500 }, (_, index) => change('a', { diff: `@@ -1 +1 @@\n+${index}` })),
    });
    const schemas = toCheckOutput(many, 'schemas');
    expect(schemas.summary.length).toBeLessThanOrEqual(CHECK_TEXT_LIMIT);
    expect(schemas.summary).toMatch(/\*\*[\d,]+ more new findings\*\* not shown/);
    expect(schemas.annotations).toHaveLength(1500);
    const { text = '' } = toCheckOutput(many, 'render');
    expect(text.length).toBeLessThanOrEqual(CHECK_TEXT_LIMIT);
    expect(text).toMatch(/\*\*[\d,]+ more changed resources\*\* not shown/);
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
