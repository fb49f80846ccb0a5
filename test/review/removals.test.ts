import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/text.ts';
import {
  application,
  applicationSet,
  applicationTemplate,
  applicationWith,
  configMap,
  flux,
  gitRepository,
  inRepository,
  kustomization,
  REPOSITORY,
} from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** `target kind name fate: reason` of each removed resource. */
async function removals(base: TestFiles, head: TestFiles): Promise<string[]> {
  const { changes } = await reviewed(engine, { base, head });
  return changes.flatMap(({ target, resource, removal }) =>
    removal === undefined
      ? []
      : [
          `${target} ${resource.kind} ${resource.name} ${removal.fate}${removal.reason === null ? '' : `: ${removal.reason}`}`,
        ],
  );
}

const PRUNES = { syncPolicy: { automated: { prune: true } } };
const ROOT = 'Application/argocd/root';
const CHILD = 'Application/argocd/child';

/** An App of Apps with a child; what the child's folder has is a ConfigMap. */
function appOfApps({ root = PRUNES as object, metadata = {} as object } = {}): TestFiles {
  return {
    'root.yaml': applicationWith({ source: inRepository({ path: 'children' }), ...root }, 'root'),
    'children/child.yaml': applicationWith({ source: inRepository({ path: 'web' }) }, 'child', metadata),
    'children/note.yaml': configMap('note'),
    'web/config.yaml': configMap('settings'),
  };
}

const DEFINITION =
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: shops.example.com}\nspec: {group: example.com, names: {kind: Shop, plural: shops}, scope: Namespaced, versions: []}\n';

const WITHOUT_CHILD = { 'children/child.yaml': null };

