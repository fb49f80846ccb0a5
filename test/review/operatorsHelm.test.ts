import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { OpenRemotes } from '../../src/model/remoteInputs.ts';
import { createRemoteInputs } from '../../src/remote/remoteInputs.ts';
import {
  application,
  applicationOfSources,
  chart,
  configMap,
  helmRelease,
  helmRepository,
  REPOSITORY,
} from '../helpers/operators.ts';
import { indexOf, packChart, sha256 } from '../remote/charts.ts';
import { startWebServer, type WebServer } from '../remote/webServer.ts';
import { changesOf, findingsOf, gapsOf, reviewed, targetsOf } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const CHARTS = { kind: 'HelmRepository', source: 'charts' };

describe('a HelmRelease of a chart in a repository of charts', () => {
  let server: WebServer;
  beforeAll(async () => {
    const packed = await Promise.all(['6.5.0', '6.6.0'].map((version) => packChart('podinfo', version)));
    const entries = ['6.5.0', '6.6.0'].map((version, index) => ({
      version,
      urls: [`podinfo-${version}.tgz`],
      digest: sha256(packed[index] ?? new Uint8Array()),
    }));
    server = await startWebServer({
      '/charts/index.yaml': indexOf({ podinfo: entries }),
      '/charts/podinfo-6.5.0.tgz': packed[0] ?? '',
      '/charts/podinfo-6.6.0.tgz': packed[1] ?? '',
    });
  });
  afterAll(() => server.close());

  const ID = 'HelmRelease/flux-system/podinfo';
  const release = (version: string) =>
    `${helmRepository(`${server.url}/charts`)}---
${helmRelease('podinfo', `podinfo, version: ${version}`, CHARTS)}`;
  const allowed = () => `remotes: { allow: ['${server.url}/charts'] }\n`;
  const openRemotes: OpenRemotes = (settings) =>
    createRemoteInputs({ ...settings, signal: new AbortController().signal });

  test('is not validated, with the reason and the setting that would allow it', async () => {
    server.requests.length = 0;
    const review = await reviewed(engine, { head: { 'release.yaml': release('6.5.0') }, openRemotes });
    expect(gapsOf(review)).toEqual([
      `${ID}: ${server.url}/charts is not named on the base branch, and what only the pull request names is not fetched; to have it fetched, add \`- ${server.url}/charts\` to \`remotes.allow\` of .hydrant.yaml on the base branch`,
    ]);
    expect(targetsOf(review)).toEqual([`${ID} HelmRelease . notValidated`]);
    expect(findingsOf(review)).toEqual([]);
    expect(review.verdict).toBe('neutral');
    expect(server.requests).toEqual([]);
  });

  test('is rendered where the settings allow it, of the newest version in its range', async () => {
    server.requests.length = 0;
    const review = await reviewed(engine, {
      base: { '.hydrant.yaml': allowed(), 'release.yaml': release("'6.5.x'") },
      head: { 'release.yaml': release("'6.x'") },
      openRemotes,
    });
    expect(gapsOf(review)).toEqual([]);
    expect(targetsOf(review)).toEqual([`${ID} HelmRelease . rendered`]);
    expect(review.changes[0]?.diff).toContain('+    version: 6.6.0');
    expect(server.requests.toSorted()).toEqual([
      '/charts/index.yaml',
      '/charts/podinfo-6.5.0.tgz',
      '/charts/podinfo-6.6.0.tgz',
    ]);
  });

  test('is not affected where nothing of it changes', async () => {
    const review = await reviewed(engine, {
      base: { '.hydrant.yaml': allowed(), 'release.yaml': release('6.5.0') },
      head: { 'other.yaml': configMap('other') },
      openRemotes,
    });
    expect(review.targets.map(({ id, affected }) => [id, affected])).toEqual([[ID, false]]);
  });

  test('is rendered as a new release', async () => {
    const review = await reviewed(engine, {
      base: { '.hydrant.yaml': allowed() },
      head: { 'release.yaml': release('6.5.0') },
      openRemotes,
    });
    expect(changesOf(review)).toEqual([`${ID} added ConfigMap/podinfo`]);
  });

  test('is not fetched for a pull request that brings its own permission', async () => {
    server.requests.length = 0;
    const review = await reviewed(engine, {
      head: { '.hydrant.yaml': allowed(), 'release.yaml': release('6.5.0') },
      openRemotes,
    });
    expect(gapsOf(review)).toEqual([expect.stringContaining('is not named on the base branch')]);
    expect(server.requests).toEqual([]);
  });
});

