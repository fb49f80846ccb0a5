import { afterAll, describe, expect, test } from '@jest/globals';
import { ARGO_KEEPS, HELM_KEEPS } from '../../../src/model/keptOnRemoval.ts';
import type { OperatorRecord } from '../../../src/model/operatorRecord.ts';
import { onlyFollowed } from '../../helpers/followObjects.ts';
import {
  applicationSet,
  applicationTemplate,
  applicationWith,
  inRepository,
  REPOSITORY,
} from '../../helpers/operators.ts';
import { CHART, createFollower, type FollowedCommit } from './follow.ts';

const follower = createFollower();
afterAll(() => follower.close());

const FILES = {
  ...CHART,
  'chart/values-a.yaml': 'b: a\n',
  'overlay/kustomization.yaml': 'resources: []\n',
  'plain/.argocd-source.yaml': 'helm: {values: "b: file", parameters: [{name: a, value: file}]}\n',
  'plain/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
};

function recordIn(followed: FollowedCommit): OperatorRecord {
  return { ...onlyFollowed(followed).record, children: [] };
}

async function recordOf(spec: object, metadata: object = {}): Promise<OperatorRecord> {
  return recordIn(await follower.follow({ ...FILES, 'app.yaml': applicationWith(spec, 'app', metadata) }));
}

const ARGO_CRDS = 'Argo CD deletes no CustomResourceDefinition with an Application';

const given = (value: string) => ({ value, fieldPath: ['spec', 'destination', 'namespace'] });

const fieldsOf = ({ layers }: OperatorRecord) => layers.map((origin) => origin?.fieldPath.join('.') ?? null);

