import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { renderText } from '../../src/report/text.ts';
import { change, finding, resource, review, richReview, target } from './builders.ts';

test('a review with something of everything', () => {
  expect(renderText(richReview())).toMatchSnapshot();
});

test('colours add nothing but colours', () => {
  const coloured = renderText(richReview(), { color: true });
  expect(coloured).toContain('\u001b[32m+  replicas: 2\u001b[39m');
  expect(stripVTControlCharacters(coloured)).toBe(renderText(richReview()));
});

test('what is new comes first, and existing findings are counted unless all are asked for', () => {
  const existing = finding({ status: 'existing', message: 'Old.' });
  const old = finding({ status: 'existing', severity: 'warning', message: 'Older.' });
  const some = review({
    targets: [target('apps/a')],
    findings: [existing, old, finding({ message: 'New.' })],
  });
  const text = renderText(some);
  expect(text).toMatch(/^apps\/myapp\/base\/deployment.yaml:6: error: New\. /);
  expect(text).toContain('\n2 existing findings are not shown; --all shows them\n');
  expect(text).not.toContain('Old');
  const all = renderText(some, { all: true });
  expect(all).not.toContain('--all');
  expect(all.indexOf('error (existing): Old.')).toBeGreaterThan(all.indexOf('TARGET'));
  expect(all).toContain('warning (existing): Older.');
});

test('an existing error that fails the review is shown with what is new', () => {
  const findings = [
    finding({ status: 'existing', message: 'Old.' }),
    finding({ status: 'existing', severity: 'warning', message: 'Older.' }),
  ];
  const text = renderText(review({ gate: 'all', verdict: 'failure', findings }));
  expect(text).toMatch(/^.* error \(existing\): Old\. /);
  expect(text).toContain('1 existing finding is not shown; --all shows it');
});

test('a repository without targets', () => {
  const verdicts = {
    render: 'skipped',
    schemas: 'skipped',
    policies: 'skipped',
    secrets: 'skipped',
  } as const;
  expect(renderText(review({ verdict: 'skipped', verdicts }))).toBe(`\
No target: no folder has a kustomization or chart, and no file an object of Argo CD or Flux.
render skipped, schemas skipped, policies skipped, secrets skipped
skipped: Nothing to review
`);
});

test('a green review ends with its verdict', () => {
  const text = renderText(
    review({
      targets: [target('apps/a'), target('apps/b', { affected: false })],
      changes: [change('apps/a')],
    }),
  );
  expect(text).toBe(`\
TARGET  ENVIRONMENT  STATUS    CHANGES
apps/a  -            rendered  1 changed

changed apps/v1 Deployment myapp
  in apps/a
@@ -5,3 +5,3 @@
 spec:
-  replicas: 1
+  replicas: 2
   selector:

Merging affects 1 of 2 targets: it changes 1 resource.
render success, schemas success, policies success, secrets success
success: No new findings
`);
});

test.each([
  [[], 'No target: no folder has a kustomization or chart, and no file an object of Argo CD or Flux.'],
  [[target('a', { affected: false })], 'No target is affected (of 1).'],
  [[target('a')], 'Merging affects 1 target and changes no rendered resource.'],
  [[target('a'), target('b')], 'Merging affects all 2 targets and changes no rendered resource.'],
  [
    [
      target('a', { status: 'failed' }),
      target('b', { status: 'notValidated' }),
      target('c', { affected: false }),
    ],
    'Merging affects 2 of 3 targets. What it does to them is not known: they could not be rendered.',
  ],
  [
    [target('a', { status: 'failed' })],
    'Merging affects 1 target. What it does to it is not known: it could not be rendered.',
  ],
  [
    [target('a', { status: 'failed' }), target('b'), target('c', { baseFailed: true })],
    'Merging affects all 3 targets and changes no rendered resource. What it does to 1 of them is not known: it could not be rendered. 1 target could not be rendered at the base, so all that it has counts as new.',
  ],
])('says what merging does to %j', (targets, sentence) => {
  expect(renderText(review({ targets })).split('\n')).toContain(sentence);
});

test('names steer no terminal and hide nothing', () => {
  const text = renderText(
    review({
      findings: [
        finding({
          message: 'Bad\u001b[2J\nvalue \u202etxt',
          resource: resource({ name: 'a\rb' }),
          location: { path: 'x\u0007.yaml', startLine: 1, endLine: 1 },
        }),
      ],
      changes: [change('t', { diff: '@@ -1 +1 @@\n+a: \u001b]0;title\u0007' })],
    }),
  );
  expect(text).toContain('x<U+0007>.yaml:1: error: Bad<U+001B>[2J value <U+202E>txt');
  expect(text).toContain('Deployment a<U+000D>b');
  expect(text).toContain('+a: <U+001B>]0;title<U+0007>');
});