describe('a Secret of a chart that is fetched', () => {
  let server: WebServer;
  const template =
    'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n  password: {{ .Values.password | default "canary-of-the-chart" }}\n';
  beforeAll(async () => {
    const packed = await packChart('db', '1.0.0', '{{ .Release.Name }}', { 'secret.yaml': template });
    server = await startWebServer({
      '/charts/index.yaml': indexOf({
        db: [{ version: '1.0.0', urls: ['db-1.0.0.tgz'], digest: sha256(packed) }],
      }),
      '/charts/db-1.0.0.tgz': packed,
    });
  });
  afterAll(() => server.close());

  const reviewOf = (values: string) => {
    const release = helmRelease('db', 'db, version: 1.0.0', { ...CHARTS, more: values });
    return reviewed(engine, {
      base: { '.hydrant.yaml': `remotes: { allow: ['${server.url}/charts'] }\n` },
      head: {
        'charts.yaml': helmRepository(`${server.url}/charts`),
        'release.yaml': release,
      },
      openRemotes: (settings) => createRemoteInputs({ ...settings, signal: new AbortController().signal }),
    });
  };

  test('with a value of the repository is found where that is written', async () => {
    const { findings } = await reviewOf('  values:\n    # words\n    password: canary-released\n');
    expect(findings.filter(({ rule }) => rule.startsWith('secret/'))).toMatchObject([
      { rule: 'secret/helm-value', location: { path: 'release.yaml', startLine: 11, endLine: 11 } },
    ]);
  });

  test("with the chart's own value is nobody's here", async () => {
    const review = await reviewOf('');
    expect(review.findings.filter(({ rule }) => rule.startsWith('secret/'))).toEqual([]);
    expect(review.verdicts.secrets).toBe('success');
  });
});

describe('a chart that takes all it can get', () => {
  const limited = new EnginePool({ size: 2, timeoutMs: 3000, memoryLimitBytes: 512 * 2 ** 20 });
  afterAll(() => limited.close());

  test.each([
    ['a loop without end', '{{- range until 1000000000 }}{{ end -}}'],
    ['recursion', '{{- define "a" }}{{ include "a" . }}{{ include "a" . }}{{ end }}{{ include "a" . }}'],
    ['a long text', '{{- $x := repeat 1000000 "x" }}{{ range until 100000 }}{{ $x }}{{ end }}'],
    ['a slow loop', '{{- range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}'],
  ])('by %s is stopped, and the others are delivered', async (_, template) => {
    const review = await reviewed(limited, {
      head: {
        'good.yaml': application('good', 'good'),
        'good/config.yaml': configMap('good'),
        'endless.yaml': application('endless', 'endless'),
        ...chart('endless', { 'templates/config.yaml': `${template}\n` }),
      },
    });
    expect(targetsOf(review)).toEqual([
      'Application/argocd/endless Application endless failed',
      'Application/argocd/good Application good rendered',
    ]);
    expect(changesOf(review)).toEqual(['Application/argocd/good added ConfigMap/good']);
    expect(findingsOf(review)).toEqual([
      expect.stringMatching(/^new error render\/(?:timeout|memory|template) /),
    ]);
  });
});

