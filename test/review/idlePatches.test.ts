import { expect, test } from '@jest/globals';
import { applicationWith, flux, inRepository, REPOSITORY } from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

const DEPLOYMENT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  labels: {tier: web}\n';
const patched = (target: string, above = ''): Readonly<Record<string, string>> => ({
  'base/kustomization.yaml': 'resources: [d.yaml]\n',
  'base/d.yaml': DEPLOYMENT,
  'o/kustomization.yaml': `${above}resources: [../base]\npatches:\n- patch: |-\n    - {op: add, path: /metadata/annotations, value: {a: b}}\n  target: ${target}\n- target: {kind: ServiceAccount}\n  patch: |-\n    - {op: add, path: /metadata/labels/c, value: d}\n`,
});

async function idle(base: TestFiles, head: TestFiles): Promise<string[]> {
  const { findings } = await reviewed(base, head);
  return findings
    .filter(({ rule }) => rule === 'render/patch-without-target')
    .map(({ status, severity, location, targets, message }) =>
      [status, severity, `${location?.path}:${location?.startLine}`, targets.join(), message].join(' '),
    );
}

const SAYS = (selector: string) =>
  `the target of the patch (${selector}) selects no resource, so that the patch changes nothing`;

test.each([
  ['{kind: Deployment, name: app}', 'kind Deployment, name app'],
  ['{name: ap}', 'name ap'],
  ['{labelSelector: tier=db}', 'labelSelector tier=db'],
  ['{kind: ServiceAccount, namespace: other}', 'kind ServiceAccount, namespace other'],
])('a patch for %s changes nothing, which is said at its target', async (target, selector) => {
  expect(await idle({ readme: '' }, patched(target))).toEqual([
    `new warning o/kustomization.yaml:5 o ${SAYS(selector)}`,
  ]);
});

test.each([
  '{kind: ServiceAccount}',
  '{name: a.*}',
  '{labelSelector: tier=web}',
  '{version: v1, kind: Service.*}',
])('a patch for %s has something to change', async (target) => {
  expect(await idle({ readme: '' }, patched(target))).toEqual([]);
});

test('a patch for a name without the prefix of an overlay has something to change', async () => {
  const files = patched('{name: app}', 'namePrefix: x-\n');
  expect(await idle({ readme: '' }, files)).toEqual([]);
  const above = { ...patched('{name: app}'), 'p/kustomization.yaml': 'namePrefix: x-\nresources: [../o]\n' };
  expect(await idle({ readme: '' }, above)).toEqual([]);
});

test('it is existing where it was there before, and fixed when it is mended', async () => {
  const files = patched('{name: ap}');
  expect(await idle(files, { 'base/d.yaml': `# words\n${DEPLOYMENT.replace('web', 'front')}` })).toEqual([
    expect.stringMatching(/^existing warning o\/kustomization.yaml:5/),
  ]);
  expect(await idle(files, patched('{name: app}'))).toEqual([expect.stringMatching(/^fixed warning/)]);
});

test('nothing is said where there is nothing to patch yet, as before `flux bootstrap`', async () => {
  expect(
    await idle(
      { readme: '' },
      {
        'flux-system/gotk-components.yaml': '# made by bootstrap\n',
        'flux-system/kustomization.yaml':
          'resources: [gotk-components.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: |-\n    - {op: add, path: /spec/replicas, value: 1}\n',
      },
    ),
  ).toEqual([]);
});

test("a component's patch may be for other overlays", async () => {
  const files = {
    ...patched('{kind: ServiceAccount}'),
    'o/kustomization.yaml': 'resources: [../base]\ncomponents: [../c]\n',
    'c/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- target: {kind: Ingress}\n  patch: |-\n    - {op: remove, path: /spec}\n',
  };
  expect(await idle({ readme: '' }, files)).toEqual([]);
});

test('a patch of an operator’s object that has nothing to change is said at its target', async () => {
  const source = inRepository({
    path: 'base',
    kustomize: {
      patches: [
        { target: { kind: 'ServiceAccount' }, patch: '- {op: add, path: /metadata/labels/c, value: d}' },
        { target: { kind: 'Deployment' }, patch: '- {op: add, path: /metadata/labels/c, value: d}' },
      ],
    },
  });
  const sync = flux('GitRepository', 'flux-system', `  url: ${REPOSITORY}\n  ref: {branch: main}\n`);
  const kustomization = flux(
    'Kustomization',
    'web',
    `  path: ./base\n  sourceRef: {kind: GitRepository, name: flux-system}\n  patches:\n    - patch: '- {op: add, path: /a, value: b}'\n      target: {name: other}\n`,
  );
  const files = { ...patched('{}'), 'o/kustomization.yaml': 'resources: []\n', 'sync.yaml': sync };
  expect(
    await idle(
      { readme: '' },
      { ...files, 'app.yaml': applicationWith({ source }), 'web.yaml': kustomization },
    ),
  ).toEqual([
    `new warning app.yaml:1  ${SAYS('kind Deployment')}`,
    `new warning web.yaml:12  ${SAYS('name other')}`,
  ]);
});

const DELETION = '$patch: delete\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: app}\n';
const deleting = (target: string): Readonly<Record<string, string>> => ({
  ...patched(target),
  'base/kustomization.yaml': 'resources: [d.yaml, c.yaml]\n',
  'base/c.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: left, labels: {e: f}}\n',
  'o/gone.yaml': DELETION,
});

test.each<[name: string, list: string]>([
  ['a file of patchesStrategicMerge', 'patchesStrategicMerge: [gone.yaml]\n'],
  ['a file of patches', 'patches:\n- path: gone.yaml\n'],
  ['its own text', `patches:\n- patch: |-\n    ${DELETION.trimEnd().replaceAll('\n', '\n    ')}\n`],
])('a patch for what the same kustomization deletes by %s is left alone', async (_, list) => {
  const { 'o/kustomization.yaml': text = '', ...files } = deleting('{kind: ServiceAccount, name: app}');
  const above = list.startsWith('patches:') ? '' : list;
  const entries = list.startsWith('patches:') ? list : 'patches:\n';
  const head = { ...files, 'o/kustomization.yaml': `${above}${text}`.replace('patches:\n', () => entries) };
  expect(await idle({ readme: '' }, head)).toEqual([]);
});

test.each([
  ['another name', '{kind: ServiceAccount, name: ap}', 'kind ServiceAccount, name ap', 'o'],
  ['what a base deletes', '{kind: ServiceAccount, name: app}', 'kind ServiceAccount, name app', 'base'],
])('a patch for %s is told beside a deletion', async (_, target, selector, folder) => {
  const files = deleting(target);
  const at = `${folder}/kustomization.yaml`;
  const head = {
    ...files,
    [`${folder}/gone.yaml`]: DELETION,
    [at]: `patchesStrategicMerge: [gone.yaml]\n${files[at]}`,
  };
  const found = await idle({ readme: '' }, head);
  expect(found).toEqual([expect.stringContaining(SAYS(selector))]);
});
