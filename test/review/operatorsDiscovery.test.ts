import { afterAll, describe, expect, test } from '@jest/globals';
import type { RenderParams } from '../../src/engine/engine.ts';
import { EnginePool } from '../../src/engine/pool.ts';
import {
  application,
  applicationSet,
  applicationTemplate,
  chart,
  configMap,
  gitRepository,
  helmRelease,
  inRepository,
} from '../helpers/operators.ts';
import { changesOf, findingsOf, gapsOf, reviewed, targetsOf } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** The same engine, and what is asked of it. */
function counting() {
  const renders: RenderParams[] = [];
  return {
    renders,
    engine: {
      render: (params: RenderParams, signal?: AbortSignal) => {
        renders.push(params);
        return engine.render(params, signal);
      },
      renderTemplates: engine.renderTemplates.bind(engine),
      compileRego: engine.compileRego.bind(engine),
      testRego: engine.testRego.bind(engine),
      checkCustomResources: engine.checkCustomResources.bind(engine),
      checkDefinitions: engine.checkDefinitions.bind(engine),
      checkAdmission: engine.checkAdmission.bind(engine),
      findCauses: engine.findCauses.bind(engine),
      describe: engine.describe.bind(engine),
      validate: engine.validate.bind(engine),
    },
  };
}

describe('Applications of Applications', () => {
  const FILES = {
    'root.yaml': application('root', 'one'),
    // In plain files, in what Kustomize renders, and in what Helm renders.
    'one/two.yaml': application('two', 'two'),
    'two/kustomization.yaml': 'resources: [three.yaml]\nnameSuffix: -of-kustomize\n',
    'two/three.yaml': application('three', 'three'),
    ...chart('three', {
      'templates/config.yaml': application('{{ .Release.Name }}-leaf', '{{ .Values.a }}'),
      'values.yaml': 'a: leaf\n',
    }),
    'leaf/config.yaml': configMap('leaf'),
  };

  test('below one that stops rendering are unknown, neither removed nor added', async () => {
    const review = await reviewed(engine, {
      base: FILES,
      head: { 'two/kustomization.yaml': 'resources: [gone.yaml]\n' },
    });
    expect(targetsOf(review)).toEqual([
      'Application/argocd/root Application one rendered',
      'Application/argocd/three-of-kustomize Application three notValidated',
      'Application/argocd/three-of-kustomize-leaf Application leaf notValidated',
      'Application/argocd/two Application two failed',
    ]);
    expect(changesOf(review)).toEqual([]);
    expect(gapsOf(review).join('\n')).toContain('Application/argocd/two declares it, and does not render');
    expect(review.verdicts.render).toBe('failure');
  });

  test('are followed three deep, through files, Kustomize and Helm', async () => {
    const review = await reviewed(engine, { head: FILES });
    expect(targetsOf(review)).toEqual([
      'Application/argocd/root Application one rendered',
      'Application/argocd/three-of-kustomize Application three rendered',
      'Application/argocd/three-of-kustomize-leaf Application leaf rendered',
      'Application/argocd/two Application two rendered',
    ]);
    expect(findingsOf(review)).toEqual([]);
    expect(gapsOf(review)).toEqual([]);
  });

  test('are affected as far as a change reaches', async () => {
    const review = await reviewed(engine, {
      base: { ...FILES, 'other/config.yaml': configMap('other') },
      head: { 'three/values.yaml': 'a: other\n' },
    });
    expect(changesOf(review)).toEqual([
      'Application/argocd/three-of-kustomize changed Application/three-of-kustomize-leaf',
      'Application/argocd/three-of-kustomize-leaf added ConfigMap/other',
      'Application/argocd/three-of-kustomize-leaf removed ConfigMap/leaf',
    ]);
  });

  test('may manage themselves', async () => {
    const review = await reviewed(engine, {
      head: {
        'argocd/root.yaml': application('root', 'argocd'),
        'argocd/web.yaml': application('web', 'web'),
        'web/config.yaml': configMap('web'),
      },
    });
    expect(targetsOf(review)).toEqual([
      'Application/argocd/root Application argocd rendered',
      'Application/argocd/web Application web rendered',
    ]);
    expect(findingsOf(review)).toEqual([]);
  });

  test('may manage themselves, and stand in the file by which someone made them once as well', async () => {
    const review = await reviewed(engine, {
      head: {
        'bootstrap.yaml': application('root', 'argocd'),
        'argocd/root.yaml': application('root', 'argocd', { more: '  info: [{ name: a, value: b }]\n' }),
        'twin.yaml': application('twin', 'twin'),
        'twin/twin.yaml': application('twin', 'twin'),
      },
    });
    expect(targetsOf(review)).toEqual([
      'Application/argocd/root Application argocd rendered',
      // Not equal: it may be of another cluster.
      'Application/argocd/root (bootstrap.yaml) Application argocd rendered',
      'Application/argocd/twin Application twin rendered',
    ]);
    expect(findingsOf(review)).toEqual([]);
  });

  test('in a circle end with a finding on each', async () => {
    const review = await reviewed(engine, {
      base: { 'a/b.yaml': application('b', 'b'), 'b/config.yaml': configMap('b') },
      head: { 'b/a.yaml': configMap('first').concat('---\n', application('a', 'a')) },
    });
    const circle = (way: string) =>
      `the Application applies itself by way of others: ${way}; to delete one deletes all`;
    const [a, b] = ['Application/argocd/a', 'Application/argocd/b'];
    expect(findingsOf(review)).toEqual([
      `new warning render/application-cycle a/b.yaml:2 ${circle(`${b} applies ${a} applies ${b}`)}`,
      `new warning render/application-cycle b/a.yaml:9 ${circle(`${a} applies ${b} applies ${a}`)}`,
    ]);
    expect(targetsOf(review)).toEqual([`${a} Application a rendered`, `${b} Application b rendered`]);
  });

  test('in a circle by way of an ApplicationSet end with a finding too, which goes when it is mended', async () => {
    const set = applicationSet({
      generators: [{ list: { elements: [{ name: 'b' }] } }],
      template: applicationTemplate('{{ name }}', inRepository({ path: 'b' })),
    });
    const review = await reviewed(engine, {
      base: { 'root.yaml': application('a', 'a'), 'a/set.yaml': set, 'b/a.yaml': application('a', 'a') },
      head: { 'b/a.yaml': configMap('b') },
    });
    expect(findingsOf(review).map((text) => text.slice(0, 40))).toEqual([
      'fixed warning render/application-cycle -',
      'fixed warning render/application-cycle -',
    ]);
  });
});

