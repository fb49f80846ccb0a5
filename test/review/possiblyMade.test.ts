import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import {
  applicationSet,
  applicationTemplate,
  applicationWith,
  configMap,
  flux,
  gitRepository,
  helmRelease,
  helmRepository,
  kustomization,
} from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const ELSEWHERE = 'https://git.invalid/other/repository';
const other = flux('GitRepository', 'other', `  url: ${ELSEWHERE}\n`);
const FILES: TestFiles = { 'sync.yaml': gitRepository(), 'web/a.yaml': configMap('web') };

/** `severity message` of what is said of references. */
async function said(object: string, more: TestFiles = {}): Promise<string[]> {
  const { findings } = await reviewed(engine, { head: { ...FILES, 'object.yaml': object, ...more } });
  return findings
    .filter(({ rule }) => rule === 'flux/reference' || rule === 'flux/image-policy')
    .map(({ severity, message }) => `${severity} ${message}`);
}

const POSSIBLE = ', unless something makes it that is not rendered here';
const needsBase = kustomization('web', './web', { more: '  dependsOn: [{ name: base }]\n' });

const waits = helmRelease('web', './chart', { more: '  dependsOn: [{ name: base }]\n' });
const NEEDS: readonly (readonly [string, string])[] = [
  ['a dependency', needsBase],
  ['a release that another waits for', waits],
  ['a source', kustomization('web', './web', { source: 'absent' })],
  ['a repository of charts', helmRelease('web', 'web', { source: 'absent', kind: 'HelmRepository' })],
  [
    'an image repository',
    flux(
      'ImagePolicy',
      'web',
      '  imageRepositoryRef: { name: absent }\n  policy: { semver: { range: 1.x } }\n',
    ),
  ],
];

describe.each(NEEDS)('%s that is not in the repository', (_, object) => {
  test('is an error where nobody could make it', async () => {
    expect(await said(object)).toEqual([expect.stringMatching(/^error (?!.*unless)/)]);
  });

  test('is a warning where a Kustomization of another repository may make it', async () => {
    const more = { 'other.yaml': `${other}---\n${kustomization('other', './a', { source: 'other' })}` };
    expect(await said(object, more)).toEqual([expect.stringMatching(new RegExp(`^warning .*${POSSIBLE}$`))]);
  });
});

const inputs = `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: teams, namespace: flux-system }
spec:
  inputsFrom: [{ kind: ResourceSetInputProvider, name: teams }]
  resources: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: << inputs.id >> } }]
`;
const remote = { repoURL: ELSEWHERE, path: 'a', targetRevision: 'main' };

describe('a dependency may be made by', () => {
  test.each<[string, TestFiles]>([
    ['a ResourceSet whose inputs nobody knows', { 'set.yaml': inputs }],
    ['an Application of another repository', { 'app.yaml': applicationWith({ source: remote }) }],
    [
      'an ApplicationSet that is not generated',
      {
        'set.yaml': applicationSet({
          generators: [{ clusters: {} }],
          template: applicationTemplate('a', remote),
        }),
      },
    ],
    [
      'a Kustomization that does not render',
      {
        'broken.yaml': kustomization('broken', './broken'),
        'broken/kustomization.yaml': 'resources: [gone.yaml]\n',
      },
    ],
  ])('%s', async (_, more) => {
    expect(await said(needsBase, more)).toEqual([expect.stringMatching(/^warning /)]);
  });

  test.each<[string, TestFiles]>([
    [
      'a chart that is not rendered',
      {
        'charts.yaml': helmRepository('https://charts.invalid'),
        'db.yaml': helmRelease('db', 'db', { source: 'charts', kind: 'HelmRepository' }),
      },
    ],
    [
      'another that lacks its source',
      { 'other.yaml': kustomization('other', './web', { source: 'absent' }) },
    ],
    [
      'what goes to another cluster',
      {
        'other.yaml': `${other}---\n${kustomization('other', './a', { source: 'other', more: '  kubeConfig: { secretRef: { name: far } }\n' })}`,
        '.hydrant.yaml': 'clusters: [{ name: near, match: ["**"] }]\n',
      },
    ],
    [
      'what stands in another namespace',
      {
        'other.yaml': `${other}---\n${kustomization('other', './a', { source: 'other', more: '  targetNamespace: far\n' })}`,
      },
    ],
  ])('but not by %s', async (_, more) => {
    // Settings are those of the base.
    const { '.hydrant.yaml': settings, ...files } = more;
    const { findings } = await reviewed(engine, {
      base: settings === undefined ? {} : { '.hydrant.yaml': settings },
      head: { ...FILES, 'object.yaml': needsBase, ...files },
    });
    const dependency = findings.filter(({ message }) => message.includes('base does not exist'));
    expect(dependency.map(({ severity }) => severity)).toEqual(['error']);
  });
});
