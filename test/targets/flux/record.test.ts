import { describe, expect, test } from '@jest/globals';
import type { FieldOrigin } from '../../../src/model/foundObject.ts';
import { FLUX_KEEPS, HELM_KEEPS } from '../../../src/model/keptOnRemoval.ts';
import type { OperatorRecord } from '../../../src/model/operatorRecord.ts';
import { onlyFollowed } from '../../helpers/followObjects.ts';
import { dataDocument, fluxDocument } from '../../helpers/operators.ts';
import { follow, GIT_REPOSITORY, kustomization } from './follow.ts';

const FILES = {
  'git.yaml': GIT_REPOSITORY,
  'apps/web/kustomization.yaml': 'resources: []\n',
  'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0\n',
};

async function recordOf(objects: string): Promise<Omit<OperatorRecord, 'children'>> {
  return onlyFollowed(await follow({ ...FILES, 'objects.yaml': objects })).record;
}

const ofKustomization = (spec: string, objects = '') =>
  recordOf(`${kustomization('web', `path: apps/web${spec === '' ? '' : `, ${spec}`}`)}${objects}`);

function ofRelease(spec: string, objects = ''): Promise<Omit<OperatorRecord, 'children'>> {
  const own = spec.includes('chart') ? '' : `chart: {spec: ${CHART_SPEC}}, `;
  return recordOf(fluxDocument('HelmRelease', `interval: 1h, ${own}${spec}`) + objects);
}

const CHART_SPEC = '{chart: charts/web, sourceRef: {kind: GitRepository, name: flux-system}}';

const CRDS = 'Helm deletes nothing of the folder crds/ of a chart';

const OWN = { value: 'flux-system', fieldPath: ['metadata', 'namespace'] };
const TARGET = { value: 'shop', fieldPath: ['spec', 'targetNamespace'] };

/** What both have as their source. */
const SOURCE = { kind: 'GitRepository', name: 'flux-system', namespace: undefined };

/** `ConfigMap/a data.b` */
function told(origin: FieldOrigin | null | undefined): string | null {
  if (!origin) return null;
  const { kind, name } = origin.object.resource;
  return `${kind}/${name} ${origin.fieldPath.join('.')}`;
}

