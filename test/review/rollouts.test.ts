import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { Review } from '../../src/model/review.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/text.ts';
import { applicationWith, configMap, flux, headOf, inRepository, REPOSITORY } from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
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
  expect(renderComment(review)).toContain('⏸️ (does not roll out: it is suspended)');
  expect(JSON.parse(renderJson(review))).toMatchObject({ targets: [{ waits: 'it is suspended' }] });
  const resumed = await reviewed(engine, { base, head: { 'web.yaml': flux('Kustomization', 'web', spec) } });
  expect(renderText(resumed)).toContain(
    'Kustomization/flux-system/web: nothing holds changes back any more, so all that has gathered is applied.',
  );
  expect(JSON.parse(renderJson(resumed))).toMatchObject({ targets: [{ affected: true, resumes: true }] });
});

describe('a source that is suspended holds back', () => {
  const sync = (more = '') =>
    flux('GitRepository', 'flux-system', `  url: ${REPOSITORY}\n  ref: {branch: main}\n${more}`);
  const web = (more = '') =>
    flux(
      'Kustomization',
      'web',
      `  path: ./web\n  sourceRef: {kind: GitRepository, name: flux-system}\n${more}`,
    );
  const base = { 'sync.yaml': sync('  suspend: true\n'), 'web.yaml': web(), 'web/a.yaml': configMap('web') };

  test('a change of the files', async () => {
    const review = await reviewed(engine, { base, head: { 'web/a.yaml': CHANGED } });
    expect(waits(review)).toEqual(['its source GitRepository flux-system/flux-system is suspended']);
  });

  test('no change of the object, which is applied to the files that the cluster has', async () => {
    const head = { 'web.yaml': web('  targetNamespace: other\n') };
    expect(waits(await reviewed(engine, { base, head }))).toEqual([null]);
  });

  test('no values of other objects, so that nothing is said of who takes some', async () => {
    const more = '  postBuild: {substituteFrom: [{kind: ConfigMap, name: web}]}\n';
    const files = { ...base, 'web.yaml': web(more) };
    expect(waits(await reviewed(engine, { base: files, head: { 'web/a.yaml': CHANGED } }))).toEqual([null]);
  });

  test('the chart of a HelmRelease, and not where it takes values of others', async () => {
    const release = (more = '') =>
      flux(
        'HelmRelease',
        'web',
        `  chart: {spec: {chart: ./chart, reconcileStrategy: Revision, sourceRef: {kind: GitRepository, name: flux-system}}}\n${more}`,
      );
    const of = (more = '') => ({
      'sync.yaml': sync('  suspend: true\n'),
      'web.yaml': release(more),
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'chart/templates/a.yaml': configMap('web'),
    });
    const head = { 'chart/templates/a.yaml': CHANGED };
    expect(waits(await reviewed(engine, { base: of(), head }))).toEqual([
      'its source GitRepository flux-system/flux-system is suspended',
    ]);
    const more = '  valuesFrom: [{kind: ConfigMap, name: values, optional: true}]\n';
    expect(waits(await reviewed(engine, { base: of(more), head }))).toEqual([null]);
  });

  test('what has gathered, until it is resumed', async () => {
    const review = await reviewed(engine, { base, head: { 'sync.yaml': sync() } });
    expect(JSON.parse(renderJson(review))).toMatchObject({ targets: [{ affected: true, resumes: true }] });
  });
});

