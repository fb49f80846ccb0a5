import { describe, expect, test } from '@jest/globals';
import type { Followed } from '../../../src/model/followed.ts';
import type { FollowOptions } from '../../helpers/followObjects.ts';
import { dataDocument } from '../../helpers/operators.ts';
import type { TestFiles } from '../../helpers/repository.ts';
import { follow, GIT_REPOSITORY, kustomization, sourceOf, violationsOf } from './follow.ts';

const APP = {
  'apps/web/kustomization.yaml': 'resources: [../base]',
  'apps/base/kustomization.yaml': 'resources: [a.yaml]',
  'apps/base/a.yaml': `a: \${HOST}, b: \${PORT:=80}, c: \${REGION}, d: $\${HOST}`,
  'other/b.yaml': `e: \${ELSEWHERE}`,
};
const vars = (name: string, data: string) => dataDocument('ConfigMap', name, data);

async function followed(postBuild: string, files: TestFiles = {}, options: FollowOptions = {}) {
  const web = kustomization('web', `path: apps/web, postBuild: {${postBuild}}`);
  const found = await follow({ ...APP, 'clusters/one/k.yaml': GIT_REPOSITORY + web, ...files }, options);
  return { found, step: stepOf(found) };
}

function stepOf(found: Followed) {
  const source = sourceOf(found);
  return source.tool === 'kustomize' ? source.steps?.[0] : undefined;
}

async function substituted(postBuild: string, files: TestFiles = {}) {
  const { found, step } = await followed(postBuild, files);
  return {
    variables: step?.step === 'substitute' ? step.variables : undefined,
    violations: violationsOf(found),
    notValidated: found.notValidated,
  };
}

describe('a variable that nothing sets', () => {
  const controller = (name: string, version: string, args = '') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: flux-system, labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: ${version}}}\nspec: {template: {spec: {containers: [{name: manager, image: ghcr.io/fluxcd.io/x, args: [--log-level=info, '${args}']}]}}}\n# kustomize.toolkit.fluxcd.io/\n`;
  const set = 'substitute: {A: a}';
  const of = (version: string) => ({ settings: { flux: { version } } });

  test.each<[string, string, TestFiles, FollowOptions, boolean]>([
    ['of the newest Flux', set, {}, {}, true],
    ['of Flux 2.9', set, {}, of('2.9'), true],
    ['of Flux 2.8', set, {}, of('2.8'), false],
    [
      'where a Secret that is not known may set it',
      `${set}, substituteFrom: [{kind: Secret, name: far}]`,
      {},
      {},
      false,
    ],
    [
      'where an object that may be missing may set it',
      `${set}, substituteFrom: [{kind: ConfigMap, name: far, optional: true}]`,
      {},
      {},
      false,
    ],
  ])('is refused or not %s', async (_, postBuild, files, options, strict) => {
    const { step } = await followed(postBuild, files, options);
    expect(step).toMatchObject({ step: 'substitute' });
    expect(step !== undefined && 'strict' in step).toBe(strict);
  });

  test.each([
    ['v2.7.5', '', false],
    ['v2.9.1', '', true],
    ['v2.7.5', '--feature-gates=Other=false,StrictPostBuildSubstitutions=true', true],
    ['v2.9.1', '--feature-gates=StrictPostBuildSubstitutions=false', false],
  ])(
    'is refused or not as the controller %s with %j in the repository does',
    async (version, args, strict) => {
      const { step } = await followed(set, {
        'clusters/one/gotk.yaml': controller('kustomize-controller', version, args),
      });
      expect(step !== undefined && 'strict' in step).toBe(strict);
    },
  );
});

