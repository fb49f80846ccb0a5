import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { Review, TargetMove } from '../../src/model/review.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/text.ts';
import {
  applicationSet,
  applicationTemplate,
  applicationWith,
  chart,
  configMap,
  gitRepository,
  helmRelease,
  helmRepository,
  inRepository,
  kustomization,
} from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const FILES: TestFiles = {
  'sync.yaml': gitRepository(),
  'web/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
  'web/a.yaml': configMap('a', 'a: b', '  namespace: shop\n'),
  'web/b.yaml': configMap('b', 'a: b', '  namespace: shop\n'),
  ...chart('chart'),
};

/** What a review says of an object that changes in a file. */
function moved(before: string, after: string, more: TestFiles = {}): Promise<Review> {
  const base = { ...FILES, 'object.yaml': before, ...more };
  return reviewed(engine, { base, head: { 'object.yaml': after } });
}

const movesOf = ({ targets }: Review) =>
  targets.flatMap(({ affected, moves }) => (affected && moves !== undefined ? [moves] : []));

const to = (destination: object) =>
  applicationWith({
    source: inRepository({ path: 'web' }),
    destination: { namespace: 'web', ...destination },
  });
const own = { server: 'https://kubernetes.default.svc' };

describe('an Application that goes to another cluster', () => {
  test.each<[string, object, object, Partial<TargetMove> | null]>([
    ['by name', { name: 'left' }, { name: 'right' }, { effect: 'leavesBehind' }],
    [
      'by address',
      { server: 'https://one.example' },
      { server: 'https://two.example' },
      { effect: 'leavesBehind' },
    ],
    ['from its own, of which nobody knows the name', own, { name: 'right' }, { effect: 'unknown' }],
    [
      'from an address to a name',
      { server: 'https://one.example' },
      { name: 'right' },
      { effect: 'unknown' },
    ],
    ['or not: the own one by name', own, { name: 'in-cluster' }, null],
    ['or not: another namespace', { name: 'left' }, { name: 'left', namespace: 'other' }, null],
    ['or nowhere', { name: 'left' }, {}, null],
  ])('%s', async (_, before, after, expected) => {
    const moves = movesOf(await moved(to(before), to(after)));
    expect(moves).toEqual(expected === null ? [] : [expect.objectContaining(expected)]);
  });

  test('which the settings list by both', async () => {
    const settings = {
      '.hydrant.yaml':
        'clusters: [{name: left, server: "https://one.example"}, {name: right, server: "https://two.example"}]\n',
    };
    const before = to({ server: 'https://one.example' });
    expect(movesOf(await moved(before, to({ name: 'right' }), settings))).toEqual([
      { from: 'cluster left', to: 'cluster right', effect: 'leavesBehind' },
    ]);
    expect(movesOf(await moved(before, to({ name: 'left' }), settings))).toEqual([]);
  });

  test('is said in text, comment and JSON, though nothing that is rendered differs', async () => {
    const review = await moved(to({ name: 'left' }), to({ name: 'right' }));
    const said =
      'Application/argocd/app: moves from cluster left to cluster right, where all of it is applied anew (does not roll out: it is synced by hand (no syncPolicy.automated)). What it had in cluster left stays there.';
    expect(review.changes).toEqual([]);
    expect(renderText(review)).toContain(said);
    expect(renderComment(review)).toContain(said);
    const { targets } = JSON.parse(renderJson(review)) as { targets: { moves?: unknown }[] };
    expect(targets.flatMap(({ moves }) => moves ?? [])).toEqual([
      { from: 'cluster left', to: 'cluster right', effect: 'leavesBehind' },
    ]);
  });

  test('is shown without effect in Markdown', async () => {
    const review = await moved(to({ name: 'left' }), to({ name: '**@team**' }));
    // In a span of code nothing has an effect.
    const comment = renderComment(review);
    expect(comment).toContain('`**@team**`');
    expect(comment.replaceAll('`**@team**`', '')).not.toContain('@team');
  });

  test('leaves there what Git no longer has', async () => {
    const base = { ...FILES, 'object.yaml': to({ name: 'left' }) };
    const head = { 'object.yaml': to({ name: 'right' }), 'web/kustomization.yaml': 'resources: [a.yaml]\n' };
    const { changes } = await reviewed(engine, { base, head });
    expect(changes.map(({ removal }) => removal)).toEqual([
      {
        fate: 'kept',
        reason: 'it is in cluster left, and Application/argocd/app is applied to cluster right from now on',
      },
    ]);
  });

  test('is affected where another Application or a set declares it', async () => {
    const parent = applicationWith({ source: inRepository({ path: 'children' }) }, 'root');
    const child = (name: string) => ({ 'children/child.yaml': to({ name }) });
    const base = { ...FILES, 'root.yaml': parent, ...child('left') };
    const byParent = await reviewed(engine, { base, head: child('right') });
    expect(movesOf(byParent)).toMatchObject([{ to: 'cluster right' }]);
    const set = (name: string) =>
      applicationSet({
        generators: [{ list: { elements: [{ name }] } }],
        template: applicationTemplate('app', inRepository({ path: 'web' }), {
          destination: { name: '{{name}}', namespace: 'web' },
        }),
      });
    expect(movesOf(await moved(set('left'), set('right')))).toMatchObject([{ to: 'cluster right' }]);
  });
});

