import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const chart = (name: string, dependencies: string, files: TestFiles = {}): TestFiles => ({
  [`charts/${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\ndependencies: [${dependencies}]\n`,
  [`charts/${name}/templates/a.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
  [`charts/${name}/README.md`]: 'first words\n',
  ...files,
});
const on = (name: string, repository: string) =>
  `{ name: ${name}, version: 1.0.0, repository: "${repository}" }`;
const IGNORED = {
  'charts/app/.helmignore': '# for people\ndocs/\n*.txt\n',
  'charts/app/docs/a.yaml': 'a: 1\n',
};

/** Charts that do not render, by why. */
const BROKEN: Readonly<Record<string, TestFiles>> = {
  'whose folder of a dependency is missing': chart('app', on('lib', 'file://../lib'), IGNORED),
  'whose dependency is not fetched': chart('app', on('lib', 'https://charts.invalid'), IGNORED),
  'with a sibling that it takes after what is not fetched': {
    ...chart('app', `${on('db', 'https://charts.invalid')}, ${on('lib', 'file://../lib')}`, IGNORED),
    ...chart('lib', ''),
  },
};

describe.each(Object.entries(BROKEN))('a chart %s', (_, files) => {
  const papers = Object.keys(files).filter((file) => file.endsWith('README.md'));

  test.each([...papers, 'charts/app/docs/a.yaml'])(
    'is not affected by %s, which Helm reads nothing of',
    async (file) => {
      const review = await reviewed(engine, { base: files, head: { [file]: 'a: 2 other words\n' } });
      expect(review.targets.map(({ affected }) => affected)).not.toContain(true);
      expect(review.notValidated).toEqual([]);
    },
  );

  test.each(Object.keys(files).filter((file) => file.endsWith('a.yaml') && file.includes('templates')))(
    'is affected by %s',
    async (file) => {
      const review = await reviewed(engine, {
        base: files,
        head: { [file]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b }\n' },
      });
      expect(review.verdict).toBe('neutral');
    },
  );

  test('is affected by a README that a template reads', async () => {
    const asks =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: {{ .Files.Get "README.md" | quote }} }\n';
    const base = { ...files, 'charts/app/templates/a.yaml': asks };
    const review = await reviewed(engine, { base, head: { 'charts/app/README.md': 'other words\n' } });
    expect(review.verdict).toBe('neutral');
  });
});

test('a folder that is no chart is affected by nothing that Helm would not load of it', async () => {
  const base = { ...chart('app', on('lib', 'file://../lib')), 'charts/lib/README.md': 'words\n' };
  const review = await reviewed(engine, { base, head: { 'charts/lib/README.md': 'other words\n' } });
  expect(review.notValidated).toEqual([]);
});

test('a file beside what a folder lists and does not read affects nothing', async () => {
  const base = {
    'web/kustomization.yaml': 'configMapGenerator: [{ name: a, literals: [a=b] }]\n',
    'web/notes.txt': 'words\n',
    ...chart('app', ''),
  };
  const head = { 'web/notes.txt': 'other words\n', 'charts/app/README.md': 'other words\n' };
  const { targets, verdict } = await reviewed(engine, { base, head });
  expect(targets.map(({ affected }) => affected)).toEqual([false, false]);
  expect(verdict).toBe('skipped');
});
