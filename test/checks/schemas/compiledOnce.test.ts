import { expect, jest, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { openSchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import { fixture } from './manifests.ts';

test("a kind's schema is compiled when its first resource comes, and once", async () => {
  const [deployment] = fixture('valid-core-kinds/workloads.yaml');
  if (deployment === undefined) throw new Error('the fixture is empty');
  const compile = jest.spyOn(Ajv.prototype, 'compile');
  const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
  expect(compile).not.toHaveBeenCalled();
  schemas.check(deployment);
  const calls = compile.mock.calls.length;
  expect(calls).toBeGreaterThan(0);
  for (let round = 0; round < 10; round++) schemas.check(deployment);
  expect(compile).toHaveBeenCalledTimes(calls);
});
