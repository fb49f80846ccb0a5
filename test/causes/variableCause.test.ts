// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Flux.
import { beforeAll, expect, test } from '@jest/globals';
import { variableCause } from '../../src/causes/variableCause.ts';
import type { OperatorRecord } from '../../src/model/operatorRecord.ts';
import { flux } from '../../src/targets/flux/flux.ts';
import { fluxDocument, gitRepository } from '../helpers/operators.ts';
import { declaredBy } from './declared.ts';

let record: OperatorRecord;
beforeAll(async () => {
  const source = 'sourceRef: {kind: GitRepository, name: flux-system}';
  const postBuild = '{substitute: {TAG: "1", OWN_1: x}, substituteFrom: [{kind: ConfigMap, name: vars}]}';
  const vars = `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {TAG: "0", HOST: example.com}\n`;
  const spec = `interval: 10m, prune: true, path: o, ${source}, postBuild: ${postBuild}`;
  ({ record } = await declaredBy(flux, {
    'o/kustomization.yaml': 'resources: []\n',
    'k.yaml': gitRepository() + fluxDocument('Kustomization', spec) + vars,
  }));
});

test.each([
  ['its own variable', 'image: app:${TAG}', 'Kustomization/web spec.postBuild.substitute.TAG'],
  ['one of a ConfigMap', 'host: "${HOST}"', 'ConfigMap/vars data.HOST'],
  ['a variable with a default', 'image: app:${TAG:=2}', 'Kustomization/web spec.postBuild.substitute.TAG'],
  ['one that stands there twice', '${OWN_1}-${ OWN_1 }', 'Kustomization/web spec.postBuild.substitute.OWN_1'],
])('a text is filled by %s', (_, text, expected) => {
  const cause = variableCause(record, text);
  const { kind, name } = cause?.object.resource ?? {};
  expect(`${kind}/${name} ${cause?.fieldPath.join('.')}`).toBe(expected);
});

test.each([
  ['no variable', 'image: app:$TAG'],
  ['several variables', '${HOST}:${TAG}'],
  ['one that nobody sets', '${NOTHING:=a}'],
])('a text with %s has no cause', (_, text) => {
  expect(variableCause(record, text)).toBeNull();
});
