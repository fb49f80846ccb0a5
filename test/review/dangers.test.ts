import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { application, configMap, gitRepository, kustomization } from '../helpers/operators.ts';
import { findingsOf, reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** The dangers of a folder of plain files that an Application applies, which prunes, or other objects. */
async function dangers(base: string, head: string, { more = PRUNE, objects = '' } = {}): Promise<string[]> {
  const appliers = objects === '' ? application('web', 'web', { more }) : objects;
  const all = await reviewed(engine, {
    base: { 'operators/web.yaml': appliers, 'web/all.yaml': base },
    head: { 'web/all.yaml': head },
  });
  return dangersOf(findingsOf(all));
}

function dangersOf(findings: readonly string[]): string[] {
  return findings
    .filter((finding) => finding.includes(' danger/'))
    .map((finding) => finding.replace(/^new warning danger\//, ''));
}

/** What applies the folder by Flux. */
const FLUX = `${gitRepository()}---\n${kustomization('web', './web')}`;

const PRUNE = '  syncPolicy:\n    automated:\n      prune: true\n';

/** An object with one field after its name, on line 6. */
const object = (kind: string, fields: string, apiVersion = 'v1', metadata = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\n  namespace: web\n${metadata}${fields}\n`;
const deployment = (fields: string, metadata = '') => object('Deployment', fields, 'apps/v1', metadata);
const rbac = (kind: string, fields: string) => object(kind, fields, 'rbac.authorization.k8s.io/v1');

const REFUSED = 'the API server refuses the change, and the sync fails until';
const selector = (app: string) => deployment(`spec:\n  selector:\n    matchLabels: { app: ${app} }`);
const claim = (fields: string) => object('PersistentVolumeClaim', `spec:\n${fields}`);
const service = (fields: string) => object('Service', `spec:\n${fields}`);
const sealed = (value: string) => object('ConfigMap', `immutable: true\ndata: { a: ${value} }`);
const job = (image: string, metadata = '') =>
  object(
    'Job',
    `spec: { template: { spec: { containers: [{ name: a, image: "${image}" }] } } }`,
    'batch/v1',
    metadata,
  );

describe('a field that cannot change', () => {
  test.each([
    [
      'a selector',
      selector('a'),
      selector('b'),
      `immutable-field web/all.yaml:7 \`spec.selector\` of a Deployment cannot change: ${REFUSED} Deployment web/web is deleted`,
    ],
    [
      'the template of a Job',
      job('a:1'),
      job('a:2'),
      `immutable-field web/all.yaml:6 \`spec.template\` of a Job cannot change: ${REFUSED} Job web/web is deleted`,
    ],
    [
      'a claim template',
      object('StatefulSet', 'spec:\n  volumeClaimTemplates: [{ metadata: { name: a } }]', 'apps/v1'),
      object('StatefulSet', 'spec:\n  volumeClaimTemplates: [{ metadata: { name: b } }]', 'apps/v1'),
      `immutable-field web/all.yaml:7 \`spec.volumeClaimTemplates\` of a StatefulSet cannot change: ${REFUSED} StatefulSet web/web is deleted`,
    ],
    [
      'the address of a Service',
      service('  ports: [{ port: 80 }]'),
      service('  clusterIP: None\n  ports: [{ port: 80 }]'),
      `immutable-field web/all.yaml:7 \`spec.clusterIP\` of a Service cannot change: ${REFUSED} Service web/web is deleted`,
    ],
    [
      'the storage class of a claim',
      claim('  storageClassName: fast'),
      claim('  storageClassName: slow'),
      `immutable-field web/all.yaml:7 \`spec.storageClassName\` of a PersistentVolumeClaim cannot change: ${REFUSED} PersistentVolumeClaim web/web is deleted`,
    ],
    [
      'a claim that shrinks',
      claim('  resources: { requests: { storage: 2Gi } }'),
      claim('  resources: { requests: { storage: 1500Mi } }'),
      'immutable-field web/all.yaml:7 a volume cannot shrink from 2Gi to 1500Mi: the API server refuses the change, and the sync fails until PersistentVolumeClaim web/web is deleted, with its data',
    ],
    [
      'what a binding gives',
      rbac('RoleBinding', 'roleRef: { kind: Role, name: a }'),
      rbac('RoleBinding', 'roleRef: { kind: Role, name: b }'),
      `immutable-field web/all.yaml:6 \`roleRef\` of a RoleBinding cannot change: ${REFUSED} RoleBinding web/web is deleted`,
    ],
    [
      'the content of an immutable ConfigMap',
      sealed('b'),
      sealed('c'),
      `immutable-field web/all.yaml:7 \`data\` of a ConfigMap cannot change: ${REFUSED} ConfigMap web/web is deleted`,
    ],
  ])('%s', async (_, base, head, expected) => {
    expect(await dangers(base, head)).toEqual([expected]);
  });

  test.each([
    [
      'is made anew where the operator is told to force it',
      'argocd.argoproj.io/sync-options',
      'Force=true',
      '',
    ],
    ['also by Flux', 'kustomize.toolkit.fluxcd.io/force', 'Enabled', FLUX],
  ])('%s', async (_, name, value, objects) => {
    const more = `  annotations: { ${name}: ${value} }\n`;
    expect(
      await dangers(
        deployment('spec:\n  selector: { a: b }', more),
        deployment('spec:\n  selector: { a: c }', more),
        { objects },
      ),
    ).toEqual([
      'immutable-field web/all.yaml:8 `spec.selector` of a Deployment cannot change: Deployment web/web is deleted and made anew, as its operator is told to force it',
    ]);
  });

  test.each([
    ['a field that may change', deployment('spec: { replicas: 1 }'), deployment('spec: { replicas: 2 }')],
    [
      'a hook, which is not kept',
      job('a:1', '  annotations: { argocd.argoproj.io/hook: Sync }\n'),
      job('a:2', '  annotations: { argocd.argoproj.io/hook: Sync }\n'),
    ],
    [
      'a default that is written down',
      object('StatefulSet', 'spec: { replicas: 1 }', 'apps/v1'),
      object('StatefulSet', 'spec: { replicas: 1, podManagementPolicy: OrderedReady }', 'apps/v1'),
    ],
    ['an address that the cluster keeps', service('  clusterIP: None'), service('  type: ClusterIP')],
    [
      'a claim that grows',
      claim('  resources: { requests: { storage: 900M } }'),
      claim('  resources: { requests: { storage: 1G } }'),
    ],
    [
      'another ConfigMap',
      object('ConfigMap', 'data: { a: b }'),
      object('ConfigMap', 'immutable: true\ndata: { a: c }'),
    ],
  ])('is not %s', async (_, base, head) => {
    expect(await dangers(base, head)).toEqual([]);
  });
});