describe('a chart that does not render', () => {
  const INTEGER = { 'values.schema.json': JSON.stringify({ properties: { a: { type: 'integer' } } }) };
  const said = async (files: Readonly<Record<string, string>>, app = application('web', 'chart')) =>
    findingsOf(await reviewed(engine, { head: { 'app.yaml': app, ...chart('chart', files) } }));

  test('for its template is a finding at the line of the template', async () => {
    expect(await said({ 'templates/config.yaml': configMap('web', 'a: {{ .Values.a | nothing }}') })).toEqual(
      [expect.stringMatching(/^new error render\/template chart\/templates\/config.yaml:6 .*nothing/)],
    );
  });

  test('for what a template needs is a finding at the line that needs it', async () => {
    expect(
      await said({ 'templates/config.yaml': configMap('web', 'a: {{ required "b is needed" .Values.b }}') }),
    ).toEqual([
      expect.stringMatching(/^new error render\/template chart\/templates\/config.yaml:6 .*B is needed/),
    ]);
  });

  test('for values that its schema refuses is a finding at the value', async () => {
    expect(await said(INTEGER)).toEqual([
      expect.stringMatching(/^new error render\/invalid-values chart\/values.yaml:1 .*a: got string/),
    ]);
  });

  test.each([
    ["an Application's values", '    helm:\n      valuesObject:\n        a: text\n', 17],
    [
      "an Application's parameter",
      '    helm:\n      parameters:\n      - name: a\n        value: text\n',
      17,
    ],
  ])('for %s that its schema refuses is a finding there', async (_, more, line) => {
    expect(await said(INTEGER, application('web', 'chart', { more }))).toEqual([
      expect.stringMatching(new RegExp(`^new error render/invalid-values app.yaml:${line} `)),
    ]);
  });

  test('of two sources is a finding at the line of the template too', async () => {
    const source = (path: string) => `  - { repoURL: ${REPOSITORY}, path: ${path} }\n`;
    const app = applicationOfSources('web', source('chart') + source('more'));
    const review = await reviewed(engine, {
      head: {
        'app.yaml': app,
        'more/config.yaml': configMap('more'),
        ...chart('chart', { 'templates/config.yaml': configMap('web', 'a: {{ fail "no" }}') }),
      },
    });
    expect(findingsOf(review)).toEqual(['new error render/template chart/templates/config.yaml:6 No.']);
  });

  test('for its template, and no object uses it, is a finding too', async () => {
    const review = await reviewed(engine, {
      head: chart('chart', { 'templates/config.yaml': 'a: {{ nosuch .Values.b }}\n' }),
    });
    expect(findingsOf(review)).toEqual([
      expect.stringMatching(/^new error render\/template chart\/templates\/config.yaml:1 /),
    ]);
  });

  test('within its time is a finding on the object that uses it', async () => {
    const hasty = new EnginePool({ size: 1, timeoutMs: 1000, memoryLimitBytes: 512 * 2 ** 20 });
    try {
      const loop = '{{- range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}\n';
      const review = await reviewed(hasty, {
        head: {
          'app.yaml': application('web', 'chart'),
          ...chart('chart', { 'templates/config.yaml': loop }),
        },
      });
      expect(findingsOf(review)).toEqual([expect.stringMatching(/^new error render\/timeout app.yaml:2 /)]);
    } finally {
      await hasty.close();
    }
  });

  test('for a values file that is not there is a finding at the line that names it', async () => {
    const app = application('web', 'chart', { more: '    helm:\n      valueFiles:\n      - gone.yaml\n' });
    expect(await said({}, app)).toEqual([
      expect.stringMatching(/^new error render\/missing-file app.yaml:17 chart\/gone.yaml does not exist/),
    ]);
  });

  test('for a values file of another source is a finding at the line that names it', async () => {
    const app = applicationOfSources(
      'web',
      `  - repoURL: ${REPOSITORY}
    ref: values
  - repoURL: ${REPOSITORY}
    path: chart
    helm:
      valueFiles:
      - $values/gone.yaml
`,
    );
    expect(await said({}, app)).toEqual([
      expect.stringMatching(/^new error render\/missing-file app.yaml:14 gone.yaml does not exist/),
    ]);
  });
});