describe('what begins to hold back, says so of each target that it holds:', () => {
  const source = (more = '') =>
    flux('GitRepository', 'apps', `  url: ${REPOSITORY}\n  ref: {branch: main}\n${more}`);
  const web = (name = 'web', more = '') =>
    flux('Kustomization', name, `  path: ./${name}\n  sourceRef: {kind: GitRepository, name: apps}\n${more}`);
  const automated = applicationWith({ source: inRepository({ path: 'web' }), ...AUTOMATED }, 'web');
  const SUSPENDED = 'its source GitRepository flux-system/apps is suspended';
  const files = {
    'source.yaml': source(),
    'web.yaml': web(),
    'web/a.yaml': configMap('web'),
    'api/a.yaml': configMap('api'),
  };
  const stopped = async (base: TestFiles, head: TestFiles) => {
    const review = await reviewed(engine, { base, head });
    const stops = review.targets.filter((one) => one.stops !== undefined);
    expect(stops.every(({ affected }) => affected)).toBe(true);
    for (const { stops: why } of stops) {
      expect(renderText(review)).toContain(`from now on no change rolls out by itself (${why}).`);
      expect(JSON.parse(renderJson(review)).targets).toContainEqual(expect.objectContaining({ stops: why }));
    }
    return Object.fromEntries(stops.map(({ id, stops: why }) => [id.split('/').at(-1), why]));
  };

  test('a source that is suspended, also of who takes values of others', async () => {
    const head = { 'source.yaml': source('  suspend: true\n') };
    expect(await stopped(files, head)).toEqual({ web: SUSPENDED });
    const more = '  postBuild: {substituteFrom: [{kind: ConfigMap, name: x, optional: true}]}\n';
    const both = { ...files, 'web.yaml': web('web', more), 'api.yaml': web('api') };
    expect(await stopped(both, head)).toEqual({ web: SUSPENDED, api: SUSPENDED });
    expect(await stopped({ ...both, ...head }, { 'source.yaml': source() })).toEqual({});
  });

  test('a repository or registry of charts, or a chart, that is suspended', async () => {
    const chart = (more = '') =>
      flux(
        'HelmChart',
        'db',
        `  chart: db\n  version: 1.0.0\n  sourceRef: {kind: HelmRepository, name: charts}\n${more}`,
      );
    const charts = (more = '') => flux('HelmRepository', 'charts', `  url: https://charts.invalid\n${more}`);
    const oci = (more = '') =>
      flux('OCIRepository', 'mail', `  url: oci://registry.invalid/mail\n  ref: {tag: 1.0.0}\n${more}`);
    const base = {
      'chart.yaml': chart(),
      'charts.yaml': charts(),
      'oci.yaml': oci(),
      'db.yaml': flux('HelmRelease', 'db', '  chartRef: {kind: HelmChart, name: db}\n'),
      'mail.yaml': flux('HelmRelease', 'mail', '  chartRef: {kind: OCIRepository, name: mail}\n'),
    };
    const more = '  suspend: true\n';
    const why = (name: string) => `its source ${name} is suspended`;
    expect(await stopped(base, { 'chart.yaml': chart(more) })).toEqual({
      db: why('HelmChart flux-system/db'),
    });
    expect(await stopped(base, { 'charts.yaml': charts(more), 'oci.yaml': oci(more) })).toEqual({
      db: why('HelmRepository flux-system/charts'),
      mail: why('OCIRepository flux-system/mail'),
    });
  });

  test('an artifact that is made no more, or of a source that is suspended', async () => {
    const generator = (more = '') =>
      `apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\nmetadata: {name: parts, namespace: flux-system${more}}\nspec:\n  sources: [{alias: apps, kind: GitRepository, name: apps}]\n  artifacts: [{name: web, copy: [{from: '@apps/web/**', to: '@artifact/'}]}]\n`;
    const base = {
      ...files,
      'parts.yaml': generator(),
      'web.yaml': flux(
        'Kustomization',
        'web',
        '  path: ./\n  sourceRef: {kind: ExternalArtifact, name: web}\n',
      ),
    };
    const off = ", annotations: {source.extensions.fluxcd.io/reconcile: 'Disabled'}";
    expect(await stopped(base, { 'parts.yaml': generator(off) })).toEqual({
      web: 'ArtifactGenerator flux-system/parts, which makes its source, does not: it is disabled (source.extensions.fluxcd.io/reconcile)',
    });
    expect(await stopped(base, { 'source.yaml': source('  suspend: true\n') })).toEqual({
      web: 'GitRepository flux-system/apps, which its source is made of, is suspended',
    });
  });

  test('a repository that a source includes', async () => {
    const including = flux(
      'GitRepository',
      'all',
      `  url: ${REPOSITORY}\n  ref: {branch: main}\n  include: [{repository: {name: apps}, toPath: more}]\n`,
    );
    const base = {
      ...files,
      'all.yaml': including,
      'web.yaml': flux(
        'Kustomization',
        'web',
        '  path: ./web\n  sourceRef: {kind: GitRepository, name: all}\n',
      ),
    };
    expect(await stopped(base, { 'source.yaml': source('  suspend: true\n') })).toEqual({
      web: 'its source GitRepository flux-system/all includes GitRepository flux-system/apps, which is suspended',
    });
  });

  test('what it depends on, of the same source, at any depth', async () => {
    const needs = (name: string, more = '') => `  dependsOn: [{name: ${name}${more}}]\n`;
    const base = {
      ...files,
      'web.yaml': web('web', needs('api')),
      'api.yaml': web('api', needs('infra')),
      'infra.yaml': web('infra'),
      'infra/a.yaml': configMap('infra'),
    };
    const head = { 'infra.yaml': web('infra', '  suspend: true\n') };
    const API = 'it depends on Kustomization flux-system/infra, which is suspended';
    const WEB = 'it depends on Kustomization flux-system/api, which waits for a suspended one';
    expect(await stopped(base, head)).toEqual({ infra: 'it is suspended', api: API, web: WEB });
    expect(
      waits(await reviewed(engine, { base: { ...base, ...head }, head: { 'web/a.yaml': CHANGED } })),
    ).toEqual([API, 'it is suspended', WEB]);
    const asked = { ...base, 'api.yaml': web('api', needs('infra', ', readyExpr: "true"')) };
    expect(await stopped(asked, head)).toEqual({ infra: 'it is suspended' });
    const elsewhere = { ...base, 'infra.yaml': web('infra').replace('name: apps}', 'name: own}') };
    expect(await stopped(elsewhere, { 'infra.yaml': `${elsewhere['infra.yaml']}  suspend: true\n` })).toEqual(
      {
        infra: 'it is suspended',
      },
    );
  });

  test('what it depends on by more ways than can be gone, each asked once', async () => {
    const LAYERS = 24;
    const needs = (layer: number) => `  dependsOn: [{name: a${layer}}, {name: b${layer}}]\n`;
    const layers = Array.from({ length: LAYERS }, (_, layer) =>
      ['a', 'b'].map((name) => web(`${name}${layer}`, layer === 0 ? '' : needs(layer - 1))),
    );
    const base = {
      ...files,
      'layers.yaml': layers.flat().join('---\n'),
      'web.yaml': web('web', needs(LAYERS - 1)),
    };
    expect(await stopped(base, { 'layers.yaml': `${base['layers.yaml']}  suspend: true\n` })).toEqual({
      [`b${LAYERS - 1}`]: 'it is suspended',
      web: `it depends on Kustomization flux-system/b${LAYERS - 1}, which is suspended`,
    });
  });

  test('a project whose window denies for good, or an annotation', async () => {
    const base = { 'app.yaml': automated, 'web/a.yaml': configMap('web'), 'project.yaml': project('') };
    const window = project("{kind: deny, schedule: '* * * * *', duration: 1h, applications: ['*']}");
    expect(await stopped(base, { 'project.yaml': window })).toEqual({
      web: 'the project default always denies syncs (syncWindows)',
    });
    const annotations = { 'argocd.argoproj.io/skip-reconcile': 'true' };
    const skipped = applicationWith({ source: inRepository({ path: 'web' }), ...AUTOMATED }, 'web', {
      annotations,
    });
    expect(await stopped(base, { 'app.yaml': skipped })).toEqual({
      web: 'Argo CD skips it (skip-reconcile)',
    });
  });
});

