import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../src/settings/defaults.ts';
import { chartTargets } from '../../../src/targets/helm/chartTargets.ts';
import { ownSnapshot } from '../../helpers/ownCommits.ts';
import type { TestFiles } from '../../helpers/repository.ts';

async function found(files: TestFiles) {
  const targets = await chartTargets(await ownSnapshot(files), DEFAULT_SETTINGS);
  return targets.map(({ id, environment }) => `${id} ${environment}`);
}

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';

test('a chart is a target with its own values, and with each environment’s', async () => {
  const targets = await found({
    'charts/web/Chart.yaml': CHART,
    'charts/web/values.yaml': '',
    'charts/web/values-production.yaml': '',
    'charts/web/values.staging.yml': '',
    'charts/web/other.yaml': '',
    'charts/web/ci/values-test.yaml': '',
  });
  expect(targets).toEqual([
    'charts/web null',
    'charts/web:values-production.yaml production',
    'charts/web:values.staging.yml staging',
  ]);
});

test('dependencies, libraries and charts that others take in are none', async () => {
  const targets = await found({
    'web/Chart.yaml': `${CHART}dependencies:\n- {name: common, repository: "file://../common", version: 1.x}\n`,
    'web/charts/redis/Chart.yaml': CHART,
    'common/Chart.yaml': CHART,
    'library/Chart.yaml': `${CHART}type: library\n`,
  });
  expect(targets).toEqual(['web null']);
});

test('of charts that only take in each other the first one is a target, and one that takes in itself is', async () => {
  const taking = (folder: string) =>
    `${CHART}dependencies:\n- {name: web, repository: "file://${folder}", version: 1.x}\n`;
  const targets = await found({
    'circle/two/Chart.yaml': taking('../one'),
    'circle/one/Chart.yaml': taking('../two'),
    'itself/Chart.yaml': taking('.'),
  });
  expect(targets).toEqual(['circle/one null', 'itself null']);
});

test('a chart that is not valid YAML stays a target, for its render to say so', async () => {
  expect(await found({ 'web/Chart.yaml': 'name: [\n' })).toEqual(['web null']);
});
