import { afterAll, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { Review } from '../../src/model/review.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/text.ts';
import { applicationWith, configMap, flux, headOf, inRepository, REPOSITORY } from '../helpers/operators.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 2 });
afterAll(() => engine.close());

const waits = ({ targets }: Review) => targets.map((target) => target.waits ?? null);
const CHANGED = configMap('web', 'a: other');

async function argo(spec: object, metadata: object = {}, project = '') {
  const app = applicationWith({ source: inRepository({ path: 'web' }), ...spec }, 'web', metadata);
  const base = {
    'app.yaml': app,
    'web/a.yaml': configMap('web'),
    ...(project && { 'project.yaml': project }),
  };
  return waits(await reviewed(engine, { base, head: { 'web/a.yaml': CHANGED } }));
}

const AUTOMATED = { syncPolicy: { automated: {} } };
const project = (window: string) =>
  `${headOf('AppProject', 'default')}spec: {sourceRepos: ['*'], destinations: [{server: '*', namespace: '*'}], syncWindows: [${window}]}\n`;

test('an Application that Argo CD does not sync by itself is told with the reason', async () => {
  expect(await argo(AUTOMATED)).toEqual([null]);
  expect(await argo({})).toEqual(['it is synced by hand (no syncPolicy.automated)']);
  expect(await argo({ syncPolicy: { automated: { enabled: false } } })).toEqual([
    'it is synced by hand (no syncPolicy.automated)',
  ]);
  const annotations = { 'argocd.argoproj.io/skip-reconcile': 'true' };
  expect(await argo(AUTOMATED, { annotations })).toEqual(['Argo CD skips it (skip-reconcile)']);
});

test.each([
  ["{kind: deny, schedule: '* * * * *', duration: 1h, applications: ['*']}", true],
  ["{kind: deny, schedule: '0 0 * * *', duration: 24h, namespaces: [web]}", true],
  ["{kind: deny, schedule: '0 0 * * *', duration: 8h, applications: ['*']}", false],
  ["{kind: allow, schedule: '* * * * *', duration: 1h, applications: ['*']}", false],
  ["{kind: deny, schedule: '* * * * *', duration: 1h, applications: [other]}", false],
  [
    "{kind: deny, schedule: '* * * * *', duration: 1h, applications: [web], namespaces: [other], andOperator: true}",
    false,
  ],
])('the sync window %s denies for good: %p', async (window, denies) => {
  const reason = denies ? 'the project default always denies syncs (syncWindows)' : null;
  expect(await argo(AUTOMATED, {}, project(window))).toEqual([reason]);
});

test('a suspended object is told beside its changes, and that it is resumed as well', async () => {
  const sync = flux('GitRepository', 'flux-system', `  url: ${REPOSITORY}\n  ref: {branch: main}\n`);
  const spec = '  path: ./web\n  sourceRef: {kind: GitRepository, name: flux-system}\n';
  const suspended = flux('Kustomization', 'web', `${spec}  suspend: true\n`);
  const base = { 'sync.yaml': sync, 'web.yaml': suspended, 'web/a.yaml': configMap('web') };
  const review = await reviewed(engine, { base, head: { 'web/a.yaml': CHANGED } });
  expect(renderText(review)).toContain('1 changed (does not roll out: it is suspended)');
  expect(renderComment(review)).toContain('1 changed (does not roll out: it is suspended)');
  expect(JSON.parse(renderJson(review))).toMatchObject({ targets: [{ waits: 'it is suspended' }] });
  const resumed = await reviewed(engine, { base, head: { 'web.yaml': flux('Kustomization', 'web', spec) } });
  expect(renderText(resumed)).toContain(
    'Kustomization/flux-system/web: nothing holds changes back any more, so all that has gathered is applied.',
  );
  expect(JSON.parse(renderJson(resumed))).toMatchObject({ targets: [{ affected: true, resumes: true }] });
});
