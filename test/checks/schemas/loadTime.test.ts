import { expect, test } from '@jest/globals';
import { openSchemaCatalogue } from '../../../src/checks/schemas/catalogue.ts';
import { fixture } from './manifests.ts';

test('a version takes less than 200 ms of a processor to load, and a Deployment then less than 5 ms', async () => {
  const [deployment] = fixture('valid-core-kinds/workloads.yaml');
  if (deployment === undefined) throw new Error('the fixture is empty');
  // Not the time on the clock: that is also what the machine does besides.
  const start = process.cpuUsage();
  const catalogue = await openSchemaCatalogue({ kubernetesVersion: '1.37' });
  expect(millisecondsSince(start)).toBeLessThan(200);
  catalogue.check(deployment);
  const compiled = process.cpuUsage();
  for (let round = 0; round < 100; round++) catalogue.check(deployment);
  expect(millisecondsSince(compiled) / 100).toBeLessThan(5);
});

function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
