import { expect, jest, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { openSchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import { fixture, manifestOf, resourceOf } from './manifests.ts';

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
  const definition = manifestOf(DEFINITION);
  const schemas = (await openSchemaSet({ kubernetesVersion: '1.37' })).withCustomDefinitions([definition]);
  const kettle = resourceOf(
    'apiVersion: example.org/v1\nkind: Kettle\nmetadata: {name: k}\nspec: {litres: 2}\n',
  );
  expect(compile).not.toHaveBeenCalled();
  expect(schemas.check(kettle)).toEqual({ status: 'checked', violations: [] });
  const calls = compile.mock.calls.length;
  expect(calls).toBeGreaterThan(0);
  for (let round = 0; round < 10; round++) schemas.check(kettle);
  expect(compile).toHaveBeenCalledTimes(calls);
});

const DEFINITION = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: kettles.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {plural: kettles, kind: Kettle}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {litres: {type: integer}}}}
`;