describe('postBuild', () => {
  test('takes ConfigMaps in their order and its own variables over them', async () => {
    const files = {
      'clusters/one/vars.yaml':
        vars('a', 'A: a1, B: b1, C: c1') + vars('b', 'B: b2, C: c2, SIZE: "5", T: "two\\nlines"'),
    };
    const found = await substituted(
      'substitute: {C: c3}, substituteFrom: [{kind: ConfigMap, name: a}, {kind: ConfigMap, name: b}]',
      files,
    );
    expect(found).toEqual({
      variables: { A: 'a1', B: 'b2', C: 'c3', SIZE: '5', T: 'twolines' },
      violations: [],
      notValidated: [],
    });
  });

  test('takes the ConfigMap of its own cluster', async () => {
    const found = await substituted('substituteFrom: [{kind: ConfigMap, name: a}]', {
      'clusters/alpha/vars.yaml': vars('a', 'A: alpha'),
      'clusters/one/vars.yaml': vars('a', 'A: one'),
    });
    expect(found.variables).toEqual({ A: 'one' });
  });

  test('without variables substitutes nothing', async () => {
    expect(await substituted('substitute: {}')).toEqual({
      variables: undefined,
      violations: [],
      notValidated: [],
    });
  });

  test('without variables fills in defaults where it is told to', async () => {
    expect(await substituted('substituteStrategy: Always')).toMatchObject({ variables: {} });
    expect(await substituted('substituteStrategy: WithVariables')).toMatchObject({ variables: undefined });
  });

  test('leaves the variables of a Secret in the repository as they are written, and tells those that are used', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: flux-system}\nstringData: {HOST: x, KEY: y, A: z}\n';
    const found = await substituted('substitute: {A: a}, substituteFrom: [{kind: Secret, name: s}]', {
      'clusters/one/s.yaml': secret,
    });
    expect(found).toEqual({
      variables: { A: 'a', HOST: `\${HOST}`, KEY: `\${KEY}` },
      violations: [],
      notValidated: [
        {
          subject: 'one/Kustomization/flux-system/web',
          concern: 'render',
          reason: `the values of Secret flux-system/s for postBuild are not known: \${HOST} stay as they are written`,
        },
      ],
    });
  });

  test.each([
    [
      'SealedSecret',
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s, namespace: flux-system}\nspec: {encryptedData: {HOST: abc}}',
      { HOST: `\${HOST}` },
    ],
    [
      'ExternalSecret',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e, namespace: flux-system}\nspec: {target: {name: s}, data: [{secretKey: HOST}]}',
      { HOST: `\${HOST}` },
    ],
    [
      'ExternalSecret of all that a store has',
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: s, namespace: flux-system}\nspec: {dataFrom: [{extract: {key: web}}]}',
      { HOST: `\${HOST}`, REGION: `\${REGION}` },
    ],
  ])('knows the keys of a Secret that a %s makes', async (_, text, variables) => {
    // A ConfigMap has the reader look at objects of other groups, as real repositories do.
    const found = await substituted('substituteFrom: [{kind: Secret, name: s}]', {
      'clusters/one/s.yaml': `${vars('unused', '')}---\n${text}\n`,
    });
    expect(found.variables).toEqual(variables);
  });

  test('of an unknown Secret leaves what its files use without default and nothing else defines', async () => {
    const found = await substituted('substitute: {REGION: eu}, substituteFrom: [{kind: Secret, name: s}]');
    expect(found.variables).toEqual({ HOST: `\${HOST}`, REGION: 'eu' });
    expect(found.violations).toEqual([]);
    expect(found.notValidated).toHaveLength(1);
  });

  test('says that a ConfigMap is missing, which something else may make', async () => {
    const found = await substituted('substituteFrom: [{kind: ConfigMap, name: gone}]');
    expect(found).toEqual({
      variables: { HOST: `\${HOST}`, REGION: `\${REGION}` },
      violations: [
        'warning flux/reference at spec.postBuild.substituteFrom.0.name: ConfigMap flux-system/gone is not in the repository: unless something else makes it, Flux fails',
      ],
      notValidated: [expect.objectContaining({ subject: 'one/Kustomization/flux-system/web' })],
    });
  });

  test('says nothing of what is optional', async () => {
    const optional =
      'substituteFrom: [{kind: ConfigMap, name: gone, optional: true}, {kind: Secret, name: gone, optional: true}]';
    expect(await substituted(optional)).toEqual({ variables: undefined, violations: [], notValidated: [] });
  });
});
