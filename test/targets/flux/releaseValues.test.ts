import { describe, expect, test } from '@jest/globals';
import { dataDocument, fluxDocument } from '../../helpers/operators.ts';
import { chartInGit, follow, GIT_REPOSITORY, sourceOf, violationsOf } from './follow.ts';

const FILES = {
  'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0',
  'git.yaml': GIT_REPOSITORY,
};
const config = (name: string, data: string) => dataDocument('ConfigMap', name, data, 'web');

async function valuesOf(spec: string, objects = '') {
  const all = `${chartInGit('charts/web')}, ${spec}`;
  const release = fluxDocument('HelmRelease', all, { namespace: 'web' });
  const followed = await follow({ ...FILES, 'k.yaml': release + objects });
  const source = sourceOf(followed);
  return {
    values: source.tool === 'helm' ? source.values : undefined,
    violations: violationsOf(followed),
    notValidated: followed.notValidated.map(({ subject, reason }) => `${subject}: ${reason}`),
  };
}

describe('valuesFrom', () => {
  const objects =
    config('a', 'values.yaml: "x: 1", other: "y: 2", one: "1", quoted: "\'true\'", list: "{p,q}"') +
    config('b', 'values.yaml: "x: 3"');

  test('is merged in its order, and values over it', async () => {
    const spec =
      'values: {z: 0}, valuesFrom: [{kind: ConfigMap, name: b}, {kind: ConfigMap, name: a, valuesKey: other}]';
    expect(await valuesOf(spec, objects)).toEqual({
      values: [{ text: 'x: 3' }, { text: 'y: 2' }, { inline: { z: 0 } }],
      violations: [],
      notValidated: [],
    });
  });

  test('puts what has a targetPath over values, as helm sets it', async () => {
    const spec = `values: {z: 0}, valuesFrom: [
      {kind: ConfigMap, name: a, valuesKey: one, targetPath: a.b}, {kind: ConfigMap, name: a, valuesKey: quoted, targetPath: c},
      {kind: ConfigMap, name: a, valuesKey: list, targetPath: d, literal: true}]`;
    expect((await valuesOf(spec, objects)).values).toEqual([
      { inline: { z: 0 } },
      { set: 'a.b=1' },
      { set: 'c=true', forceString: true },
      { at: { path: 'd', value: '{p,q}', literal: true } },
    ]);
  });

  test.each([
    ['z.y', { z: { y: 0 } }, true],
    ['z.y[0]', { z: { y: ['0'] } }, true],
    ['z[1].y', { z: ['0'] }, true],
    ['z.y', { z: 0 }, true],
    [String.raw`a\.b.c`, { 'a.b': { c: 0 } }, true],
    ['z.x', { z: { y: 0 } }, false],
    ['q', { z: { y: 0 } }, false],
  ])('keeps what is at %s over %j, whatever comes after it: %s', async (path, inline, again) => {
    const spec = `values: ${JSON.stringify(inline)}, valuesFrom: [{kind: ConfigMap, name: a, valuesKey: one, targetPath: ${JSON.stringify(path)}}, {kind: ConfigMap, name: b}]`;
    const set = { set: `${path}=1` };
    const first = [{ inline }, set, { text: 'x: 3' }, { inline }];
    expect((await valuesOf(spec, objects)).values).toEqual(again ? [...first, set] : first);
  });

  test('with a key that the ConfigMap lacks is a finding, unless it is optional', async () => {
    expect(await valuesOf('valuesFrom: [{kind: ConfigMap, name: b, valuesKey: z}]', objects)).toEqual({
      values: [],
      violations: ['error flux/reference at spec.valuesFrom.0.valuesKey: ConfigMap web/b has no key z'],
      notValidated: [],
    });
    const optional =
      'valuesFrom: [{kind: ConfigMap, name: b, valuesKey: z, optional: true}, {kind: ConfigMap, name: gone, optional: true}]';
    expect(await valuesOf(optional, objects)).toEqual({ values: [], violations: [], notValidated: [] });
  });

  test('of a ConfigMap that is not in the repository says so', async () => {
    expect(await valuesOf('valuesFrom: [{kind: ConfigMap, name: gone}]')).toEqual({
      values: [],
      violations: [
        'warning flux/reference at spec.valuesFrom.0.name: ConfigMap web/gone is not in the repository: unless something else makes it, Flux fails',
      ],
      notValidated: [
        'HelmRelease/web/web: the values of ConfigMap web/gone are not known: those of its key values.yaml are left out',
      ],
    });
  });

  test('of a Secret leaves its values out, or a sign in their place', async () => {
    const secret =
      '---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: web}\nstringData: {values.yaml: "k: hush", key: hush}\n';
    const spec =
      'valuesFrom: [{kind: Secret, name: s}, {kind: Secret, name: s, valuesKey: key, targetPath: auth.key}, {kind: Secret, name: far}]';
    const found = await valuesOf(spec, secret);
    expect(found).toEqual({
      values: [{ at: { path: 'auth.key', value: '<redacted>', literal: true } }],
      violations: [],
      notValidated: [
        'HelmRelease/web/web: the values of Secret web/s are not known: those of its key values.yaml are left out',
        'HelmRelease/web/web: the values of Secret web/s are not known: those of its key key at auth.key are replaced by <redacted>',
        'HelmRelease/web/web: the values of Secret web/far are not known: those of its key values.yaml are left out',
      ],
    });
    expect(JSON.stringify(found)).not.toContain('hush');
    expect(
      (await valuesOf('valuesFrom: [{kind: Secret, name: s, valuesKey: gone}]', secret)).violations,
    ).toEqual(['error flux/reference at spec.valuesFrom.0.valuesKey: Secret web/s has no key gone']);
  });
});
