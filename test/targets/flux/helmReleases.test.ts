import { describe, expect, test } from '@jest/globals';
import type { RemoteChart, RemoteInputs } from '../../../src/model/remoteInputs.ts';
import { noRemotes } from '../../../src/model/remoteInputs.ts';
import { fluxDocument } from '../../helpers/operators.ts';
import { chartInGit, follow, GIT_REPOSITORY, reasonOf, sourceOf, violationsOf } from './follow.ts';

const CHART = {
  'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0',
  'charts/web/values.yaml': 'replicas: 1\nimage: {tag: "1", name: web}\nsub: {own: {deep: true}}\n',
};
const LOCAL = chartInGit('./charts/web');

/** A HelmRelease in namespace web; `spec` is YAML in flow form, without braces. */
function release(spec: string, version = 'v2'): string {
  const apiVersion = `helm.toolkit.fluxcd.io/${version}`;
  return fluxDocument('HelmRelease', `interval: 10m, ${spec}`, { namespace: 'web', apiVersion });
}

function source(kind: string, spec: string): string {
  return fluxDocument(kind, `interval: 1h, ${spec}`, { name: 's', namespace: 'web' });
}

/** Answers with a chart that says what was asked for. */
function remembering(): RemoteInputs & { readonly asked: RemoteChart[] } {
  const asked: RemoteChart[] = [];
  return {
    ...noRemotes(),
    asked,
    chart: async (wanted) => {
      asked.push(wanted);
      return {
        place: { archive: { name: `${wanted.chart}.tgz`, sha256: '00' } },
        version: '1.2.3',
      };
    },
  };
}