describe('the record of an Application', () => {
  const chart = inRepository({ path: 'chart' });
  const remote = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };

  test.each<[string, object, Partial<OperatorRecord>]>([
    ['nothing that it does not say', {}, { prunes: false, cascades: false, forces: false, ignores: null }],
    ['that it prunes', { syncPolicy: { automated: { prune: true } } }, { prunes: true }],
    ['no prune without a word', { syncPolicy: { automated: {} } }, { prunes: false }],
    ['the namespace that it fills in', {}, { namespace: given('web'), confinedTo: null }],
    ['none where it has none', { destination: { name: 'in-cluster', namespace: '' } }, { namespace: null }],
    ['that a chart stays in it', { source: remote }, { namespace: given('web'), confinedTo: 'web' }],
    ['the address of its files', {}, { addresses: [REPOSITORY] }],
    ['no address of a chart', { source: remote }, { addresses: [] }],
    ['its folder', {}, { places: ['chart'], references: [] }],
    ['no folder of a chart', { source: remote }, { places: [] }],
    ['that its definitions stay', {}, { keptDefinitions: { which: 'allWithTheObject', reason: ARGO_CRDS } }],
    ['whose annotations it heeds', {}, { heeds: ['Argo CD', 'Helm'] }],
    ['why it does not prune', {}, { unpruned: 'has no automated.prune' }],
    ['what keeps its resources', {}, { keepers: [...ARGO_KEEPS, ...HELM_KEEPS] }],
  ])('has %s', async (_, spec, expected) => {
    expect(await recordOf({ source: chart, ...spec })).toMatchObject(expected);
  });

  test('has that it cascades by its finalizer', async () => {
    const finalizers = (name: string) => recordOf({ source: chart }, { finalizers: [name] });
    expect((await finalizers('resources-finalizer.argocd.argoproj.io/background')).cascades).toBe(true);
    expect((await finalizers('other')).cascades).toBe(false);
  });

  test('has what it ignores, with the paths of its pointers and of expressions that are paths', async () => {
    const ignoreDifferences = [
      {
        group: 'apps',
        kind: '*',
        name: '',
        namespace: 'web',
        jsonPointers: ['/spec/a~1b'],
        jqPathExpressions: ['.spec.replicas', '.spec[]'],
        managedFieldsManagers: ['keda-operator'],
      },
    ];
    const { ignores } = await recordOf({ source: chart, ignoreDifferences });
    expect(ignores).toEqual({
      operator: 'Argo CD',
      option: 'ignoreDifferences',
      applied: true,
      rules: [
        {
          group: 'apps',
          kind: '*',
          name: undefined,
          namespace: 'web',
          fields: [
            ['spec', 'a/b'],
            ['spec', 'replicas'],
          ],
          expressions: ['.spec[]'],
          managers: ['keda-operator'],
        },
      ],
    });
    const syncPolicy = { syncOptions: ['RespectIgnoreDifferences=true'] };
    expect((await recordOf({ source: chart, ignoreDifferences, syncPolicy })).ignores?.applied).toBe(false);
  });

  test('has the fields of its edits, images as kustomize has them', async () => {
    const kustomize = { namePrefix: 'a-', images: ['web=registry.example.com:5000/web:2', 'b@sha256:1'] };
    const { edits } = await recordOf({ source: inRepository({ path: 'overlay', kustomize }) });
    expect(edits).toEqual([
      {
        fieldPath: ['spec', 'source', 'kustomize'],
        fields: { namePrefix: 'a-', images: [{ name: 'registry.example.com:5000/web' }, { name: 'b' }] },
      },
    ]);
  });

  test('has the field of each layer of values, in their order, and none for files', async () => {
    const helm = {
      valueFiles: ['values-a.yaml'],
      values: 'c: 1\n',
      parameters: [
        { name: 'a', value: '1' },
        { name: 'b', value: '1', forceString: true },
        { name: 'a', value: '2' },
      ],
    };
    const record = await recordOf({ source: inRepository({ path: 'chart', helm }) });
    expect(fieldsOf(record)).toEqual([
      null,
      'spec.source.helm.values',
      'spec.source.helm.parameters.2.value',
      'spec.source.helm.parameters.1.value',
    ]);
    expect(record.layers[1]?.object).toBe(record.object);
  });

  test('tells layers of several sources apart that are equal, and passes over those without', async () => {
    const helm = { valuesObject: { c: 1 } };
    const sources = [
      inRepository({ path: 'chart', helm }),
      inRepository({ path: 'overlay' }),
      inRepository({ path: 'chart', helm }),
    ];
    expect(fieldsOf(await recordOf({ sources }))).toEqual([
      'spec.sources.0.helm.valuesObject',
      'spec.sources.2.helm.valuesObject',
    ]);
  });

  test('has no field of what a file in the folder overrides', async () => {
    const helm = { values: 'b: own', parameters: [{ name: 'a', value: 'own' }] };
    expect(fieldsOf(await recordOf({ source: inRepository({ path: 'plain', helm }) }))).toEqual([null, null]);
  });

  test('has the paths that it names, with the files that they may mean', async () => {
    const helm = { valueFiles: ['a.yaml'], fileParameters: [{ name: 'f', path: '/f.txt' }] };
    const { paths } = await recordOf({ source: inRepository({ path: 'chart', helm }) });
    expect(paths).toEqual([
      { fieldPath: ['spec', 'source', 'helm', 'valueFiles', 0], files: ['chart/a.yaml', 'a.yaml', 'a.yaml'] },
      {
        fieldPath: ['spec', 'source', 'helm', 'fileParameters', 0, 'path'],
        files: ['chart/f.txt', 'f.txt', 'f.txt'],
      },
    ]);
    const sources = [
      inRepository({ path: 'chart', helm: { valueFiles: ['$values/shared/a.yaml'] } }),
      inRepository({ ref: 'values' }),
    ];
    const [referred] = (await recordOf({ sources })).paths;
    expect(referred?.files).toContain('shared/a.yaml');
  });

  test('has the field that gives a value: the last parameter of its name before `valuesObject`', async () => {
    const helm = {
      valuesObject: { a: 1, b: { c: [1, 2] } },
      parameters: [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
      ],
    };
    const { valueField } = await recordOf({ source: inRepository({ path: 'chart', helm }) });
    expect(valueField('a')).toEqual(['spec', 'source', 'helm', 'parameters', 1]);
    expect(valueField('b.c[1]')).toEqual(['spec', 'source', 'helm', 'valuesObject', 'b', 'c', 1]);
    expect(valueField('z')).toBeNull();
  });
});

test('an Application that a set makes says which field of the set causes one of its own', async () => {
  const set = applicationSet({
    generators: [{ list: { elements: [{ name: 'one', folder: 'chart' }] } }],
    template: applicationTemplate('{{name}}', inRepository({ path: '{{folder}}' })),
  });
  const followed = await follower.follow({ ...FILES, 'set.yaml': set });
  const { place } = recordIn(followed).object;
  if (place.in !== 'object') throw new Error(place.in);
  const fieldOf = (fieldPath: string[]) => place.causeOf({ fieldPath }).fieldPath?.join('.') ?? null;
  expect(fieldOf(['spec', 'source', 'path'])).toBe('spec.generators.0.list.elements.0.folder');
  expect(fieldOf(['spec', 'source', 'repoURL'])).toBe('spec.template.spec.source.repoURL');
  expect(fieldOf(['spec', 'destination', 'server'])).toBe('spec.template.spec.destination');
  expect(fieldOf(['spec', 'syncPolicy'])).toBeNull();
  expect(place.causeOf({ fieldPath: ['spec', 'source', 'path'] }).object).toBe(place.object);
});
