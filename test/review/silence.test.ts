import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { Review } from '../../src/model/review.ts';
import { renderText } from '../../src/report/text.ts';
import {
  application,
  applicationSet,
  applicationTemplate,
  applicationWith,
  gitRepository,
  helmRelease,
  inRepository,
  kustomization,
  REPOSITORY,
} from '../helpers/operators.ts';
import { fc, runs } from '../helpers/properties.ts';
import { readFolder, type TestFiles } from '../helpers/repository.ts';
import { reviewed } from './operatorsReview.ts';
import { BESIDE_ITS_FOLDER, SILENT_PARTS } from './silenceParts.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** Beside every part, so that there always is something that is rendered and equal. */
const BESIDE: TestFiles = {
  'plain/kustomization.yaml': 'resources: [cm.yaml]\n',
  'plain/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: plain }\n',
};

const PARTS = Object.entries(SILENT_PARTS);

/** What a review must not be where something that decides a target differs. */
function isSilent({ verdict, targets }: Review): boolean {
  return verdict === 'skipped' || (verdict === 'success' && !targets.some(({ affected }) => affected));
}

function edited(files: TestFiles, file: string, text: string): TestFiles {
  const before = files[file];
  if (typeof before !== 'string') throw new Error(`${file} is no text`);
  // Digits and letters stay what they are, so that the file stays what it is.
  const after = text.replace(/[a-z0-9](?=[^a-z0-9]*$)/i, (last) =>
    /\d/.test(last) ? `${(Number(last) + 1) % 10}` : last === 'x' ? 'y' : 'x',
  );
  expect(before).toContain(text);
  return { [file]: before.replace(text, after) };
}