describe('a HelmRelease', () => {
  test('of a chart in this repository is a target of its cluster', async () => {
    const spec = `${LOCAL}, values: {replicas: 3}`;
    const { targets, violations } = await follow({
      ...CHART,
      'clusters/one/k.yaml': GIT_REPOSITORY + release(spec),
    });
    expect(violations).toEqual([]);
    expect(targets.map(({ target, folders }) => ({ ...target, folders }))).toEqual([
      {
        id: 'one/HelmRelease/web/web',
        kind: 'HelmRelease',
        path: 'charts/web',
        cluster: 'one',
        environment: 'one',
        folders: ['charts/web'],
        source: {
          tool: 'helm',
          chart: { path: 'charts/web', ignore: '' },
          releaseName: 'web',
          namespace: 'web',
          values: [{ inline: { replicas: 3 } }],
          kubeVersion: '1.37',
          served: { version: '1.37', only: true },
          includeCrds: true,
          skipTests: true,
        },
      },
    ]);
  });

  test.each([
    ['', '2.9', undefined],
    ['', '2.8', 'omit'],
    [', postRenderStrategy: nohooks', '2.9', 'omit'],
    [', postRenderStrategy: separate', '2.9', 'separate'],
    [', postRenderStrategy: combined', '2.8', undefined],
  ])('changes hooks or not%s in Flux %s: %s', async (strategy, version, hooks) => {
    const spec = `${LOCAL}, commonMetadata: {labels: {team: web}}, postRenderers: [{kustomize: {images: [{name: a, newTag: "2"}]}}]${strategy}`;
    const followed = await follow(
      { ...CHART, 'clusters/one/k.yaml': GIT_REPOSITORY + release(spec) },
      { settings: { flux: { version } } },
    );
    const source = sourceOf(followed);
    const steps = source.tool === 'helm' ? (source.steps ?? []) : [];
    expect(steps.map((step) => ('hooks' in step ? step.hooks : undefined))).toEqual([hooks, hooks]);
  });

  test('is installed as its spec says', async () => {
    const spec = `${LOCAL}, targetNamespace: shop, storageNamespace: x, test: {enable: true},
      install: {crds: Skip, disableHooks: true, disableSchemaValidation: true},
      postRenderers: [{kustomize: {images: [{name: nginx, newTag: "2"}]}}, {kustomize: {patches: [{patch: p, target: {kind: Pod}}]}}],
      commonMetadata: {labels: {team: web}}`;
    const cluster = {
      name: 'one',
      match: [],
      apiVersions: ['monitoring.coreos.com/v1'],
      labels: {},
      annotations: {},
      values: {},
      kubernetesVersion: '1.35',
    };
    const followed = await follow(
      { ...CHART, 'clusters/one/k.yaml': GIT_REPOSITORY + release(spec) },
      { settings: { clusters: [cluster] } },
    );
    expect(sourceOf(followed)).toEqual({
      tool: 'helm',
      chart: { path: 'charts/web', ignore: '' },
      releaseName: 'shop-web',
      namespace: 'shop',
      values: [],
      kubeVersion: '1.35',
      apiVersions: ['monitoring.coreos.com/v1'],
      served: { version: '1.35', only: true },
      includeCrds: false,
      hooks: 'omit',
      skipSchemaValidation: true,
      steps: [
        { step: 'kustomize', edits: { images: [{ name: 'nginx', newTag: '2' }] } },
        { step: 'kustomize', edits: { patches: [{ patch: 'p', target: { kind: 'Pod' } }] } },
        { step: 'metadata', labels: { team: 'web' } },
      ],
    });
  });

  test.each([
    ['install: {skipCRDs: true}', false],
    ['install: {skipCRDs: true, crds: CreateReplace}', true],
    ['install: {crds: Create}', true],
  ])('with %s has CRDs: %s', async (install, includeCrds) => {
    const files = { ...CHART, 'k.yaml': GIT_REPOSITORY + release(`${LOCAL}, ${install}`) };
    expect(sourceOf(await follow(files))).toMatchObject({ includeCrds });
  });

  test('that keeps values of the last release says that they are not known', async () => {
    const spec = `${LOCAL}, upgrade: {preserveValues: true}`;
    const { notValidated } = await follow({ ...CHART, 'k.yaml': GIT_REPOSITORY + release(spec) });
    expect(notValidated).toEqual([
      {
        subject: 'HelmRelease/web/web',
        concern: 'render',
        reason: '`upgrade.preserveValues` keeps values of the last release, which only the cluster knows',
      },
    ]);
  });

  test('of v2beta1 is followed, with a deprecation', async () => {
    const followed = await follow({ ...CHART, 'k.yaml': GIT_REPOSITORY + release(LOCAL, 'v2beta1') });
    expect(sourceOf(followed)).toMatchObject({ tool: 'helm' });
    expect(violationsOf(followed)).toEqual([
      'warning flux/deprecated-api at apiVersion: HelmRelease web is of helm.toolkit.fluxcd.io/v2beta1, which Flux has deprecated; use helm.toolkit.fluxcd.io/v2',
    ]);
  });

  test('without a chart is a finding', async () => {
    const followed = await follow({ 'k.yaml': release('values: {}') });
    expect(violationsOf(followed)).toEqual([
      'error flux/reference at spec: HelmRelease web names no chart: it needs spec.chart or spec.chartRef',
    ]);
    expect(sourceOf(followed)).toMatchObject({ tool: 'none' });
  });
});

