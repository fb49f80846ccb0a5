import { expect, test } from '@jest/globals';
import { openSchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import { fixture } from './manifests.ts';

test('a version takes less than a second of a processor to load, and a Deployment then less than 25 ms', async () => {
  const [deployment] = fixture('valid-core-kinds/workloads.yaml');
  if (deployment === undefined) throw new Error('the fixture is empty');
  // Not the time on the clock: that is also what the machine does besides, which slows a processor down as well.
  const start = process.cpuUsage();
  const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
  expect(millisecondsSince(start)).toBeLessThan(1000);
  schemas.check(deployment);
  const compiled = process.cpuUsage();
  for (let round = 0; round < 100; round++) schemas.check(deployment);
  expect(millisecondsSince(compiled) / 100).toBeLessThan(25);
});

function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
