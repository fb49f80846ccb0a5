import { describe, expect, test } from '@jest/globals';
import { dataDocument, fluxDocument } from '../../helpers/operators.ts';
import { chartInGit, follow, GIT_REPOSITORY, sourceOf, violationsOf } from './follow.ts';

const FILES = {
  'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0',
  'git.yaml': GIT_REPOSITORY,
};
const config = (name: string, data: string) => dataDocument('ConfigMap', name, data, 'web');

async function valuesOf(spec: string, objects = '', chart = chartInGit('charts/web')) {
  const all = `${chart}, ${spec}`;
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

  test('merges values before each targetPath and at the end, as one mapping', async () => {
    const spec = `values: {z: 0}, valuesFrom: [
      {kind: ConfigMap, name: a, valuesKey: one, targetPath: a.b}, {kind: ConfigMap, name: a, valuesKey: quoted, targetPath: c},
      {kind: ConfigMap, name: a, valuesKey: list, targetPath: d, literal: true}]`;
    expect((await valuesOf(spec, objects)).values).toEqual([
      { inline: { z: 0 } },
      { set: 'a.b=1' },
      { again: 0 },
      { set: 'c=true', forceString: true },
      { again: 0 },
      { at: { path: 'd', value: '{p,q}', literal: true } },
      { again: 0 },
    ]);
  });

  test('counts its layers from those of the chart on', async () => {
    const place =
      'values: {z: 0}, valuesFrom: [{kind: ConfigMap, name: a, valuesKey: one, targetPath: z}, {kind: ConfigMap, name: b}]';
    const chart = chartInGit('charts/web', 'valuesFiles: [./charts/web/a.yaml], ');
    expect((await valuesOf(place, objects, chart)).values).toEqual([
      { file: 'charts/web/a.yaml' },
      { inline: { z: 0 } },
      { set: 'z=1' },
      { text: 'x: 3' },
      { again: 1 },
    ]);
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
