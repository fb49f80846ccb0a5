import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';

// What an operator's object says of its target is read in src/targets alone, and handed on as a
// record. Whoever reads it again somewhere else has to spell one of these names.

/** Kinds of which only src/targets, and the checks that judge such objects as such, know the fields. */
const KINDS = new RegExp(
  `\\bKind\\.(?:${[
    'Application\\w*',
    'HelmParameter',
    'HelmFileParameter',
    'IgnoreDifference',
    'HelmRelease',
    'ReleaseSpec',
    'PostRenderer',
    'ValuesReference',
    'Kustomization\\w*',
    'KustomizeImage',
    'KustomizePatch',
    'Dependency',
    'HealthCheck',
    'SubstituteReference',
  ].join('|')})\\(`,
);

/** Fields that only such objects have. */
const FIELDS = [
  'syncPolicy',
  'ignoreDifferences',
  'jsonPointers',
  'jqPathExpressions',
  'finalizers',
  'sourceHydrator',
  'drySource',
  'repoURL',
  'targetRevision',
  'valueFiles',
  'valuesObject',
  'fileParameters',
  'targetNamespace',
  'deletionPolicy',
  'commonMetadata',
  'postBuild',
  'substituteFrom',
  'healthChecks',
  'postRenderers',
  'valuesFrom',
  'valuesKey',
  'targetPath',
  'valuesFile',
  'valuesFiles',
  'chartRef',
  'sourceRef',
  'reconcileStrategy',
  'kubeConfig',
];

/** Judges Applications against their projects, as objects. */
const JUDGES = ['src/checks/argo/'];

async function sourcesOutside(rooms: readonly string[]): Promise<{ file: string; code: string }[]> {
  const files = (await readdir('src', { recursive: true }))
    .map((file) => path.posix.join('src', file))
    .filter((file) => file.endsWith('.ts') && !rooms.some((room) => file.startsWith(room)));
  return Promise.all(files.map(async (file) => ({ file, code: withoutProse(await readFile(file, 'utf8')) })));
}

/** Without comments and templates, which may speak of fields. */
function withoutProse(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/`(?:\\.|[^`\\])*`/g, '``');
}

test('no file outside of src/targets reads what an operator’s object says of its target', async () => {
  const names = `(?:${FIELDS.join('|')})`;
  // As a text, a member, or taken out of an object.
  const fields = new RegExp(`['"]${names}['"]|\\.${names}\\b|[{,]\\s*${names}\\b`);
  const found = (await sourcesOutside(['src/targets/', ...JUDGES])).flatMap(({ file, code }) =>
    code.split('\n').flatMap((line) => {
      if (file === 'src/model/kinds.ts' && /fieldsOf</.test(line)) return [];
      return KINDS.test(line) || fields.test(line) ? [`${file}: ${line.trim()}`] : [];
    }),
  );
  expect(found).toEqual([]);
});

test('every one of these fields is read in src/targets, so that none is watched in vain', async () => {
  const outside = new Set((await sourcesOutside(['src/targets/'])).map(({ file }) => file));
  const inside = (await sourcesOutside([])).filter(({ file }) => !outside.has(file));
  const code = inside.map((source) => source.code).join('\n');
  expect(FIELDS.filter((field) => !new RegExp(`\\b${field}\\b`).test(code))).toEqual([]);
  expect(KINDS.test(code)).toBe(true);
});

test('whoever follows operators goes by their list, and names none', async () => {
  const importing = (await sourcesOutside(['src/targets/'])).flatMap(({ file, code }) =>
    [...code.matchAll(/from '[^']*targets\/(?:argo|flux)\/(\w+)\.ts'/g)].map(
      ([, name]) => `${file}: ${name}`,
    ),
  );
  // Which kinds Argo CD takes for cluster-scoped is what its projects are judged by.
  expect(importing).toEqual(['src/checks/operators/operatorCheck.ts: clusterScoped']);
});