describe.each(PARTS)('%s', (_, { files, decides, folders }) => {
  test.each(decides)('says that %s changes: %s', async (file, text) => {
    const review = await reviewed(engine, { base: { ...BESIDE, ...files }, head: edited(files, file, text) });
    expect(review.verdict).toBe('neutral');
    expect(review.notValidated.length).toBeGreaterThan(0);
  });

  for (const folder of folders) {
    test(`says that there is a new file in ${folder}`, async () => {
      const file = {
        [`${folder}/new.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: new }\n',
      };
      const review = await reviewed(engine, { base: { ...BESIDE, ...files }, head: file });
      expect(review.verdict).toBe('neutral');
    });
  }

  test('says that it is removed', async () => {
    const head = Object.fromEntries(Object.keys(files).map((file) => [file, null]));
    const review = await reviewed(engine, { base: { ...BESIDE, ...files }, head });
    expect(review.verdict).toBe('neutral');
    expect(review.notValidated.map(({ reason }) => reason).join('\n')).toContain(
      'what goes with it is not known',
    );
    const lines = renderText(review, { color: false }).split('\n');
    for (const { id } of review.targets.filter(({ baseFailed }) => baseFailed))
      expect(lines.find((line) => line.startsWith(`${id} `))).toMatch(/ unknown$/);
    const fixed = review.findings.filter(({ status }) => status === 'fixed');
    expect(fixed.filter(({ rule }) => rule.startsWith('render/'))).toEqual([]);
  });

  test('says nothing of it where another file changes', async () => {
    const head = { 'README.md': 'other words' };
    const review = await reviewed(engine, { base: { ...BESIDE, ...files }, head });
    expect(review.notValidated).toEqual([]);
  });
});

describe('what begins to be known leaves open what it had before:', () => {
  const plain = { 'web/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n' };
  const ofChart = application('web', 'web')
    .replace('path: web', 'chart: web')
    .replace(REPOSITORY, 'https://charts.invalid/a');
  const setOf = (generators: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  generators: [${generators}]
  template:
    metadata: { name: '{{name}}' }
    spec:
      project: default
      destination: { name: '{{name}}', namespace: web }
      source: { repoURL: '${REPOSITORY}.git', targetRevision: main, path: web }
`;

  test.each([
    ['a chart that is not fetched becomes a folder', ofChart, application('web', 'web')],
    ['clusters become a list', setOf('{ clusters: {} }'), setOf('{ list: { elements: [{ name: one }] } }')],
    ['clusters become nothing', setOf('{ clusters: {} }'), setOf('{ list: { elements: [] } }')],
  ])('%s', async (_, before, after) => {
    const base = { ...BESIDE, ...plain, 'app.yaml': before };
    const review = await reviewed(engine, { base, head: { 'app.yaml': after } });
    expect(review.verdicts.render).toBe('neutral');
    expect(review.notValidated.map(({ reason }) => reason).join('\n')).toContain(
      'is not known, nor what of that goes',
    );
  });

  test('but not a set that moves to another file', async () => {
    const base = { ...BESIDE, 'one.yaml': setOf('{ clusters: {} }') };
    const head = { 'one.yaml': null, 'two.yaml': setOf('{ clusters: {} }') };
    const review = await reviewed(engine, { base, head });
    expect(review.notValidated).toEqual([]);
  });
});

describe('image automation, which writes when it runs,', () => {
  const AUTOMATION = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata: { name: bot, namespace: flux-system }
spec:
  interval: 5m
  sourceRef: { kind: GitRepository, name: flux-system }
  policySelector: { matchLabels: { team: red } }
  update: { path: ./trees, strategy: Setters }
`;
  const files = {
    ...BESIDE,
    'bot.yaml': AUTOMATION,
    'trees/oak.yaml': 'leaf:\n  tag: 1.0.0 # {"$imagepolicy": "flux-system:oak:tag"}\n',
    'bushes/yew.yaml': 'leaf: { tag: 1.0.0 }\n',
  };

  test.each([
    ['its path', 'bot.yaml', './trees'],
    ['its selector', 'bot.yaml', 'red'],
    ['a marker below its path', 'trees/oak.yaml', 'oak:tag'],
  ])('says that %s changes', async (_, file, text) => {
    const review = await reviewed(engine, { base: files, head: edited(files, file, text) });
    expect(review.verdict).toBe('neutral');
    expect(review.notValidated).toEqual([
      expect.objectContaining({ subject: 'ImageUpdateAutomation flux-system/bot' }),
    ]);
  });

  const POLICY = `---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: { name: oak, namespace: flux-system }
spec: { image: ghcr.io/acme/oak, interval: 5m }
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: { name: oak, namespace: flux-system, labels: { team: red } }
spec: { imageRepositoryRef: { name: oak }, policy: { semver: { range: 1.x } } }
`;
  const judged = { ...files, 'bot.yaml': AUTOMATION + POLICY };

  test.each<[string, TestFiles]>([
    [
      'a marker is added whose policy is there',
      { 'trees/elm.yaml': 'leaf:\n  tag: 1.1.0 # {"$imagepolicy": "flux-system:oak:tag"}\n' },
    ],
    ['a marker is taken away beside another', { 'trees/old.yaml': null }],
    [
      'a policy is added with its marker',
      {
        'elm.yaml': POLICY.replaceAll('oak', 'elm'),
        'trees/elm.yaml': 'leaf:\n  tag: 1.1.0 # {"$imagepolicy": "flux-system:elm:tag"}\n',
      },
    ],
  ])('says nothing where %s', async (_, head) => {
    const old = 'leaf:\n  tag: 1.0.0 # {"$imagepolicy": "flux-system:oak:tag"}\n';
    const review = await reviewed(engine, { base: { ...judged, 'trees/old.yaml': old }, head });
    expect(review.notValidated).toEqual([]);
  });

  const ELSEWHERE = `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: far, namespace: flux-system }
spec: { interval: 5m, url: https://git.invalid/far }
`;
  const STAGING = ELSEWHERE.replace('https://git.invalid/far', `${REPOSITORY}, ref: { branch: staging }`);
  test.each([
    ['writes to another repository', ELSEWHERE],
    ['writes to another branch', STAGING],
    ['writes to what is not in this one', ''],
  ])('says so where it is new and %s', async (_, source) => {
    const bot = AUTOMATION.replace('name: flux-system }\n  policy', 'name: far }\n  policy');
    const head = { ...judged, 'bot.yaml': bot + POLICY + source };
    const review = await reviewed(engine, { base: BESIDE, head });
    expect(review.notValidated).toContainEqual(
      expect.objectContaining({ subject: 'ImageUpdateAutomation flux-system/bot', concern: 'policies' }),
    );
  });

  test('says nothing where it is new and all its markers have a policy', async () => {
    const review = await reviewed(engine, { base: BESIDE, head: judged });
    expect(review.notValidated.filter(({ concern }) => concern === 'policies')).toEqual([]);
  });

  test.each([
    ['a marker has no policy', files],
    ['there is no marker below its path', { ...judged, 'trees/oak.yaml': 'leaf: { tag: 1.0.0 }\n' }],
  ])('says so where it is new and %s', async (_, head) => {
    const review = await reviewed(engine, { base: BESIDE, head });
    expect(review.notValidated).toContainEqual(
      expect.objectContaining({ subject: 'ImageUpdateAutomation flux-system/bot', concern: 'policies' }),
    );
  });

  test('says that its path changes though its markers have a policy', async () => {
    const head = edited(judged, 'bot.yaml', './trees');
    const review = await reviewed(engine, { base: judged, head });
    expect(review.notValidated).toEqual([
      expect.objectContaining({ subject: 'ImageUpdateAutomation flux-system/bot' }),
    ]);
  });

  test.each([
    ['another file', 'bushes/yew.yaml', '1.0.0'],
    ['how often it runs', 'bot.yaml', '5m'],
  ])('says nothing where %s changes', async (_, file, text) => {
    const review = await reviewed(engine, { base: files, head: edited(files, file, text) });
    expect(review.notValidated).toEqual([]);
  });
});

describe.each(Object.values(BESIDE_ITS_FOLDER))('%s', (name) => {
  const { files, decides } = SILENT_PARTS[name] ?? { files: {}, decides: [] };
  test.each(decides)('is not silent on %s', async (file, text) => {
    const review = await reviewed(engine, { base: files, head: edited(files, file, text) });
    expect(isSilent(review)).toBe(false);
  });
});

test('a target is affected where only how it is applied changes', async () => {
  const files = {
    'web/kustomization.yaml': 'resources: [cm.yaml]\n',
    'web/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
  };
  const app = (prune: boolean) =>
    application('web', 'web', { more: `  syncPolicy: { automated: { prune: ${prune} } }\n` });
  const base = { ...files, 'app.yaml': app(true) };
  const { targets } = await reviewed(engine, { base, head: { 'app.yaml': app(false) } });
  expect(targets).toMatchObject([{ id: 'Application/argocd/web', affected: true }]);
});

/** The parts that one repository has, an edit of one of them, and how. */
const repositories = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...PARTS.map(([name]) => name)), { minLength: 1, maxLength: 4 }),
    choice: fc.nat(),
    how: fc.constantFrom('changed', 'removed', 'added'),
  })
  .map(({ names, choice, how }) => {
    const parts = names.flatMap((name) => SILENT_PARTS[name] ?? []);
    const files: TestFiles = Object.assign({}, BESIDE, ...parts.map((part) => part.files));
    const decides = parts.flatMap((part) => part.decides);
    const folders = parts.flatMap((part) => part.folders);
    const [file = '', text = ''] = decides[choice % decides.length] ?? [];
    const folder = folders[choice % Math.max(folders.length, 1)];
    if (how === 'added' && folder !== undefined)
      return {
        files,
        head: { [`${folder}/more.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\n' },
      };
    return { files, head: how === 'removed' ? { [file]: null } : edited(files, file, text) };
  });

const MANY_REVIEWS_MS = 3_600_000;

test(
  'nothing that decides a target changes in silence',
  async () => {
    await fc.assert(
      fc.asyncProperty(repositories, async ({ files, head }) => {
        const review = await reviewed(engine, { base: files, head });
        expect(isSilent(review)).toBe(false);
      }),
      { numRuns: runs(10, 500) },
    );
  },
  MANY_REVIEWS_MS,
);

/** An Application of a folder of plain manifests. */
const OF_FOLDER = { 'app.yaml': application('plain', 'all') };

/** Repositories that other tests render, and what is applied of their files. */
const EDITED: Readonly<Record<string, Edited>> = {
  // No target reads the settings of Hydrant and SOPS: those of the head count once they are merged.
  'the example': {
    folder: 'examples/gitops-repo',
    applied: /^(?!\.).*\.(?:ya?ml|tpl)$/,
    tried: 2,
  },
  'the kustomizations of all kinds': { folder: 'test/fixtures/kustomize', applied: /./, tried: 2 },
  'plain manifests': { folder: 'test/fixtures/valid-core-kinds', applied: /./, beside: OF_FOLDER, tried: 1 },
};

interface Edited {
  readonly folder: string;
  readonly applied: RegExp;
  /** What applies them, from a folder `all`. Without it they stand in the root. */
  readonly beside?: TestFiles;
  /** How many edits, in an ordinary run. */
  readonly tried: number;
}

describe.each(Object.entries(EDITED))('no edit of %s', (_, { folder, applied, beside, tried }) => {
  test(
    'is silent',
    async () => {
      const read = await readFolder(folder);
      const edited = beside === undefined ? read : inFolder(read);
      const base = { ...edited, ...beside };
      const files = Object.keys(edited).filter((file) => applied.test(file));
      const edits = fc.record({ file: fc.constantFrom(...files), at: fc.nat(), isRemoved: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(edits, async ({ file, at, isRemoved }) => {
          const head = { [file]: isRemoved ? null : withOtherWord(base[file], at) };
          const review = await reviewed(engine, { base, head });
          expect([file, isSilent(review)]).toEqual([file, false]);
        }),
        { numRuns: runs(tried, 60) },
      );
    },
    MANY_REVIEWS_MS,
  );
});

function inFolder(files: TestFiles): TestFiles {
  return Object.fromEntries(
    Object.entries(files).map(([file, content]) => [path.posix.join('all', file), content]),
  );
}

/** The file with a letter more after one of the values in it, or at its end where there is none. */
function withOtherWord(content: TestFiles[string] | undefined, at: number): string | null {
  // A link, a submodule or a program is removed instead.
  if (!(content instanceof Uint8Array)) return null;
  const before = new TextDecoder().decode(content);
  const words = [...before.matchAll(/(?<=[:-] )[\w./-]*[a-z0-9]$/gm)];
  const word = words[at % Math.max(words.length, 1)];
  const end = word === undefined ? before.length : word.index + word[0].length;
  return `${before.slice(0, end)}x${before.slice(end)}`;
}

describe('a source of this repository at another revision', () => {
  const app = (targetRevision: string, more: object = {}) =>
    applicationWith({ source: inRepository({ path: 'deploy', targetRevision }), ...more }, 'pinned');
  const fluxed = (ref: string, spec = kustomization('pinned', './deploy')) =>
    `${gitRepository().replace('branch: main', ref)}---\n${spec}`;
  const release = helmRelease('pinned', './chart');
  const files: TestFiles = {
    ...BESIDE,
    'deploy/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: deployed }\n',
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'chart/templates/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n',
  };
  const edits = {
    'deploy/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n',
    'chart/templates/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n',
  };
  const set = (targetRevision: string, revision = 'v1.0.0') =>
    applicationSet({
      generators: [
        {
          matrix: {
            generators: [
              { clusters: {} },
              { git: { repoURL: REPOSITORY, revision, files: [{ path: 'deploy/*.yaml' }] } },
            ],
          },
        },
      ],
      template: applicationTemplate('{{name}}', { repoURL: REPOSITORY, targetRevision, path: 'deploy' }),
    });
  const ofBoth = (targetRevision: string) =>
    applicationWith({
      sources: [
        inRepository({ path: 'deploy', targetRevision }),
        { repoURL: 'https://charts.invalid/a', chart: 'db', targetRevision: '1.0.0' },
      ],
    });

  test.each([
    ['a tag', app('v1.0.0')],
    ['a commit', app('0123456789012345678901234567890123456789')],
    ['another branch', app('release')],
    ['one of several sources', ofBoth('v1.0.0')],
    ['a tag of Flux', fluxed('tag: v1.0.0')],
    ['a branch of Flux', fluxed('branch: release')],
    ["a commit of a chart's source", fluxed('commit: 0123456789012345678901234567890123456789', release)],
    ['all of a set that is not generated', set('v1.0.0')],
  ])('is not changed by files: %s', async (_, object) => {
    const review = await reviewed(engine, { base: { ...files, 'object.yaml': object }, head: edits });
    expect(review.notValidated).toEqual([]);
    expect(
      review.targets.filter(({ id }) => id.includes('pinned')).map(({ affected }) => affected),
    ).not.toContain(true);
  });

  test.each([
    ['its revision', app('v1.0.0'), app('v1.0.1')],
    ['its object', app('v1.0.0'), app('v1.0.0', { destination: { name: 'x', namespace: 'other' } })],
    ['a tag of Flux', fluxed('tag: v1.0.0'), fluxed('tag: v1.0.1')],
    [
      'a field of a release',
      fluxed('tag: v1.0.0', release),
      fluxed('tag: v1.0.0', `${release}  values: { a: b }\n`),
    ],
    ['the generator of a set', set('v1.0.0'), set('v1.0.0', 'v1.0.1')],
  ])('is not validated where it changes itself: %s', async (_, before, after) => {
    const base = { ...files, 'object.yaml': before };
    const review = await reviewed(engine, { base, head: { 'object.yaml': after } });
    expect(review.verdict).toBe('neutral');
  });

  test('leaves the other sources of its Application to be followed', async () => {
    const values = { 'values/db.yaml': 'size: 1\n' };
    const object = applicationWith({
      sources: [
        inRepository({ path: 'deploy', targetRevision: 'v1.0.0' }),
        {
          repoURL: 'https://charts.invalid/a',
          chart: 'db',
          targetRevision: '1.0.0',
          helm: { valueFiles: ['$own/values/db.yaml'] },
        },
        inRepository({ ref: 'own' }),
      ],
    });
    const review = await reviewed(engine, {
      base: { ...files, ...values, 'object.yaml': object },
      head: { 'values/db.yaml': 'size: 2\n' },
    });
    expect(review.verdict).toBe('neutral');
  });
});
