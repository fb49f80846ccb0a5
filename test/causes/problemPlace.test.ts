import { describe, expect, test } from '@jest/globals';
import { problemPlace } from '../../src/causes/problemPlace.ts';
import type { FailedRendering } from '../../src/model/rendering.ts';
import { renderTarget } from '../../src/render/renderTarget.ts';
import { DEFAULT_SETTINGS } from '../../src/settings/defaults.ts';
import { argo } from '../../src/targets/argo/argo.ts';
import { kustomizeTarget } from '../../src/targets/findTargets.ts';
import { flux } from '../../src/targets/flux/flux.ts';
import { chartTargets } from '../../src/targets/helm/chartTargets.ts';
import {
  application,
  applicationOfSources,
  chart,
  configMap,
  gitRepository,
  helmRelease,
  kustomization,
  REPOSITORY,
} from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { contextOf, declaredBy, placerOf, type TargetAt } from './declared.ts';

/** `kind path:line` of what keeps the target from rendering. */
async function placeOf(at: TargetAt): Promise<string> {
  const rendering = await renderTarget(at.target, at.context);
  if (rendering.status === 'rendered') throw new Error('it renders');
  return told(rendering, at);
}

async function told(rendering: FailedRendering, at: TargetAt): Promise<string> {
  const place = await problemPlace(rendering, at.record, placerOf(at));
  return `${rendering.problem.kind} ${place === null ? '-' : `${place.path}:${place.startLine}`}`;
}

const INTEGER = { 'values.schema.json': JSON.stringify({ properties: { a: { type: 'integer' } } }) };
const helm = (fields: string) => application('web', 'c', { more: `    helm:\n${fields}` });

async function inApplication(files: TestFiles, app = application('web', 'c')): Promise<string> {
  return placeOf(await declaredBy(argo, { ...files, 'app.yaml': app }));
}

describe('what keeps an Application from rendering stands', () => {
  test('at the line of the template that Helm names', async () => {
    const template = configMap('web', 'a: {{ .Values.a | nothing }}');
    expect(await inApplication(chart('c', { 'templates/config.yaml': template }))).toBe(
      'template c/templates/config.yaml:6',
    );
  });

  test('at the first line of the file, where no line is named', async () => {
    expect(await inApplication(chart('c', INTEGER))).toBe('invalid-values c/values.yaml:1');
  });

  test('at the object, where its template is sound and gives no YAML', async () => {
    const template = 'a: {{ .Values.a }}\n {{ "b: [" }}\n';
    expect(await inApplication(chart('c', { 'templates/config.yaml': template }))).toBe('syntax app.yaml:2');
  });

  test('at the value that is refused', async () => {
    const files = chart('c', INTEGER);
    expect(await inApplication(files, helm('      valuesObject:\n        a: text\n'))).toBe(
      'invalid-values app.yaml:17',
    );
    expect(await inApplication(files, helm('      parameters:\n      - name: a\n        value: b\n'))).toBe(
      'invalid-values app.yaml:17',
    );
  });

  test('at the path that leads to no file', async () => {
    expect(await inApplication(chart('c'), helm('      valueFiles:\n      - gone.yaml\n'))).toBe(
      'missing-file app.yaml:17',
    );
  });

  test('at the entry of a kustomization, where no field of the object names what is missing', async () => {
    expect(await inApplication({ 'c/kustomization.yaml': '# words\nresources: [gone.yaml]\n' })).toBe(
      'missing-file c/kustomization.yaml:2',
    );
  });

  test('at the line of the template too, where the chart is one of two sources', async () => {
    const sources = ['c', 'more'].map((path) => `  - { repoURL: ${REPOSITORY}, path: ${path} }\n`).join('');
    const files = {
      ...chart('c', { 'templates/config.yaml': configMap('web', 'a: {{ fail "no" }}') }),
      'more/config.yaml': configMap('more'),
    };
    expect(await inApplication(files, applicationOfSources('web', sources))).toBe(
      'template c/templates/config.yaml:6',
    );
  });
});

describe('what keeps a Flux object from rendering stands', () => {
  test('at the component that is no folder', async () => {
    const web = kustomization('web', './o', { more: '  components:\n  - ../gone\n' });
    const files = { 'o/kustomization.yaml': 'resources: []\n', 'k.yaml': `${gitRepository()}---\n${web}` };
    expect(await placeOf(await declaredBy(flux, files))).toBe('missing-file k.yaml:22');
  });

  test('at the value of a HelmRelease that is refused', async () => {
    const web = helmRelease('web', './c', { more: '  values:\n    a: text\n' });
    const files = { ...chart('c', INTEGER), 'r.yaml': `${web}---\n${gitRepository()}` };
    expect(await placeOf(await declaredBy(flux, files))).toBe('invalid-values r.yaml:10');
  });
});

describe('where no object declares the target, it stands', () => {
  test('at what locates the problem in its files', async () => {
    const context = await contextOf({ 'o/kustomization.yaml': 'resources:\n- gone.yaml\n' });
    expect(await placeOf({ target: kustomizeTarget('o'), context })).toBe(
      'missing-file o/kustomization.yaml:2',
    );
  });

  test("at the chart's own file, where nothing else is known of a chart", async () => {
    const context = await contextOf(chart('c'));
    const [target = kustomizeTarget('c')] = await chartTargets(context.snapshot, DEFAULT_SETTINGS);
    const problem = { kind: 'timeout', message: 'slow', path: null, line: null, subject: null } as const;
    const failed = { status: 'failed', target, trace: [], problem } as const;
    expect(await told(failed, { target, context })).toBe('timeout c/Chart.yaml:1');
  });
});