describe('what is applied', () => {
  test('to three clusters is three targets, rendered once for each commit', async () => {
    const { engine: counted, renders } = counting();
    const files = Object.fromEntries(
      ['one', 'two', 'three'].map((cluster) => [
        `clusters/${cluster}/web.yaml`,
        application('web', 'apps/web'),
      ]),
    );
    const overlay = { 'apps/web/kustomization.yaml': 'resources: [config.yaml]\n' };
    const review = await reviewed(counted, {
      base: { ...files, ...overlay, 'apps/web/config.yaml': configMap('web') },
      head: { 'apps/web/config.yaml': configMap('web', 'a: c') },
    });
    expect(review.targets.map(({ id, cluster, affected }) => [id, cluster, affected])).toEqual([
      ['one/Application/argocd/web', 'one', true],
      ['three/Application/argocd/web', 'three', true],
      ['two/Application/argocd/web', 'two', true],
    ]);
    expect(changesOf(review)).toEqual([
      'one/Application/argocd/web changed ConfigMap/web',
      'three/Application/argocd/web changed ConfigMap/web',
      'two/Application/argocd/web changed ConfigMap/web',
    ]);
    // The first round takes the overlay for a target of its own.
    const rendered = renders.map(({ commit, source, want }) => JSON.stringify([commit, source, want]));
    expect(new Set(rendered).size).toBe(rendered.length);
    expect(renders.filter(({ source }) => source.steps !== undefined)).toHaveLength(2);
  });

  test('by an object is no target of its own: neither overlay nor chart', async () => {
    const review = await reviewed(engine, {
      head: {
        'overlay.yaml': application('overlay', 'overlay'),
        'overlay/kustomization.yaml': 'resources: [config.yaml]\n',
        'overlay/config.yaml': configMap('overlay'),
        'chart.yaml': application('chart', 'chart'),
        ...chart('chart', { 'values-production.yaml': 'a: b\n' }),
        'release.yaml': `${gitRepository()}---\n${helmRelease('web', './released')}`,
        ...chart('released'),
        ...chart('unused'),
      },
    });
    expect(targetsOf(review)).toEqual([
      'Application/argocd/chart Application chart rendered',
      'Application/argocd/overlay Application overlay rendered',
      'HelmRelease/flux-system/web HelmRelease released rendered',
      'unused helm unused rendered',
    ]);
  });

  test('is taken as an overlay renders it, not as it stands in the base', async () => {
    const review = await reviewed(engine, {
      head: {
        'base/kustomization.yaml': 'resources: [release.yaml, repository.yaml]\n',
        'base/repository.yaml': gitRepository(),
        'base/release.yaml': helmRelease('web', './nowhere'),
        'clusters/one/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: patch.yaml }]\n',
        'clusters/one/patch.yaml':
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: flux-system }\nspec:\n  chart: { spec: { chart: ./chart } }\n  values: { a: patched }\n',
        ...chart('chart'),
      },
    });
    expect(targetsOf(review)).toEqual([
      'clusters/one kustomize clusters/one rendered',
      'one/HelmRelease/flux-system/web HelmRelease chart rendered',
    ]);
    expect(review.changes.find(({ target }) => target.startsWith('one/'))?.diff).toContain('a: patched');
    expect(findingsOf(review)).toEqual([]);
  });
});
