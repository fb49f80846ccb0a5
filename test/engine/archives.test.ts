import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { RenderParams } from '../../src/engine/protocol/render.ts';
import { Archives } from '../../src/model/archives.ts';
import { createRepository } from '../helpers/repository.ts';
import { packChart } from '../remote/charts.ts';

let pool: EnginePool;
let archives: Archives;
let params: RenderParams;
beforeEach(async () => {
  // One process, so that it is known which one renders.
  pool = new EnginePool({ size: 1 });
  archives = new Archives();
  const repository = await createRepository();
  params = {
    gitDir: repository.gitDir,
    commit: await repository.commit({
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/values.yaml': 'a: "{{ tpl .Values.a . }}"\n',
      'c/templates/a.yaml': '{{ tpl .Values.a . }}\n',
    }),
    source: {
      tool: 'helm',
      chart: { archive: archives.add('web-1.0.0.tgz', await packChart('web', '1.0.0')) },
      releaseName: 'web',
      namespace: 'shop',
      values: [],
      includeCrds: true,
    },
    redaction: { mode: 'none' },
    want: 'manifests',
  };
});
afterEach(() => pool.close());

const ENDLESS: RenderParams['source'] = {
  tool: 'helm',
  chart: { path: 'c' },
  releaseName: 'c',
  namespace: 'shop',
  values: [],
  includeCrds: true,
};
const RENDERED = { manifests: expect.stringContaining('name: web') };

test('a packed chart is brought to a process once, and again to the one that takes its place', async () => {
  await expect(pool.render(params)).rejects.toThrow('there is no archive with the digest');
  expect(await pool.render({ ...params, archives })).toMatchObject(RENDERED);
  // Nobody has its bytes but the process.
  expect(await pool.render(params)).toMatchObject(RENDERED);
  expect(await pool.render({ ...params, source: { tool: 'combined', sources: [params.source] } })).toEqual(
    await pool.render(params),
  );

  // A chart that renders itself for ever ends the process that renders it.
  expect(await pool.render({ ...params, source: ENDLESS })).toMatchObject({ problem: { kind: 'memory' } });
  await expect(pool.render(params)).rejects.toThrow('there is no archive with the digest');
  expect(await pool.render({ ...params, archives })).toMatchObject(RENDERED);
});

test('a chart that was fetched for a kustomization is brought likewise', async () => {
  const repository = await createRepository();
  const chart = { repository: 'https://charts.example.com', chart: 'web', version: '1.0.0' };
  const asked: RenderParams = {
    ...params,
    gitDir: repository.gitDir,
    commit: await repository.commit({
      'o/kustomization.yaml': `helmCharts: [{ name: web, repo: '${chart.repository}', version: 1.0.0, releaseName: web }]`,
    }),
    source: { tool: 'kustomize', path: 'o' },
  };
  expect(await pool.render(asked)).toMatchObject({ needs: [{ kind: 'chart', ...chart }] });
  const archive = archives.add('web-1.0.0.tgz', await packChart('web', '1.0.0'));
  const remotes = { files: [], repositories: [], charts: [{ ...chart, archive }] };
  expect(await pool.render({ ...asked, remotes, archives })).toMatchObject(RENDERED);
});