describe('a removal that takes data with it', () => {
  const keep = configMap('kept', 'a: b', '  namespace: web\n');
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: web\n';
  const crd =
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: as.example.com }\nspec: { names: { kind: A } }\n';
  const volume =
    'apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: v }\nspec: { capacity: { storage: 1Gi } }\n';

  test.each([
    [
      'a namespace',
      namespace,
      'data-loss - Namespace web is deleted, with everything in it, also what Git does not hold',
    ],
    [
      'a definition',
      crd,
      'data-loss - CustomResourceDefinition as.example.com is deleted, with every A in the cluster',
    ],
    [
      'a claim',
      claim('  accessModes: [ReadWriteOnce]'),
      'data-loss - PersistentVolumeClaim web/web is deleted, and its volume’s data, unless the volume’s reclaim policy is Retain',
    ],
    [
      'a volume',
      volume,
      'data-loss - PersistentVolume v is deleted, and nothing claims its storage by this name any more',
    ],
    [
      'a StatefulSet',
      object('StatefulSet', 'spec: { replicas: 1 }', 'apps/v1'),
      'stateful-set-pruned - StatefulSet web/web is deleted, its Pods stop; the claims of its volumes stay',
    ],
  ])('%s', async (_, removed, expected) => {
    expect(await dangers(`${removed}---\n${keep}`, keep)).toEqual([expected]);
  });

  test('is none where the operator does not prune, or the resource is kept', async () => {
    expect(await dangers(`${namespace}---\n${keep}`, keep, { more: '' })).toEqual([]);
    const kept = `${namespace}  annotations: { argocd.argoproj.io/sync-options: "Prune=false" }\n`;
    expect(await dangers(`${kept}---\n${keep}`, keep)).toEqual([]);
  });

  test('is not sure of an overlay that nothing here applies, and is none in a folder that is renamed', async () => {
    const folder = (name: string, resources: string) => ({
      [`${name}/kustomization.yaml`]: 'resources: [all.yaml]\n',
      [`${name}/all.yaml`]: resources,
    });
    const base = folder('web', `${namespace}---\n${keep}`);
    const removed = await reviewed(engine, { base, head: { 'web/all.yaml': keep } });
    expect(dangersOf(findingsOf(removed))).toEqual([
      'data-loss - where what applies web prunes, Namespace web is deleted, with everything in it, also what Git does not hold',
    ]);
    const renamed = await reviewed(engine, {
      base,
      head: {
        'web/kustomization.yaml': null,
        'web/all.yaml': null,
        ...folder('shop', `${namespace}---\n${keep}`),
      },
    });
    expect(dangersOf(findingsOf(renamed))).toEqual([]);
  });

  test('with its Application is one only if the Application cascades', async () => {
    const files = { 'web/all.yaml': claim('  accessModes: [ReadWriteOnce]') };
    const app = application('web', 'web', { more: PRUNE });
    const cascading = app.replace(
      'metadata:\n',
      'metadata:\n  finalizers: [resources-finalizer.argocd.argoproj.io]\n',
    );
    const remove = async (text: string) =>
      dangersOf(
        findingsOf(
          await reviewed(engine, {
            base: { ...files, 'argo/web.yaml': text },
            head: { 'argo/web.yaml': null },
          }),
        ),
      );
    expect(await remove(app)).toEqual([]);
    expect(await remove(cascading)).toEqual([
      expect.stringContaining('prunes, PersistentVolumeClaim web/web is deleted'),
    ]);
  });
});