describe('the record of a Kustomization', () => {
  test.each<[string, string, Partial<OperatorRecord>]>([
    ['that it prunes, also when it goes', '', { prunes: true, cascades: true }],
    ['that it orphans', 'deletionPolicy: Orphan', { prunes: true, cascades: false }],
    ['that it deletes', 'deletionPolicy: Delete', { cascades: true }],
    ['that it waits for the end', 'deletionPolicy: WaitForTermination', { cascades: true }],
    ['that it forces', 'force: true', { forces: true }],
    ['no force without a word', '', { forces: false, confinedTo: null, metadata: null }],
    ['where its resources stand', 'targetNamespace: shop', { confinedTo: 'shop', namespace: null }],
    ['its folder and its source', '', { places: ['apps/web'], references: [SOURCE] }],
    ['what keeps its resources, which is nothing of Helm', '', { keepers: FLUX_KEEPS }],
    ['that it heeds annotations of Flux alone', '', { heeds: ['Flux'] }],
    ['that it deletes definitions as well', '', { keptDefinitions: null }],
    ['why it does not prune', 'prune: false', { prunes: false, unpruned: 'does not prune' }],
    ['that no version keeps it from rolling out', '', { needsNewVersion: false, ignores: null }],
  ])('has %s', async (_, spec, expected) => {
    expect(await ofKustomization(spec)).toMatchObject(expected);
  });

  test('has its edits under the names of kustomize', async () => {
    const { edits } = await ofKustomization('targetNamespace: shop, namePrefix: a-');
    expect(edits).toMatchObject([
      {
        fieldPath: ['spec'],
        fields: { namespace: 'shop', namePrefix: 'a-' },
        renamed: { namespace: 'targetNamespace' },
      },
    ]);
  });

  test('has the labels for all resources with their field', async () => {
    expect((await ofKustomization('commonMetadata: {labels: {team: web}}')).metadata).toEqual({
      fieldPath: ['spec', 'commonMetadata'],
      labels: { team: 'web' },
      annotations: {},
    });
  });

  test('has the components that it names, with the folders that they may mean', async () => {
    expect((await ofKustomization('components: [../shared]')).paths).toEqual([
      { fieldPath: ['spec', 'components', 0], files: ['apps/shared', '../shared', 'shared'] },
    ]);
  });

  test('has what it waits for, unless it waits for all', async () => {
    const checks = 'healthChecks: [{apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop}]';
    expect((await ofKustomization(checks)).waitsFor).toEqual([
      {
        fieldPath: ['spec', 'healthChecks', 0, 'name'],
        resource: { group: 'apps', version: 'v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
      },
    ]);
    expect((await ofKustomization(`${checks}, wait: true`)).waitsFor).toEqual([]);
  });

  test('has the object that sets each variable: the last one, and its own over all', async () => {
    const spec = `postBuild: {substitute: {own: '1', both: '2'}, substituteFrom: [
      {kind: ConfigMap, name: a}, {kind: ConfigMap, name: b}]}`;
    const objects = `${dataDocument('ConfigMap', 'a', "x: '1', v: '1', both: '1'")}${dataDocument('ConfigMap', 'b', "v: '2'")}`;
    const { variables } = await ofKustomization(spec, objects);
    expect(Object.fromEntries([...variables].map(([name, origin]) => [name, told(origin)]))).toEqual({
      both: 'Kustomization/web spec.postBuild.substitute.both',
      own: 'Kustomization/web spec.postBuild.substitute.own',
      v: 'ConfigMap/b data.v',
      x: 'ConfigMap/a data.x',
    });
  });

  test('does not know what sets a variable that a Secret may set again', async () => {
    const spec = `postBuild: {substituteFrom: [{kind: ConfigMap, name: a}, {kind: Secret, name: s}, {kind: ConfigMap, name: b}]}`;
    const objects = `${dataDocument('ConfigMap', 'a', "x: '1'")}${dataDocument('Secret', 's', 'z: eA==')}${dataDocument('ConfigMap', 'b', "v: '2'")}`;
    expect([...(await ofKustomization(spec, objects)).variables.keys()]).toEqual(['v']);
  });
});

describe('the record of a HelmRelease', () => {
  test.each<[string, string, Partial<OperatorRecord>]>([
    ['that Helm deletes, but no CRD', '', { prunes: true, cascades: true }],
    ['that it forces', 'upgrade: {force: true}', { forces: true }],
    ['its own namespace', '', { namespace: OWN, confinedTo: 'flux-system', forces: false }],
    ['the namespace of its release', 'targetNamespace: shop', { namespace: TARGET, confinedTo: 'shop' }],
    ['what keeps its resources', '', { keepers: HELM_KEEPS, uncascaded: 'it is suspended' }],
    ['that it heeds annotations of Helm alone', '', { heeds: ['Helm'] }],
    ['that definitions of `crds/` stay', '', { keptDefinitions: { which: 'ofCrdsFolder', reason: CRDS } }],
    ['that its chart needs a new version', '', { needsNewVersion: true }],
    [
      'that each revision is one',
      `chart: {spec: ${CHART_SPEC.replace('}}', '}, reconcileStrategy: Revision}')}}`,
      { needsNewVersion: false },
    ],
  ])('has %s', async (_, spec, expected) => {
    expect(await ofRelease(spec)).toMatchObject(expected);
  });

  test('has the edits of each post-renderer', async () => {
    const kustomize = 'postRenderers: [{}, {kustomize: {images: [{name: a, newTag: "2"}]}}]';
    expect((await ofRelease(kustomize)).edits).toEqual([
      {
        fieldPath: ['spec', 'postRenderers', 1, 'kustomize'],
        fields: { images: [{ name: 'a', newTag: '2' }] },
      },
    ]);
  });

  test('has the object and field of each layer of values, in their order', async () => {
    const spec = `values: {z: 0}, valuesFrom: [{kind: ConfigMap, name: a}, {kind: ConfigMap, name: b, valuesKey: one, targetPath: z},
      {kind: Secret, name: s, targetPath: p}]`;
    const objects = `${dataDocument('ConfigMap', 'a', 'values.yaml: "x: 1"')}${dataDocument('ConfigMap', 'b', 'one: "1"')}`;
    expect((await ofRelease(spec, objects)).layers.map(told)).toEqual([
      'ConfigMap/a data.values.yaml',
      'HelmRelease/web spec.values',
      'ConfigMap/b data.one',
      'HelmRelease/web spec.values',
      null,
      'HelmRelease/web spec.values',
    ]);
  });

  test('has the paths that its chart names, and the field that gives a value', async () => {
    const spec = `chart: {spec: ${CHART_SPEC.replace('}}', '}, valuesFiles: [charts/web/a.yaml]}')}}, values: {a: {b: [1]}}`;
    const { paths, valueField } = await ofRelease(spec);
    const fieldPath = ['spec', 'chart', 'spec', 'valuesFiles', 0];
    expect(paths.find(({ files }) => files.includes('charts/web/a.yaml'))?.fieldPath).toEqual(fieldPath);
    expect(valueField('a.b[0]')).toEqual(['spec', 'values', 'a', 'b', 0]);
    expect(valueField('a.c')).toBeNull();
  });
});