describe('the chart in this repository', () => {
  test('that is not there is a finding at its path', async () => {
    const followed = await follow({
      ...CHART,
      'k.yaml': GIT_REPOSITORY + release(LOCAL.replace('charts/web', 'charts/wbe')),
    });
    expect(violationsOf(followed)).toEqual([
      'error render/missing-path at spec.chart.spec.chart: charts/wbe is not a chart in GitRepository flux-system/flux-system',
    ]);
    expect(reasonOf(followed)).toBe('charts/wbe is not a chart in GitRepository flux-system/flux-system');
  });

  test('may be packed', async () => {
    const PACKED = '277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9';
    const files = {
      'charts/web-1.0.0.tgz': 'bytes',
      'k.yaml': GIT_REPOSITORY + release(LOCAL.replace('charts/web', 'charts/web-1.0.0.tgz')),
    };
    const remote = noRemotes();
    expect(sourceOf(await follow(files, { remote }))).toMatchObject({
      chart: {
        archive: {
          name: 'web-1.0.0.tgz',
          sha256: PACKED,
        },
        file: 'charts/web-1.0.0.tgz',
        ignore: '',
      },
    });
    expect(Buffer.from(remote.archives.bytesOf(PACKED)).toString()).toBe('bytes');
  });

  test.each([
    ['valuesFiles: [values.yaml]', []],
    [
      'valuesFiles: [./charts/web/values.yaml, charts/web/live.yaml]',
      [{ file: 'charts/web/values.yaml' }, { file: 'charts/web/live.yaml' }],
    ],
    [
      'valuesFile: charts/web/values.yaml, valuesFiles: [live.yaml], ignoreMissingValuesFiles: true',
      [
        { file: 'charts/web/values.yaml', ignoreMissing: true },
        { file: 'live.yaml', ignoreMissing: true },
      ],
    ],
    [
      'valuesFiles: [live.yaml]',
      [
        { inline: { replicas: null, image: { tag: null, name: null }, sub: { own: { deep: null } } } },
        { file: 'live.yaml' },
      ],
    ],
  ])('with %s has its values replaced', async (text, values) => {
    const spec = chartInGit('./charts/web', `${text}, `);
    const followed = await follow({ ...CHART, 'k.yaml': GIT_REPOSITORY + release(spec) });
    expect(sourceOf(followed)).toMatchObject({ values });
  });
});

