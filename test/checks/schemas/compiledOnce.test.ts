import { expect, jest, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { openSchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import { definition, widget } from '../cel/ruled.ts';
import { fixture, resourceOf } from './manifests.ts';

const compile = jest.spyOn(Ajv.prototype, 'compile');

test('nothing is compiled of kinds whose validators the build made, whether a resource is right or wrong', async () => {
  const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
  const all = [
    ...fixture('valid-core-kinds/workloads.yaml'),
    ...fixture('catalogue/argo.yaml'),
    ...fixture('catalogue/flux.yaml'),
  ];
  for (const resource of all) schemas.check(resource);
  const wrong = resourceOf('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: text}\n');
  expect(schemas.check(wrong)).toMatchObject({ violations: [{ rule: 'schema/wrong-type' }] });
  expect(compile).not.toHaveBeenCalled();
});

test("another kind's schema is compiled when its first resource comes, and once", async () => {
  const shipped = await openSchemaSet({ kubernetesVersion: '1.37' });
  const schemas = shipped.withCustomDefinitions([definition().manifest]);
  const one = widget('{min: 2}');
  expect(compile).not.toHaveBeenCalled();
  expect(schemas.check(one)).toEqual({ status: 'checked', violations: [] });
  const calls = compile.mock.calls.length;
  expect(calls).toBeGreaterThan(0);
  for (let round = 0; round < 10; round++) schemas.check(one);
  expect(compile).toHaveBeenCalledTimes(calls);
});