describe('an object of Flux', () => {
  const ofSecret = (name: string) => `  kubeConfig: { secretRef: { name: ${name} } }\n`;
  const web = (more = '') => kustomization('web', './web', { more });
  const release = (more = '') => helmRelease('shop', './chart', { more });

  test('leaves everything in the cluster that it goes from', async () => {
    expect(movesOf(await moved(web(), web(ofSecret('far'))))).toEqual([
      { from: 'its own cluster', to: 'cluster far', effect: 'leavesBehind' },
    ]);
    expect(movesOf(await moved(release(ofSecret('near')), release(ofSecret('far'))))).toEqual([
      { from: 'cluster near', to: 'cluster far', effect: 'leavesBehind' },
    ]);
  });

  test.each([
    ['  releaseName: store\n', 'flux-system/store'],
    ['  targetNamespace: mall\n', 'mall/mall-shop'],
    ['  storageNamespace: vault\n', 'flux-system/shop (stored in vault)'],
    ['  releaseName: shop\n  targetNamespace: flux-system\n  storageNamespace: flux-system\n', null],
  ])('of another release uninstalls the one before: %j', async (more, name) => {
    const moves = movesOf(await moved(release(), release(more)));
    const from = 'release flux-system/shop';
    expect(moves).toEqual(name === null ? [] : [{ from, to: `release ${name}`, effect: 'removes' }]);
  });

  test('of a chart in Git that gets another name uninstalls the release, however equal the rest', async () => {
    const file = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;
    const of = async (more: string) => {
      const base = { ...FILES, 'chart/Chart.yaml': file('one'), 'object.yaml': release(more) };
      return movesOf(await reviewed(engine, { base, head: { 'chart/Chart.yaml': file('two') } }));
    };
    expect(await of('')).toEqual([{ from: 'chart one', to: 'chart two', effect: 'removes' }]);
    expect(await of('  upgrade: {chartNameChangeStrategy: InPlaceUpdate}\n')).toEqual([]);
    expect(await of('  upgrade: {chartNameChangeStrategy: Reinstall}\n')).toHaveLength(1);
  });

  test('of another chart in a registry uninstalls the release as well', async () => {
    const oci = (url: string) =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata:\n  name: charts\n  namespace: flux-system\nspec:\n  interval: 1m\n  url: oci://registry.invalid/${url}\n`;
    const object = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  interval: 1m\n  chartRef:\n    kind: OCIRepository\n    name: charts\n`;
    const more = { 'release.yaml': object };
    expect(movesOf(await moved(oci('a/one'), oci('b/two'), more))).toEqual([
      { from: 'chart one', to: 'chart two', effect: 'removes' },
    ]);
    expect(movesOf(await moved(oci('a/one'), oci('b/one/'), more))).toEqual([]);
  });

  test('of another chart uninstalls the release as well, and is not validated', async () => {
    const of = (name: string) => helmRelease('shop', name, { source: 'charts', kind: 'HelmRepository' });
    const more = { 'charts.yaml': helmRepository('https://charts.invalid') };
    const review = await moved(of('one'), of('two'), more);
    expect(movesOf(review)).toEqual([{ from: 'chart one', to: 'chart two', effect: 'removes' }]);
    expect(review.verdict).toBe('neutral');
    expect(renderText(review)).toContain('What it had as chart one is uninstalled before that.');
  });
});

test('an object that nothing applies any more goes to no other cluster', async () => {
  const base: TestFiles = {
    ...FILES,
    'clusters/production/sync.yaml': gitRepository(),
    'clusters/production/apps.yaml': kustomization('apps', './apps/production'),
    'apps/production/kustomization.yaml': 'resources: [release.yaml]\n',
    'apps/production/release.yaml': helmRelease('shop', './chart'),
  };
  const review = await reviewed(engine, { base, head: { 'clusters/production/apps.yaml': null } });
  expect(review.targets.map(({ id }) => id)).toContain('production/HelmRelease/flux-system/shop');
  expect(review.targets.filter(({ moves }) => moves !== undefined)).toEqual([]);
});
