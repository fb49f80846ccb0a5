import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import {
  application,
  chart,
  configMap,
  flux,
  gitRepository,
  headOf,
  helmRelease,
} from '../helpers/operators.ts';
import { changesOf, findingsOf, gapsOf, reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** Comes with every mistake, to show that it is still reviewed. */
const GOOD = { 'good.yaml': application('good', 'good'), 'good/config.yaml': configMap('good') };

const HEADS = {
  Application: headOf('Application', 'bad'),
  ApplicationSet: headOf('ApplicationSet', 'bad'),
  AppProject: headOf('AppProject', 'bad'),
  Kustomization: headOf('Kustomization', 'bad'),
  HelmRelease: headOf('HelmRelease', 'bad'),
  GitRepository: headOf('GitRepository', 'bad'),
  HelmRepository: headOf('HelmRepository', 'bad'),
  ImagePolicy: headOf('ImagePolicy', 'bad'),
};

/** Not objects that declare a target, and so not wrong as long as nobody refers to them. */
const MAY_BE_SILENT: ReadonlySet<string> = new Set(['AppProject', 'GitRepository', 'HelmRepository']);

const SPECS = ['', 'spec: null\n', 'spec: []\n', 'spec: text\n', 'spec: {}\n', 'spec: 1\n'];
async function reviewOf(text: string) {
  return reviewed(engine, { head: { ...GOOD, 'bad.yaml': text } });
}

describe('an object that is no object', () => {
  test.each(Object.entries(HEADS))(
    '%s without a usable spec is said to be wrong, and the others are delivered',
    async (kind, head) => {
      const files = SPECS.map((spec, index) => [
        `bad-${index}.yaml`,
        head.replace('name: bad', `name: bad-${index}`) + spec,
      ]);
      const review = await reviewed(engine, { head: { ...GOOD, ...Object.fromEntries(files) } });
      expect(changesOf(review)).toContain('Application/argocd/good added ConfigMap/good');
      const said = [...findingsOf(review), ...gapsOf(review)];
      for (const index of MAY_BE_SILENT.has(kind) ? [] : SPECS.keys()) {
        expect(said).toContainEqual(expect.stringContaining(`bad-${index}`));
      }
    },
  );

  test.each<[string, string]>([
    [
      'a source that is a text',
      `${HEADS.Application}spec: { source: text, destination: text, project: [a] }\n`,
    ],
    [
      'sources of wrong types',
      `${HEADS.Application}spec: { sources: [text, 1, null, []], destination: [] }\n`,
    ],
    [
      'a source without path',
      `${HEADS.Application}spec: { source: { repoURL: 'https://github.com/acme/gitops' } }\n`,
    ],
    [
      'numbers for texts',
      `${HEADS.Application}spec: { source: { repoURL: 1, path: 2, targetRevision: 3, helm: 4 } }\n`,
    ],
    [
      'fields of a tool of wrong types',
      `${HEADS.Application}spec: { source: { repoURL: 'https://github.com/acme/gitops', path: good, kustomize: [1], directory: text, helm: { valueFiles: text, parameters: { a: b }, values: [1] } } }\n`,
    ],
    [
      'generators of wrong types',
      `${HEADS.ApplicationSet}spec: { generators: [text, null, { list: text }, { git: [] }, { matrix: { generators: 1 } }], template: text }\n`,
    ],
    [
      'generators and no template',
      `${HEADS.ApplicationSet}spec: { generators: [{ list: { elements: [{ a: b }] } }] }\n`,
    ],
    [
      'a template of wrong types',
      `${HEADS.ApplicationSet}spec: { generators: [{ list: { elements: [{ a: b }] } }], template: { metadata: [], spec: { source: '{{a}}' } } }\n`,
    ],
    [
      'fields of a Kustomization of wrong types',
      `${HEADS.Kustomization}spec: { path: [1], sourceRef: text, postBuild: [text], patches: text, images: { a: b }, dependsOn: text, components: [1, null], commonMetadata: [] }\n`,
    ],
    [
      'fields of a HelmRelease of wrong types',
      `${HEADS.HelmRelease}spec: { chart: { spec: { chart: [1], version: {}, sourceRef: [] } }, values: text, valuesFrom: text, postRenderers: { a: b }, install: text, dependsOn: [1, null] }\n`,
    ],
    ['a chartRef to nothing', `${HEADS.HelmRelease}spec: { chartRef: {} }\n`],
    [
      'a policy of wrong types',
      `${HEADS.ImagePolicy}spec: { imageRepositoryRef: text, policy: [1], filterTags: text }\n`,
    ],
  ])('with %s is said to be wrong, and the others are delivered', async (_, text) => {
    const review = await reviewOf(text);
    expect(changesOf(review)).toContain('Application/argocd/good added ConfigMap/good');
    expect([...findingsOf(review), ...gapsOf(review)].filter((line) => line.includes('bad'))).not.toEqual([]);
  });

  test('in YAML that is none is said, and the others are delivered', async () => {
    const review = await reviewOf(`${HEADS.Application}spec: { source: [\n`);
    expect(changesOf(review)).toEqual(['Application/argocd/good added ConfigMap/good']);
    expect(review.notValidated.map(({ subject, concern }) => `${subject} ${concern}`)).toContain(
      'bad.yaml render',
    );
  });

  test('of which there are many in one file is followed, but for the broken one', async () => {
    const two = `${application('two', 'good')}---\n${HEADS.Application}spec: { source: [\n`;
    const review = await reviewOf(two);
    expect(review.notValidated.map(({ subject, concern }) => `${subject} ${concern}`)).toContain(
      'bad.yaml render',
    );
    expect(review.targets.map(({ id }) => id)).toContain('Application/argocd/two');
  });

  test('that a render reads is said once, by the render', async () => {
    const review = await reviewed(engine, {
      head: { ...GOOD, 'good/bad.yaml': `${HEADS.Application}spec: { source: [\n` },
    });
    expect(findingsOf(review)).toEqual([expect.stringContaining('new error render/syntax good/bad.yaml:')]);
    expect(gapsOf(review)).toEqual([]);
  });

  test('without metadata, or with names that are no texts, is left to the one who applies it', async () => {
    const review = await reviewOf(
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: 1, namespace: [] }\n---\n- a list\n---\ntext argoproj.io/\n---\n${flux('Kustomization', '[]', '')}`,
    );
    expect(changesOf(review)).toEqual(['Application/argocd/good added ConfigMap/good']);
  });
});

describe('YAML that grows without bounds, or refers to nothing', () => {
  const bomb = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n'
      : `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]\n`,
  ).join('');
  const limited = new EnginePool({ size: 2, timeoutMs: 5000, memoryLimitBytes: 512 * 2 ** 20 });
  afterAll(() => limited.close());

  const sources = `${gitRepository()}---
${helmRelease('web', 'chart, valuesFiles: [chart/more.yaml]')}`;
  const files = { ...chart('chart'), 'chart/more.yaml': 'b: c\n', 'sources.yaml': sources };

  test.each([
    'bad.yaml',
    'chart/Chart.yaml',
    'chart/values.yaml',
    'chart/more.yaml',
    'k/kustomization.yaml',
    'good/.argocd-source.yaml',
  ])('in %s never stops the others', async (file) => {
    for (const text of [bomb, 'a: *nothing\n', `a: ${'['.repeat(20_000)}\n`]) {
      const head = { ...GOOD, ...files, [file]: `${HEADS.Application}${text}` };
      const review = await reviewed(limited, { head });
      if (!file.startsWith('good/')) {
        expect(changesOf(review)).toContain('Application/argocd/good added ConfigMap/good');
      }
      expect([...findingsOf(review), ...gapsOf(review)]).not.toEqual([]);
    }
  });
});