describe('an object that comes through what is not applied', () => {
  const sync = flux('GitRepository', 'flux-system', `  url: ${REPOSITORY}\n  ref: {branch: main}\n`);
  const source = '  sourceRef: {kind: GitRepository, name: flux-system}\n';
  const of = (name: string, path: string, more = '') =>
    flux('Kustomization', name, `  path: ${path}\n${source}${more}`);
  const parent = (more: string) => of('apps', './apps', more);
  const files = {
    'sync.yaml': sync,
    'parent.yaml': parent('  suspend: true\n'),
    'apps/web.yaml': of('web', './web'),
    'web/a.yaml': configMap('web'),
    'api/a.yaml': configMap('api'),
  };
  const held = async (base: TestFiles, head: TestFiles) => {
    const { targets } = await reviewed(engine, { base, head });
    return Object.fromEntries(targets.map(({ id, waits: why }) => [id.split('/').at(-1), why ?? null]));
  };
  const WAITS = 'Kustomization flux-system/apps, which declares it, does not apply';

  test('waits with the change of the object, or with a new one', async () => {
    expect(await held(files, { 'apps/web.yaml': of('web', './api') })).toEqual({
      apps: 'it is suspended',
      web: `${WAITS} the change of its object: it is suspended`,
    });
    expect(await held(files, { 'apps/new.yaml': of('new', './api') })).toEqual({
      apps: 'it is suspended',
      new: `${WAITS} its object: it is suspended`,
      web: null,
    });
  });

  test('but not with the change of its files, nor where the parent applies', async () => {
    expect(await held(files, { 'web/a.yaml': CHANGED })).toMatchObject({ web: null });
    const base = { ...files, 'parent.yaml': parent('') };
    expect(await held(base, { 'apps/web.yaml': of('web', './api') })).toEqual({ apps: null, web: null });
  });

  test('waits with a parent that is new itself', async () => {
    const base = { ...files, 'parent.yaml': parent('  suspend: true\n'), 'apps/web.yaml': configMap('x') };
    const head = { 'apps/web.yaml': of('mid', './mid'), 'mid/web.yaml': of('web', './web') };
    expect(await held(base, head)).toMatchObject({
      mid: `${WAITS} its object: it is suspended`,
      web: `Kustomization flux-system/mid, which declares it, does not apply its object: ${WAITS} its object: it is suspended`,
    });
  });

  test('of Argo CD waits for a parent that is synced by hand', async () => {
    const child = (path: string) =>
      applicationWith({ source: inRepository({ path }), ...AUTOMATED }, 'child');
    const base = {
      'root.yaml': applicationWith({ source: inRepository({ path: 'children' }) }, 'root'),
      'children/child.yaml': child('web'),
      'web/a.yaml': configMap('web'),
      'api/a.yaml': configMap('api'),
    };
    const review = await reviewed(engine, { base, head: { 'children/child.yaml': child('api') } });
    const said =
      'does not roll out: Application argocd/root, which declares it, does not apply the change of its object: it is synced by hand (no syncPolicy.automated)';
    expect(renderText(review)).toContain(said);
    expect(renderComment(review)).toContain(said);
  });
});

