import { describe, expect, test } from '@jest/globals';
import { FLUX_OPERATOR_KEEPS } from '../../../src/model/keptOnRemoval.ts';
import { onlyFollowed } from '../../helpers/followObjects.ts';
import { follow, reasonOf, sourceOf } from './follow.ts';

function operated(kind: string, spec: string): string {
  return `apiVersion: fluxcd.controlplane.io/v1\nkind: ${kind}\nmetadata: {name: teams, namespace: apps}\nspec: {${spec}}\n`;
}

const PROVIDER = {
  apiVersion: 'fluxcd.controlplane.io/v1',
  kind: 'ResourceSet',
  name: 'teams',
  namespace: 'apps',
};

describe('a ResourceSet', () => {
  test('is a target of its templates and inputs', async () => {
    const spec =
      'inputs: [{team: a}, {team: b}], resources: [{kind: "<< inputs.team >>"}], resourcesTemplate: "text", commonMetadata: {labels: {of: teams}}';
    const followed = await follow({ 'clusters/one/set.yaml': operated('ResourceSet', spec) });
    const { target, record } = onlyFollowed(followed);
    expect(target).toMatchObject({
      id: 'one/ResourceSet/apps/teams',
      kind: 'ResourceSet',
      cluster: 'one',
      path: '.',
    });
    expect(record).toMatchObject({ prunes: true, cascades: true, metadata: { labels: { of: 'teams' } } });
    expect(record.keepers).toEqual(FLUX_OPERATOR_KEEPS);
    expect(sourceOf(followed)).toEqual({
      tool: 'resourceSet',
      inputs: [
        { team: 'a', provider: PROVIDER },
        { team: 'b', provider: PROVIDER },
      ],
      stages: [{ resources: [{ kind: '<< inputs.team >>' }], template: 'text' }],
      steps: [{ step: 'metadata', labels: { of: 'teams' } }],
    });
  });

  test('has the templates of its steps', async () => {
    const spec = 'steps: [{name: one, resources: [{kind: A}]}, {name: two, resourcesTemplate: "kind: B"}]';
    expect(sourceOf(await follow({ 'set.yaml': operated('ResourceSet', spec) }))).toEqual({
      tool: 'resourceSet',
      inputs: [],
      stages: [{ resources: [{ kind: 'A' }] }, { resources: [], template: 'kind: B' }],
    });
  });

  test.each([
    [
      'inputsFrom: [{kind: ResourceSetInputProvider, name: pulls}]',
      'ResourceSet apps/teams takes inputs of providers (`inputsFrom`), which only the Flux Operator asks',
    ],
    [
      'inputStrategy: {name: Permute}, inputs: [{team: a}]',
      'ResourceSet apps/teams combines inputs by the strategy Permute, which is not followed',
    ],
  ])('is not followed with %s', async (spec, reason) => {
    expect(reasonOf(await follow({ 'set.yaml': operated('ResourceSet', spec) }))).toBe(reason);
  });
});

test('a ResourceSet that fills in more templates than the settings allow is a finding, and not followed', async () => {
  const spec = 'inputs: [{a: 1}, {a: 2}], resources: [{kind: A}, {kind: B}], resourcesTemplate: "kind: C"';
  const files = { 'set.yaml': operated('ResourceSet', spec) };
  const of = (perSet: number) => follow(files, { settings: { limits: { perSet, applications: 1 } } });
  expect(sourceOf(await of(6))).toMatchObject({ tool: 'resourceSet' });
  const followed = await of(5);
  const said =
    'ResourceSet teams fills in its templates more than 5 times; if that is meant, raise limits.perSet in .hydrant.yaml';
  expect(reasonOf(followed)).toBe(said);
  expect(followed.violations.map(({ violation: { rule, message } }) => [rule, message])).toEqual([
    ['render/resourceset', said],
  ]);
});

describe('the steps of a ResourceSet', () => {
  const wrong = async (spec: string) => {
    const { violations } = await follow({ 'set.yaml': operated('ResourceSet', spec) });
    return violations.map(({ violation: { rule, severity, message, fieldPath } }) =>
      [severity, rule, fieldPath?.join('.'), message].join(' '),
    );
  };

  test('may have no resources beside them', async () => {
    const said =
      'error render/resourceset spec.steps ResourceSet teams has steps, and resources or a resourcesTemplate beside them: the Flux Operator takes one of the two';
    const steps = 'steps: [{name: one, resources: [{kind: A}]}]';
    expect(await wrong(`${steps}, resources: [{kind: B}]`)).toEqual([said]);
    expect(await wrong(`${steps}, resourcesTemplate: text`)).toEqual([said]);
    expect(await wrong(`${steps}, resources: []`)).toEqual([]);
  });

  test('each have resources or a template', async () => {
    expect(await wrong('steps: [{name: one, resourcesTemplate: text}, {name: two, resources: []}]')).toEqual([
      'error render/resourceset spec.steps.1 the step two of ResourceSet teams has neither resources nor a resourcesTemplate',
    ]);
  });
});

test.each(['ResourceSet', 'FluxInstance'])(
  'a %s that is disabled waits, and leaves everything',
  async (kind) => {
    const disabled = operated(kind, 'resources: [{kind: A}]').replace(
      'namespace: apps',
      'namespace: apps, annotations: {fluxcd.controlplane.io/reconcile: Disabled}',
    );
    const { record } = onlyFollowed(await follow({ 'object.yaml': disabled }));
    expect(record).toMatchObject({
      cascades: false,
      waits: 'it is disabled (fluxcd.controlplane.io/reconcile)',
    });
  },
);

test('a FluxInstance is not followed, and is a target all the same', async () => {
  const followed = await follow({ 'flux.yaml': operated('FluxInstance', 'distribution: {version: 2.x}') });
  expect(reasonOf(followed)).toBe(
    'FluxInstance apps/teams installs Flux from what its distribution holds, which is not rendered',
  );
});

test.each([
  ['convertKubeConfigFrom: "flux-system/<< inputs.name >>"', 'the address and the certificate of a cluster'],
  ['checksumFrom: ConfigMap/apps/a', 'a checksum of ConfigMaps and Secrets'],
])('what the Flux Operator fills in by %s is not validated', async (annotation, what) => {
  const spec = `resources: [{kind: ConfigMap, metadata: {annotations: {fluxcd.controlplane.io/${annotation}}}}]`;
  const { notValidated } = await follow({ 'set.yaml': operated('ResourceSet', spec) });
  expect(notValidated).toEqual([
    {
      subject: 'ResourceSet/apps/teams',
      reason: expect.stringContaining(`the Flux Operator fills in ${what}`),
      concern: 'render',
    },
  ]);
});

test('a ResourceSet may force all that it has', async () => {
  const set = operated('ResourceSet', 'resources: [{kind: A}]');
  const forced = set.replace(
    'namespace: apps',
    'namespace: apps, annotations: {fluxcd.controlplane.io/force: Enabled}',
  );
  const forces = async (file: string) => onlyFollowed(await follow({ 'set.yaml': file })).record.forces;
  expect(await Promise.all([set, forced].map(forces))).toEqual([false, true]);
});

test('a FluxInstance and a HelmRelease make no objects that others refer to', async () => {
  const makes = async (kind: string) => {
    const { record } = onlyFollowed(
      await follow({ 'object.yaml': operated(kind, 'resources: [{kind: A}]') }),
    );
    return record.makesObjects;
  };
  expect(await Promise.all(['ResourceSet', 'FluxInstance'].map(makes))).toEqual([true, false]);
});