describe('what else a cluster does', () => {
  test.each([
    [
      'a workload without Pods',
      deployment('spec:\n  replicas: 3'),
      deployment('spec:\n  replicas: 0'),
      'scaled-to-zero web/all.yaml:7 Deployment web/web is scaled to zero: all 3 Pods of it stop, and nothing serves its traffic',
    ],
    [
      'a role that allows more',
      rbac('Role', 'rules:\n- { apiGroups: ["", apps], resources: ["*"], verbs: [get] }'),
      rbac('Role', 'rules:\n- { apiGroups: [""], resources: [pods, secrets], verbs: [get, list] }'),
      'rbac-widened web/all.yaml:6 Role web/web allows more than before: list pods, list secrets; whoever it is bound to may do so at once',
    ],
    [
      'a binding of more',
      rbac('RoleBinding', 'roleRef: { name: edit }\nsubjects:\n- { kind: User, name: a }'),
      rbac(
        'RoleBinding',
        'roleRef: { name: edit }\nsubjects:\n- { kind: User, name: a }\n- { kind: ServiceAccount, namespace: x, name: b }',
      ),
      'rbac-widened web/all.yaml:7 RoleBinding web/web gives edit to more than before: ServiceAccount x/b',
    ],
  ])('%s', async (_, base, head, expected) => {
    expect(await dangers(base, head)).toEqual([expected]);
  });

  test('nothing is said of a role that allows less', async () => {
    const narrow = rbac('Role', 'rules:\n- { apiGroups: [""], resources: [pods], verbs: [get] }');
    const wide = rbac('Role', 'rules:\n- { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }');
    expect(await dangers(wide, narrow)).toEqual([]);
  });

  test('the version of a definition in which objects are stored', async () => {
    const crd = (...versions: string[]) =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: as.example.com }\nspec:\n  versions:\n${versions.join('')}`;
    const version = (name: string, storage: boolean) => `  - { name: ${name}, storage: ${storage} }\n`;
    const [v1, v2] = [version('v1', true), version('v2', false)];
    const removed =
      'stored-version-removed web/all.yaml:5 version v1 is removed, in which the cluster stores the objects of as.example.com: the API server refuses the change while `status.storedVersions` lists it; store them in another version first';
    expect(await dangers(crd(v1, v2), crd(version('v2', true)))).toEqual([removed]);
    expect(await dangers(crd(v1, v2), crd(version('v1', false), version('v2', true)))).toEqual([]);
  });

  test('another namespace: nothing moves', async () => {
    const overlay = (namespace: string) => ({
      'web/kustomization.yaml': `resources: [all.yaml]\nnamespace: ${namespace}\n`,
    });
    const review = await reviewed(engine, {
      base: { ...overlay('old'), 'web/all.yaml': `${configMap('a')}---\n${configMap('b')}` },
      head: overlay('new'),
    });
    expect(dangersOf(findingsOf(review))).toEqual([
      'namespace-moved web/kustomization.yaml:2 2 resources go from old to new: new ones are made there, and those in old are deleted where something prunes; volumes and their data do not move',
    ]);
  });
});

describe('a host of another application', () => {
  const ingress = (name: string, host: string, path = '/') =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: ${name}, namespace: ${name} }\nspec:\n  rules:\n  - host: ${host}\n    http: { paths: [{ path: ${path}, pathType: Prefix }] }\n`;
  const base = {
    'argo/shop.yaml': application('shop', 'shop'),
    'argo/web.yaml': application('web', 'web'),
    'shop/ingress.yaml': ingress('shop', 'shop.example.com'),
    'web/ingress.yaml': ingress('web', 'web.example.com'),
  };
  const taken = async (head: Record<string, string>) =>
    dangersOf(findingsOf(await reviewed(engine, { base, head })));

  test('is taken, whether it is still served there or not', async () => {
    const web = { 'web/ingress.yaml': ingress('web', 'Shop.example.com') };
    expect(await taken(web)).toEqual([
      'host-taken web/ingress.yaml:6 Ingress web/web takes shop.example.com/: Ingress shop/shop of Application/argocd/shop serves it as well, and the ingress controller decides which of them gets the requests',
    ]);
    expect(await taken({ ...web, 'shop/ingress.yaml': ingress('shop', 'other.example.com') })).toEqual([
      'host-taken web/ingress.yaml:6 Ingress web/web takes shop.example.com/: its requests go no longer to Ingress shop/shop of Application/argocd/shop',
    ]);
  });

  test('is not taken by another path, nor by a new host', async () => {
    expect(await taken({ 'web/ingress.yaml': ingress('web', 'shop.example.com', '/web') })).toEqual([]);
    expect(await taken({ 'web/ingress.yaml': ingress('web', 'new.example.com') })).toEqual([]);
  });
});

test('a Flux object that is told to force changes makes anew what cannot change', async () => {
  const apply = kustomization('web', './web', { more: '  force: true\n' });
  const review = await reviewed(engine, {
    base: { 'clusters/a/web.yaml': `${apply}---\n${gitRepository()}`, 'web/all.yaml': selector('a') },
    head: { 'web/all.yaml': selector('b') },
  });
  expect(dangersOf(findingsOf(review))).toEqual([
    'immutable-field web/all.yaml:7 `spec.selector` of a Deployment cannot change: Deployment web/web is deleted and made anew, as its operator is told to force it',
  ]);
});