describe('an Application that goes', () => {
  const STAYS =
    'kept: Application argocd/child goes without them: it has no finalizer resources-finalizer.argocd.argoproj.io';

  test('takes its resources along by its finalizer alone', async () => {
    const finalizers = (name: string) => appOfApps({ metadata: { finalizers: [name] } });
    for (const policy of ['', '/background', '/foreground']) {
      const name = `resources-finalizer.argocd.argoproj.io${policy}`;
      expect(await removals(finalizers(name), WITHOUT_CHILD)).toEqual([
        `${CHILD} ConfigMap settings deleted`,
        `${ROOT} Application child deleted`,
      ]);
    }
    expect(await removals(finalizers('resources-finalizer.example.com'), WITHOUT_CHILD)).toEqual([
      `${CHILD} ConfigMap settings ${STAYS}`,
      `${ROOT} Application child deleted`,
    ]);
  });

  test('stays with them where its parent does not prune', async () => {
    const metadata = { finalizers: ['resources-finalizer.argocd.argoproj.io'] };
    expect(await removals(appOfApps({ root: {}, metadata }), WITHOUT_CHILD)).toEqual([
      `${CHILD} ConfigMap settings kept: Application argocd/child stays, ${ROOT} has no automated.prune`,
      `${ROOT} Application child kept: ${ROOT} has no automated.prune`,
    ]);
  });

  test('leaves definitions, and what is annotated; which of a file alone is unknown', async () => {
    const metadata = { finalizers: ['resources-finalizer.argocd.argoproj.io'] };
    const annotated = (name: string, option: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  annotations: {argocd.argoproj.io/sync-options: ${option}}\n`;
    const files = {
      ...appOfApps({ metadata }),
      'web/a.yaml': annotated('a', 'Delete=false'),
      'web/b.yaml': annotated('b', 'Prune=false'),
      'web/c.yaml': DEFINITION,
    };
    expect(await removals(files, WITHOUT_CHILD)).toEqual([
      `${CHILD} ConfigMap a kept: argocd.argoproj.io/sync-options: Delete=false`,
      `${CHILD} ConfigMap b deleted`,
      `${CHILD} CustomResourceDefinition shops.example.com kept: Argo CD deletes no CustomResourceDefinition with an Application`,
      `${CHILD} ConfigMap settings deleted`,
      `${ROOT} Application child deleted`,
    ]);
    expect(await removals(files, { 'web/a.yaml': null, 'web/b.yaml': null })).toEqual([
      `${CHILD} ConfigMap a kept: ${CHILD} has no automated.prune`,
      `${CHILD} ConfigMap b kept: argocd.argoproj.io/sync-options: Prune=false`,
    ]);
    const alone = {
      'app.yaml': appOfApps({ metadata })['children/child.yaml'] ?? '',
      'web/config.yaml': configMap('settings'),
    };
    expect(await removals(alone, { 'app.yaml': null })).toEqual([
      `${CHILD} ConfigMap settings unknown: nothing in this repository applies app.yaml`,
    ]);
  });

  test('says so in text and JSON', async () => {
    const review = await reviewed(engine, { base: appOfApps(), head: WITHOUT_CHILD });
    const text = renderText(review);
    expect(text).toContain('removes 1 and leaves behind 1 resource');
    expect(text).toContain('  stays in the cluster: Application argocd/child goes without them');
    const { changes } = JSON.parse(renderJson(review)) as { changes: { removal: unknown }[] };
    expect(changes.map(({ removal }) => removal)).toMatchObject([
      { effect: 'leavesBehind' },
      { effect: 'removes', reason: null },
    ]);
  });
});

describe('an Application that an ApplicationSet makes no longer', () => {
  const set = (names: readonly string[], { syncPolicy = {}, more = {} } = {}) =>
    applicationSet({
      generators: [{ list: { elements: names.map((name) => ({ name })) } }],
      template: applicationTemplate('{{name}}', { repoURL: REPOSITORY, path: '{{name}}' }, more),
      syncPolicy,
    });
  const files = { 'one/a.yaml': configMap('one'), 'two/a.yaml': configMap('two') };
  const two = (syncPolicy: object = {}) =>
    removals(
      { ...files, 'set.yaml': set(['one', 'two'], { syncPolicy }) },
      { 'set.yaml': set(['one'], { syncPolicy }) },
    );
  const TWO = 'Application/argocd/two ConfigMap two';

  test('takes its resources along, unless the set preserves them, or deletes none', async () => {
    expect(await two()).toEqual([`${TWO} deleted`]);
    expect(await two({ applicationsSync: 'create-delete' })).toEqual([`${TWO} deleted`]);
    expect(await two({ preserveResourcesOnDeletion: true })).toEqual([
      expect.stringContaining(`${TWO} kept: Application argocd/two goes without them`),
    ]);
    for (const applicationsSync of ['create-only', 'create-update'])
      expect(await two({ applicationsSync })).toEqual([
        `${TWO} kept: Application argocd/two stays, because ApplicationSet argocd/set deletes none (applicationsSync)`,
      ]);
  });

  test('is there still where the set has an error', async () => {
    const base = { ...files, 'set.yaml': set(['one', 'two']) };
    const broken = applicationSet({ generators: [{ matrix: { generators: [] } }], template: {} });
    const review = await reviewed(engine, { base, head: { 'set.yaml': broken } });
    expect(review.changes).toEqual([]);
    expect(review.targets.map(({ id, affected }) => [id, affected])).toEqual([
      ['Application/argocd/one', false],
      ['Application/argocd/two', false],
    ]);
    expect(review.verdict).toBe('failure');
  });
});

describe('an object of Flux that goes', () => {
  const source = 'sourceRef: {kind: GitRepository, name: flux-system}';
  const sync = flux('GitRepository', 'flux-system', `  url: ${REPOSITORY}\n  ref: {branch: main}\n`);
  const root = (spec = '') => flux('Kustomization', 'root', `  path: ./apps\n  ${source}\n${spec}`);
  const child = (spec = '') => flux('Kustomization', 'child', `  path: ./web\n  ${source}\n${spec}`);
  const files = (objects: { root?: string; child?: string } = {}): TestFiles => ({
    'sync.yaml': `${sync}---\n${objects.root ?? root()}`,
    'apps/child.yaml': objects.child ?? child(),
    'apps/note.yaml': configMap('note'),
    'web/config.yaml': configMap('settings'),
  });
  const gone = { 'apps/child.yaml': null };
  const CHILD_ID = 'Kustomization/flux-system/child ConfigMap settings';

  test('takes along what it prunes, and leaves it where it does not, orphans it, or is suspended', async () => {
    const settings = async (base: TestFiles) =>
      (await removals(base, gone)).filter((text) => text.includes(CHILD_ID));
    expect(await settings(files())).toEqual([`${CHILD_ID} deleted`]);
    for (const spec of ['  prune: false\n', '  deletionPolicy: Orphan\n', '  suspend: true\n'])
      expect(await settings(files({ child: child(spec) }))).toEqual([
        `${CHILD_ID} kept: Kustomization flux-system/child goes without them: it does not prune, orphans them, or is suspended`,
      ]);
    expect(await settings(files({ root: root('  prune: false\n') }))).toEqual([
      `${CHILD_ID} kept: Kustomization flux-system/child stays, Kustomization/flux-system/root does not prune`,
    ]);
  });

  test('as a HelmRelease leaves what its chart has in crds/ and what is to be kept', async () => {
    const definition = (name: string) =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ${name}.example.com}\nspec: {group: example.com, names: {kind: ${name}, plural: ${name}}, scope: Namespaced, versions: []}\n`;
    const base = {
      ...files(),
      'apps/child.yaml': flux(
        'HelmRelease',
        'op',
        '  chart: {spec: {chart: ./chart, sourceRef: {kind: GitRepository, name: flux-system}}}\n',
      ),
      'chart/Chart.yaml': 'apiVersion: v2\nname: op\nversion: 1.0.0\n',
      'chart/crds/a.yaml': definition('a'),
      'chart/templates/b.yaml': definition('b'),
      'chart/templates/c.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, annotations: {helm.sh/resource-policy: keep}}\n',
      'chart/templates/d.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}\n',
    };
    const OP = 'HelmRelease/flux-system/op';
    const expected = [
      `${OP} ConfigMap c kept: helm.sh/resource-policy: keep`,
      `${OP} ConfigMap d deleted`,
      `${OP} CustomResourceDefinition a.example.com kept: Helm deletes nothing of the folder crds/ of a chart`,
      `${OP} CustomResourceDefinition b.example.com deleted`,
      'Kustomization/flux-system/root HelmRelease op deleted',
    ];
    expect((await removals(base, gone)).toSorted()).toEqual(expected);
  });
});

describe('a chart that an object begins or ceases to use', () => {
  const CHART = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'chart/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}"}\n',
  };
  const app = { 'app.yaml': application('web', 'chart') };

  test('is neither removed nor added itself', async () => {
    const begins = await reviewed(engine, { base: CHART, head: app });
    expect(begins.changes.map(({ target, change }) => [target, change])).toEqual([
      ['Application/argocd/web', 'added'],
    ]);
    expect(begins.targets.map(({ id }) => id)).toEqual(['Application/argocd/web']);
    const ceases = await reviewed(engine, { base: { ...CHART, ...app }, head: { 'app.yaml': null } });
    expect(ceases.changes.map(({ target, change }) => [target, change])).toEqual([
      ['Application/argocd/web', 'removed'],
    ]);
    expect(ceases.targets.map(({ id, affected }) => [id, affected])).toEqual([
      ['Application/argocd/web', true],
      ['chart', false],
    ]);
  });

  test('is a target of its own beside a kustomization in its folder', async () => {
    const base = { ...CHART, 'chart/kustomization.yaml': 'resources: [made.yaml]\n' };
    const edit = { 'chart/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n' };
    const beside = await reviewed(engine, { base, head: edit });
    expect(beside.targets.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'chart kustomize',
      'chart:Chart.yaml helm',
    ]);
    expect(beside.findings.filter(({ status }) => status === 'new')).toEqual([]);
    const comes = await reviewed(engine, {
      base: CHART,
      head: { ...base, 'chart/kustomization.yaml': '{}\n' },
    });
    expect(comes.changes).toEqual([]);
  });
});