describe('the chart elsewhere', () => {
  const repository = source('HelmRepository', 'url: https://charts.example.com/stable');
  const named = (more: string) =>
    `chart: {spec: {chart: web, ${more}sourceRef: {kind: HelmRepository, name: s}}}`;

  test.each([
    ['', '*'],
    ['version: ">=1.0.0 <2", ', '>=1.0.0 <2'],
  ])('of a HelmRepository with %s is fetched in version %s', async (more, version) => {
    const remote = remembering();
    const followed = await follow({ 'k.yaml': repository + release(named(more)) }, { remote });
    expect(remote.asked).toEqual([
      { repository: 'https://charts.example.com/stable', chart: 'web', version },
    ]);
    expect(sourceOf(followed)).toMatchObject({ tool: 'helm', chart: { archive: { name: 'web.tgz' } } });
    expect(followed.targets[0]).toMatchObject({ target: { path: '.' }, folders: [] });
  });

  test("has values files of the chart's own", async () => {
    const spec = named('valuesFiles: [values.yaml, ci/live.yaml], ignoreMissingValuesFiles: true, ');
    const followed = await follow({ 'k.yaml': repository + release(spec) }, { remote: remembering() });
    expect(sourceOf(followed)).toMatchObject({
      values: [
        { chartFile: 'values.yaml', ignoreMissing: true },
        { chartFile: 'ci/live.yaml', ignoreMissing: true },
      ],
    });
  });

  test('with values files but not its own says that these are still there', async () => {
    const spec = named('valuesFiles: [ci/live.yaml], ');
    const { notValidated } = await follow(
      { 'k.yaml': repository + release(spec) },
      { remote: remembering() },
    );
    expect(notValidated.map(({ reason }) => reason)).toEqual([
      "`valuesFiles` take the place of the chart's values.yaml, but of a packed chart lie over it here",
    ]);
  });

  test('that may not be fetched is not followed, with the way out', async () => {
    expect(reasonOf(await follow({ 'k.yaml': repository + release(named('')) }))).toContain(
      '`remotes.allow` of .hydrant.yaml',
    );
  });

  test('of a HelmRepository that does not exist is a finding', async () => {
    expect(violationsOf(await follow({ 'k.yaml': release(named('')) }))).toEqual([
      'error flux/reference at spec.chart.spec.sourceRef.name: HelmRepository web/s does not exist in the repository, so HelmRelease web never gets its source',
    ]);
  });

  test.each([
    ['ref: {semver: 1.x, tag: "2"}', '1.x'],
    ['ref: {tag: 1.2.3}', '1.2.3'],
    ['ref: {digest: "sha256:ab", semver: 1.x}', '@sha256:ab'],
    ['timeout: 1m', 'latest'],
  ])('of an OCIRepository with %s is fetched as %s', async (ref, version) => {
    const remote = remembering();
    const oci = source('OCIRepository', `url: oci://ghcr.io/acme/charts/web, ${ref}`);
    await follow({ 'k.yaml': oci + release('chartRef: {kind: OCIRepository, name: s}') }, { remote });
    expect(remote.asked).toEqual([{ repository: 'oci://ghcr.io/acme/charts/web', chart: '', version }]);
  });

  test('of an OCIRepository that leaves out files is not validated as a whole', async () => {
    const chart = 'url: oci://ghcr.io/acme/charts/web, ref: {tag: "1"}';
    const gaps = async (more: string) => {
      const oci = source('OCIRepository', `${chart}${more}`);
      const files = { 'k.yaml': oci + release('chartRef: {kind: OCIRepository, name: s}') };
      return (await follow(files, { remote: remembering() })).notValidated.map(({ reason }) => reason);
    };
    expect(await gaps('')).toEqual([]);
    expect(await gaps(', ignore: "*.tpl"')).toEqual([
      '`ignore` of OCIRepository s leaves out files of the chart, which are rendered here',
    ]);
  });

  test('of tags that a pattern filters is not followed', async () => {
    const oci = source(
      'OCIRepository',
      'url: oci://ghcr.io/acme/web, ref: {semver: "*", semverFilter: ".*-rc"}',
    );
    const followed = await follow(
      { 'k.yaml': oci + release('chartRef: {kind: OCIRepository, name: s}') },
      { remote: remembering() },
    );
    expect(reasonOf(followed)).toContain('`ref.semverFilter`');
  });

  test('of a HelmChart is what that names', async () => {
    const remote = remembering();
    const chart = source('HelmChart', 'chart: web, version: 1.x, sourceRef: {kind: HelmRepository, name: r}');
    const r = repository.replace('name: s', 'name: r');
    await follow({ 'k.yaml': r + chart + release('chartRef: {kind: HelmChart, name: s}') }, { remote });
    expect(remote.asked).toEqual([
      { repository: 'https://charts.example.com/stable', chart: 'web', version: '1.x' },
    ]);
  });

  test('of a HelmChart whose source does not exist is one finding, on the HelmChart', async () => {
    const chart = source('HelmChart', 'chart: web, sourceRef: {kind: HelmRepository, name: r}');
    const two =
      release('chartRef: {kind: HelmChart, name: s}') +
      release('chartRef: {kind: HelmChart, name: s}').replace('name: web,', 'name: two,');
    expect(violationsOf(await follow({ 'k.yaml': chart + two }))).toEqual([
      'error flux/reference at spec.sourceRef.name: HelmRepository web/r does not exist in the repository, so HelmChart s never gets its source',
    ]);
  });

  test('of a Bucket is not followed', async () => {
    const bucket = source('Bucket', 'endpoint: minio.example.com, bucketName: charts');
    const spec = 'chart: {spec: {chart: web, sourceRef: {kind: Bucket, name: s}}}';
    expect(reasonOf(await follow({ 'k.yaml': bucket + release(spec) }))).toContain('minio.example.com');
  });

  test('of an ExternalArtifact is followed where it is a folder of this repository', async () => {
    const sources = '[{alias: r, kind: GitRepository, name: flux-system, namespace: flux-system}]';
    const generator = (copies: string) =>
      fluxDocument('ArtifactGenerator', `sources: ${sources}, artifacts: [{name: s, copy: [${copies}]}]`, {
        name: 'g',
        namespace: 'web',
      });
    const spec = release('chartRef: {kind: ExternalArtifact, name: s}');
    const whole = '{from: "@r/charts/web/**", to: "@artifact/web/"}';
    const followed = await follow({ ...CHART, 'k.yaml': generator(whole) + spec });
    expect(sourceOf(followed)).toMatchObject({ chart: { path: 'charts/web', ignore: '' } });
    const parts = await follow({
      ...CHART,
      'k.yaml': generator(`${whole}, {from: "@r/live.yaml", to: "@artifact/web/"}`) + spec,
    });
    expect(sourceOf(parts)).toMatchObject({ tool: 'none' });
  });
});
