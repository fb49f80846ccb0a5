import { expect, test } from '@jest/globals';
import { openSchemaCatalogue } from '../../../src/checks/schemas/catalogue.ts';
import { fixture } from './manifests.ts';

test('a version loads within 100 ms, and a Deployment is then checked within 5 ms', async () => {
  const [deployment] = fixture('valid-core-kinds/workloads.yaml');
  if (deployment === undefined) throw new Error('the fixture is empty');
  const start = performance.now();
  const catalogue = await openSchemaCatalogue({ kubernetesVersion: '1.37' });
  expect(performance.now() - start).toBeLessThan(100);
  catalogue.check(deployment);
  const compiled = performance.now();
  for (let round = 0; round < 100; round++) catalogue.check(deployment);
  expect((performance.now() - compiled) / 100).toBeLessThan(5);
});