describe('an Application that is there twice', () => {
  test('in its parent is the last one, with a warning', async () => {
    const base = { ...appOfApps(), 'api/config.yaml': configMap('other') };
    const again = applicationWith({ source: inRepository({ path: 'api' }) }, 'child');
    const review = await reviewed(engine, { base, head: { 'children/late.yaml': again } });
    expect(review.changes.map(({ target, resource, change }) => [target, resource.name, change])).toEqual([
      [CHILD, 'other', 'added'],
      [CHILD, 'settings', 'removed'],
      [ROOT, 'child', 'changed'],
    ]);
    expect(review.findings.filter(({ rule }) => rule === 'argocd/repeated-resource')).toMatchObject([
      { severity: 'warning', status: 'new', location: { path: 'children/late.yaml' } },
    ]);
  });
});

test('a root that applied itself is not asked for ever who deletes it', async () => {
  const base = {
    'clusters/a/kustomization.yaml': 'resources: [root.yaml, cm.yaml]\n',
    'clusters/a/root.yaml': `${gitRepository()}---\n${kustomization('root', './clusters/a')}`,
    'clusters/a/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: a }\n',
  };
  const head = {
    'clusters/a/kustomization.yaml': 'resources: [cm.yaml]\n',
    'clusters/a/root.yaml': null,
  };
  const found = await removals(base, head);
  expect(found).toContain(
    'a/Kustomization/flux-system/root Kustomization root unknown: a/Kustomization/flux-system/root applied itself',
  );
});
