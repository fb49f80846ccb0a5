import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { chart, flux, gitRepository, helmRelease } from '../helpers/operators.ts';
import { findingsOf, reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const source = gitRepository('fleet');
const release = (more = '') => helmRelease('web', `./charts/web${more}`, { source: 'fleet' });

async function told(head: Record<string, string>, text = release()): Promise<string[]> {
  const base = { 'flux.yaml': `${source}---\n${text}`, ...chart('charts/web') };
  return findingsOf(await reviewed(engine, { base, head })).filter((finding) => finding.includes(' flux/'));
}

describe('a chart in Git that changes', () => {
  const changed = { 'charts/web/values.yaml': 'a: other\n' };

  test('under the same version is not rolled out by Flux', async () => {
    expect(await told(changed)).toEqual([
      'new warning flux/chart-version-unchanged charts/web/Chart.yaml:3 the chart charts/web changes, and its version stays 1.0.0: Flux installs it only under a new version (`reconcileStrategy: ChartVersion`), so the cluster goes on with the old chart; raise the version, or set `reconcileStrategy: Revision`',
    ]);
  });

  test('is not rolled out either where a HelmChart takes it, which a release refers to', async () => {
    const chartObject = (more = '') =>
      flux(
        'HelmChart',
        'web',
        `  chart: ./charts/web\n${more}  sourceRef: { kind: GitRepository, name: fleet }\n`,
      );
    const referring = flux('HelmRelease', 'web', '  chartRef: { kind: HelmChart, name: web }\n');
    const unchanged = `new warning flux/chart-version-unchanged charts/web/Chart.yaml:3`;
    expect(await told(changed, `${chartObject()}---\n${referring}`)).toEqual([
      expect.stringContaining(unchanged),
    ]);
    expect(await told(changed, `${chartObject('  reconcileStrategy: Revision\n')}---\n${referring}`)).toEqual(
      [],
    );
  });

  test('is, under a new version, by revision, or where only the release changes', async () => {
    const raised = { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.1\n' };
    expect(await told({ ...changed, ...raised })).toEqual([]);
    expect(await told(changed, release(', reconcileStrategy: Revision'))).toEqual([]);
    expect(await told({ 'flux.yaml': `${source}---\n${release()}  values: { a: b }\n` })).toEqual([]);
  });
});
