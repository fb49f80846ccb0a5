import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { Review } from '../../src/model/review.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderText } from '../../src/report/text.ts';
import { application, chart, configMap, gitRepository, kustomization } from '../helpers/operators.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const annotated = (name: string, annotation: string, data = 'a: b') =>
  configMap(name, data, `  annotations: { ${annotation} }\n`);
const ARGO = 'argocd.argoproj.io';

let review: Review;
beforeAll(async () => {
  review = await reviewed(engine, {
    base: {
      'web.yaml': application('web', 'web'),
      'web/kept.yaml': annotated('kept', `${ARGO}/sync-options: Prune=false`),
      'web/gone.yaml': configMap('gone'),
      'web/replaced.yaml': annotated('replaced', `${ARGO}/sync-options: Replace=true`),
      'web/wave.yaml': configMap('wave'),
      'chart.yaml': application('chart', 'chart'),
      ...chart('chart', {
        'templates/hook.yaml': annotated('hook', 'helm.sh/hook: pre-upgrade', 'a: {{ .Values.a }}'),
      }),
    },
    head: {
      'web/kept.yaml': null,
      'web/gone.yaml': null,
      'web/replaced.yaml': annotated('replaced', `${ARGO}/sync-options: Replace=true`, 'a: c'),
      'web/wave.yaml': annotated('wave', `${ARGO}/sync-wave: "5"`),
      'web/hook.yaml': annotated('migrate', `${ARGO}/hook: PreSync`),
      'chart/values.yaml': 'a: other\n',
    },
  });
});

const EFFECTS: [string, string[]][] = [
  ['changed ConfigMap chart', []],
  ['changed ConfigMap hook', ['a pre-upgrade hook of Helm: it is run, and not kept']],
  ['removed ConfigMap gone', ['stays in the cluster: Application/argocd/web has no automated.prune']],
  ['removed ConfigMap kept', [`stays in the cluster: ${ARGO}/sync-options: Prune=false`]],
  ['added ConfigMap migrate', ['a PreSync hook of Argo CD: it is run at a sync, and not kept']],
  ['changed ConfigMap replaced', ['replaced as a whole, not patched: Replace=true']],
  ['changed ConfigMap wave', ['moves from sync wave 0 to 5']],
];

test('a review tells what an operator does besides what the difference shows', () => {
  const told = review.changes.map(({ change, resource, effects }) => [
    `${change} ${resource.kind} ${resource.name}`,
    effects,
  ]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(EFFECTS));
  expect(told).toHaveLength(EFFECTS.length);
});

test('so does the report for a terminal', () => {
  const text = renderText(review);
  for (const [, effects] of EFFECTS) for (const effect of effects) expect(text).toContain(`  ${effect}\n`);
});

test('so does the comment', () => {
  const comment = renderComment(review).replaceAll('\\', '');
  for (const [, effects] of EFFECTS) for (const effect of effects) expect(comment).toContain(effect);
});

test('a review tells nothing of annotations that the operator does not heed', async () => {
  const job = (image: string) =>
    `apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: web, annotations: {${ARGO}/hook: PreSync, ${ARGO}/sync-options: Force=true}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "${image}"}]}}}
`;
  const { changes, findings } = await reviewed(engine, {
    base: {
      'sync.yaml': `${gitRepository()}---\n${kustomization('web', './web')}`,
      'web/job.yaml': job('shop/migrate:1'),
    },
    head: { 'web/job.yaml': job('shop/migrate:2') },
  });
  expect(changes.map(({ target, effects }) => [target, effects])).toEqual([
    ['Kustomization/flux-system/web', []],
  ]);
  expect(findings.filter(({ rule }) => rule === 'danger/immutable-field')).toMatchObject([
    { message: expect.stringContaining('the API server refuses the change') },
  ]);
});