describe('what begins to be applied and cannot be rendered is not validated:', () => {
  const remote = { repoURL: 'https://charts.invalid/a', chart: 'db', targetRevision: '1.0.0' };
  const charts = flux('HelmRepository', 'charts', '  url: https://charts.invalid\n');
  const release = (more: string) =>
    flux(
      'HelmRelease',
      'db',
      `  chart: {spec: {chart: db, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}\n${more}`,
    );
  const app = (more: object) => applicationWith({ source: remote, ...more }, 'db');

  test.each([
    ['an Application that is synced from now on', app({}), app(AUTOMATED), 'Application/argocd/db'],
    [
      'a HelmRelease that is resumed',
      release('  suspend: true\n'),
      release(''),
      'HelmRelease/flux-system/db',
    ],
  ])('%s', async (_, before, after, id) => {
    const base = { 'charts.yaml': charts, 'object.yaml': before };
    const review = await reviewed(engine, { base, head: { 'object.yaml': after } });
    expect(review.verdict).toBe('neutral');
    expect(review.targets).toMatchObject([{ id, affected: true, status: 'notValidated', resumes: true }]);
    expect(review.notValidated.map(({ subject }) => subject)).toContain(id);
  });

  test('also where another object declares it', async () => {
    const base = {
      'root.yaml': applicationWith({ source: inRepository({ path: 'children' }), ...AUTOMATED }, 'root'),
      'children/db.yaml': app({}),
    };
    const review = await reviewed(engine, { base, head: { 'children/db.yaml': app(AUTOMATED) } });
    expect(review.verdict).toBe('neutral');
    expect(review.notValidated.map(({ subject }) => subject)).toContain('Application/argocd/db');
  });
});
