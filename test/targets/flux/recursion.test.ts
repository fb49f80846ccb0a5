import { afterAll, expect, test } from '@jest/globals';
import { discover } from '../../../src/discovery/discover.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { Redactor } from '../../../src/model/redacted.ts';
import { noRemotes } from '../../../src/model/remoteInputs.ts';
import { Renderer } from '../../../src/render/renderer.ts';
import { DEFAULT_SETTINGS } from '../../../src/settings/defaults.ts';
import { chartFiles, fluxDocument, REPOSITORY } from '../../helpers/operators.ts';
import { ownSnapshot } from '../../helpers/ownCommits.ts';
import type { TestFiles } from '../../helpers/repository.ts';
import { artifactGenerator, chartInGit, GIT_REPOSITORY, kustomization } from './follow.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** Finds and renders all that Flux would apply of some files. */
async function discovered(files: TestFiles) {
  const redactor = new Redactor();
  return discover({
    snapshot: await ownSnapshot(files),
    settings: DEFAULT_SETTINGS,
    repository: { urls: [REPOSITORY], branch: 'main' },
    engine,
    redactor,
    renderer: new Renderer({ engine, redactor }),
    remote: noRemotes(),
  });
}

/** Every target with what it renders, or why it does not. */
async function rendered(files: TestFiles) {
  const found = await discovered(files);
  const targets = found.renderings.map((rendering) => [
    rendering.target.id,
    rendering.status === 'failed'
      ? rendering.problem.message
      : rendering.resources.map(({ manifest }) => manifest),
  ]);
  return { ...found, targets: Object.fromEntries(targets) as Record<string, unknown> };
}

const configMap = (name: string, data: Record<string, string>, metadata = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  data,
});

/** A chart whose ConfigMap has all of the values. */
const chartOfValues = (name: string, values: string) =>
  chartFiles('charts/web', {
    'values.yaml': values,
    'templates/c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  all: {{ .Values | toJson | quote }}\n`,
  });

test('goes from what bootstrap commits down to releases, with variables of a ConfigMap that is rendered on the way', async () => {
  const found = await rendered({
    'clusters/one/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
    'clusters/one/flux-system/gotk-sync.yaml':
      GIT_REPOSITORY + kustomization('flux-system', 'path: ./clusters/one'),
    'clusters/one/infrastructure.yaml': kustomization('vars', 'path: ./infrastructure/vars'),
    'clusters/one/apps.yaml': kustomization(
      'apps',
      'path: ./apps, targetNamespace: shop, dependsOn: [{name: vars}], postBuild: {substituteFrom: [{kind: ConfigMap, name: cluster-vars}], substitute: {SIZE: large}}',
    ),
    'infrastructure/vars/vars.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-vars, namespace: flux-system}\ndata: {HOST: one.example.com, SIZE: small}\n',
    'apps/web/kustomization.yaml': 'resources: [release.yaml]\n',
    'apps/web/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web}
spec:
  interval: 1h
  ${chartInGit('./charts/web')}
  valuesFrom: [{kind: ConfigMap, name: web-values}, {kind: ConfigMap, name: web-values, valuesKey: color, targetPath: paint.color}]
  values: {host: "\${HOST}", paint: {color: red}}
  commonMetadata: {labels: {team: web}}
`,
    'apps/web-values.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-values}\ndata: {values.yaml: "size: \${SIZE}", color: blue}\n`,
    ...chartOfValues('"{{ .Release.Name }}"', 'size: none\nhost: none\npaint: {color: none, coats: 2}\n'),
  });
  expect(found.violations).toEqual([]);
  expect(found.notValidated).toEqual([]);
  expect(Object.keys(found.targets)).toEqual([
    'one/HelmRelease/shop/web',
    'one/Kustomization/flux-system/apps',
    'one/Kustomization/flux-system/flux-system',
    'one/Kustomization/flux-system/vars',
  ]);
  const values = { host: 'one.example.com', paint: { coats: 2, color: 'blue' }, size: 'large' };
  expect(found.targets['one/HelmRelease/shop/web']).toEqual([
    configMap('web', { all: JSON.stringify(values) }, { labels: { team: 'web' } }),
  ]);
});

test('builds what an ArtifactGenerator puts together, without what the source leaves out', async () => {
  const found = await rendered({
    '.sourceignore': '/*\n!/apps/\n!/clusters/\n',
    'clusters/one/k.yaml':
      kustomization('web', 'path: ./production, sourceRef: {kind: ExternalArtifact, name: apps}') +
      artifactGenerator(
        '{from: "@repo/apps/base/**", to: "@artifact/base/"}, {from: "@repo/apps/production/**", to: "@artifact/production/"}',
      ),
    'apps/base/kustomization.yaml': 'resources: [a.yaml]\n',
    'apps/base/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {}\n',
    'apps/production/kustomization.yaml': 'namePrefix: production-\nresources: [../base]\n',
  });
  expect(found.targets).toEqual({
    'one/Kustomization/flux-system/web': [configMap('production-a', {})],
  });
});

test("puts values files in place of a chart's own values", async () => {
  const chart = chartInGit('charts/web', 'valuesFiles: [live.yaml], ');
  const found = await rendered({
    'k.yaml': GIT_REPOSITORY + fluxDocument('HelmRelease', `interval: 1h, ${chart}`, { namespace: 'shop' }),
    'live.yaml': 'b: {d: 5}\n',
    ...chartOfValues('c', 'a: 1\nb: {c: 2, d: 3}\n'),
  });
  expect(found.targets).toEqual({ 'HelmRelease/shop/web': [configMap('c', { all: '{"b":{"d":5}}' })] });
});

test('keeps the variables of a Secret in what is rendered', async () => {
  const found = await rendered({
    'clusters/one/k.yaml':
      GIT_REPOSITORY +
      kustomization('web', 'path: apps, postBuild: {substituteFrom: [{kind: Secret, name: s}]}'),
    'apps/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {token: "\${TOKEN}", port: "p\${PORT:=80}", kept: "$\${TOKEN}"}\n`,
  });
  expect(found.targets).toEqual({
    'one/Kustomization/flux-system/web': [
      configMap('a', { token: `\${TOKEN}`, port: 'p80', kept: `\${TOKEN}` }),
    ],
  });
  expect(found.notValidated).toHaveLength(1);
});
