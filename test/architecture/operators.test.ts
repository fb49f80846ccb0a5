import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { Kind } from '../../src/model/kinds.ts';
import { NO_TARGETS } from '../../src/report/words.ts';
import { OPERATORS } from '../../src/targets/operators.ts';
import { TARGET_KINDS } from '../helpers/targets.ts';
import { readFields } from './readFields.ts';

// What an operator's object says of its target is read in src/targets alone, and handed on as a
// record. Whoever reads it again somewhere else has to spell one of these names.

/** The built-in kinds of Kubernetes that have typed fields, and those that src/checks/flux judges: they declare no target. */
const OTHERS = new Set([
  ...(await typesOfKubernetes('src/model/kinds.ts')),
  'ImagePolicy',
  'ImageUpdateAutomation',
]);

/**
 * Kinds of which only src/targets, and the checks that judge such objects as such, know the
 * fields: all that have typed fields and are not others'.
 */
const KINDS = new Set(Object.keys(Kind).filter((kind) => !OTHERS.has(kind)));

/** `Deployment` of `IDeployment`, where a file imports it. */
async function typesOfKubernetes(file: string): Promise<string[]> {
  const imports = (await readFile(file, 'utf8')).matchAll(
    /^import type \{ I(\w+) \} from 'kubernetes-models\//gm,
  );
  return [...imports].map(([, kind = '']) => kind);
}

/** The kinds with typed fields that stand in the folder of their operator. */
async function kindsOfFolders(): Promise<string[]> {
  const files = (await sourcesOutside([])).filter(
    ({ file }) => folderOfOperator(file) !== null && file.endsWith('/fields.ts'),
  );
  return files.flatMap(({ code }) =>
    [...code.matchAll(/^ {2}(\w+): fieldsOf</gm)].map(([, kind = '']) => kind),
  );
}

test('each kind of target that an operator has is watched, or has its fields in the folder of the operator', async () => {
  const known = new Set([...KINDS, ...(await kindsOfFolders())]);
  const declared = TARGET_KINDS.filter((kind) => !['kustomize', 'helm'].includes(kind));
  expect(declared.filter((kind) => !known.has(kind))).toEqual([]);
});

test('what Kubernetes has itself is read everywhere', () => {
  expect([...KINDS]).toEqual(
    expect.arrayContaining(['Application', 'HealthCheck', 'HelmRelease', 'OCIRepository']),
  );
  expect(['Deployment', 'Secret', 'ImagePolicy'].filter((kind) => KINDS.has(kind))).toEqual([]);
});

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
  'dependsOn',
  'interval',
  'prune',
  'retryInterval',
  'suspend',
];

/** Fields that other things have as well: they are watched where a path of a manifest begins with them. */
const FIRST_STEPS = [
  'chart',
  'components',
  'destination',
  'force',
  'generators',
  'helm',
  'images',
  'include',
  'install',
  'kustomize',
  'patches',
  'path',
  'plugin',
  'project',
  'ref',
  'secretRef',
  'source',
  'sources',
  'timeout',
  'upgrade',
  'url',
  'values',
  'wait',
];

/** Judges Applications against their projects, as objects. */
const JUDGES = ['src/checks/argo/'];

/** What is read all the same, and why. */
const READ = [
  // The nearest part of the object that a path of its record leads to.
  'src/causes/editCause.ts: object.resource.manifest',
  // An Ingress has such a field as well.
  'src/checks/danger/takenHosts.ts: path',
  // The name of an annotation of resources, not a field of an object.
  'src/model/keptOnRemoval.ts: prune',
  // An entry of Helm's own list of repositories.
  'src/remote/helmRepositoriesFile.ts: url',
];

async function sourcesOutside(rooms: readonly string[]): Promise<{ file: string; code: string }[]> {
  const files = (await readdir('src', { recursive: true }))
    .map((file) => path.posix.join('src', file))
    .filter((file) => file.endsWith('.ts') && !rooms.some((room) => file.startsWith(room)));
  return Promise.all(files.map(async (file) => ({ file, code: await readFile(file, 'utf8') })));
}

/** Policies that judge such objects as such, and their libraries. */
const JUDGING_POLICIES = /^(?:argocd\/|flux\/|lib\/(?:applications|kustomizations)\.rego$)/;

test('no policy does either, but for those on such objects', async () => {
  const files = (await readdir('policies', { recursive: true })).filter(
    (file) => file.endsWith('.rego') && !JUDGING_POLICIES.test(file),
  );
  expect(files.length).toBeGreaterThan(30);
  const fields = new RegExp(`\\b(?:(?:${FIELDS.join('|')})|spec\\.(?:${FIRST_STEPS.join('|')}))\\b`);
  const found = files.map(async (file) => {
    const text = await readFile(path.join('policies', file), 'utf8');
    // Without comments and sentences.
    const code = text
      .replaceAll(/^\s*#.*$/gm, '')
      .replaceAll(/"(?:\\.|[^"\\])*"/g, (quoted) => (quoted.includes(' ') ? '' : quoted));
    return code.split('\n').flatMap((line) => (fields.test(line) ? [`${file}: ${line.trim()}`] : []));
  });
  expect((await Promise.all(found)).flat()).toEqual([]);
});

/** What a file's code reads of operators' objects. */
async function operatorsFieldsIn(code: string): Promise<string[]> {
  const { names, paths, kinds } = await readFields(code);
  return [
    ...FIELDS.filter((field) => names.has(field)),
    ...[...paths].filter((steps) => {
      const [first = '', second = ''] = steps.split('.');
      return (
        FIRST_STEPS.includes(first === 'spec' ? second : first) || /\bobject\.resource\.manifest$/.test(steps)
      );
    }),
    ...[...kinds].filter((kind) => KINDS.has(kind)),
  ];
}

test('no file outside of src/targets reads what an operator’s object says of its target', async () => {
  const found = await Promise.all(
    (await sourcesOutside(['src/targets/', ...JUDGES])).map(async ({ file, code }) =>
      (await operatorsFieldsIn(code)).map((field) => `${file}: ${field}`),
    ),
  );
  expect(found.flat().toSorted()).toEqual(READ.toSorted());
});

test.each([
  ["textAt(manifest, ['spec', 'prune'])", ['prune']],
  ["valueAt(spec, ['force'])", ['force']],
  ["const at: FieldPath = ['spec', 'sources', 0];", ['spec.sources']],
  ["document.getIn(['spec', 'components'])", ['spec.components']],
  ["fieldOf('spec', 'destination', 'namespace')", ['spec.destination.namespace']],
  ['manifest.spec?.project', ['spec.project']],
  ["(manifest['spec'] as Spec).helm.values", ['spec.helm', 'spec.helm.values']],
  ['const { interval: every } = spec;', ['interval']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code that is read.
  ["`${textAt(object, ['chart'])} of it`", ['chart']],
  ['record.object.resource.manifest', ['object.resource.manifest']],
  ["Kind.GitRepository('spec', 'url')", ['GitRepository']],
])('is seen: %s', async (code, read) => {
  expect((await operatorsFieldsIn(code)).toSorted()).toEqual(read.toSorted());
});

test.each([
  "Kind.PersistentVolumeClaim('spec', 'source')",
  'target.source.chart.path',
  '// textAt(manifest, ["spec", "prune"])',
  'interface Sync { readonly prune: boolean; readonly helm: Sync["helm"]; }',
  "`leave out 'prune', and say why in spec.source`",
  "import type { IApplication } from 'destination';",
])('is another matter: %s', async (code) => {
  expect(await operatorsFieldsIn(code)).toEqual([]);
});

test('every one of these fields is read in src/targets, so that none is watched in vain', async () => {
  const outside = new Set((await sourcesOutside(['src/targets/'])).map(({ file }) => file));
  const inside = (await sourcesOutside([])).filter(({ file }) => !outside.has(file));
  const code = inside.map((source) => source.code).join('\n');
  expect([...FIELDS, ...FIRST_STEPS].filter((field) => !new RegExp(`\\b${field}\\b`).test(code))).toEqual([]);
});

test('whoever follows operators goes by their list, and names none', async () => {
  const importing = (await sourcesOutside(['src/targets/'])).flatMap(({ file, code }) =>
    operatorsFilesIn(code).map((name) => `${file}: ${name}`),
  );
  expect(importing).toEqual([]);
});

test('that a commit has no target names each of them', () => {
  const names = OPERATORS.map(({ name }) => name);
  expect(names.filter((name) => !NO_TARGETS.includes(name))).toEqual([]);
});

test('no operator’s folder imports another’s', async () => {
  const inside = (await sourcesOutside([])).filter(({ file }) => folderOfOperator(file) !== null);
  const importing = inside.flatMap(({ file, code }) =>
    importedBy(file, code)
      .filter((imported) => ![null, folderOfOperator(file)].includes(folderOfOperator(imported)))
      .map((imported) => `${file}: ${imported}`),
  );
  expect(new Set(inside.map(({ file }) => folderOfOperator(file))).size).toBe(OPERATORS.length);
  expect(importing).toEqual([]);
});

test.each([
  ["import { a } from '../argo/clusterScoped.ts';", ['src/targets/argo/clusterScoped.ts']],
  ["import { told } from '../../model/told.ts';", ['src/model/told.ts']],
  ["await import('./tree.ts')", ['src/targets/flux/tree.ts']],
])('in a folder of an operator imports %s', (code, files) => {
  expect(importedBy('src/targets/flux/flux.ts', code)).toEqual(files);
});

/** The folder of an operator that a file is in; kustomize and Helm apply nothing by themselves. */
function folderOfOperator(file: string): string | null {
  return /^src\/targets\/((?!kustomize\/|helm\/)\w+)\//.exec(file)?.[1] ?? null;
}

/** The files of this repository that a file imports. */
function importedBy(file: string, code: string): string[] {
  const imported = /\b(?:from|import)\b[\s(]*'(\.[^']*)'/g;
  return [...code.matchAll(imported)].map(([, name = '']) => path.posix.join(path.posix.dirname(file), name));
}

test.each([
  ["import { a } from '../targets/argo/applicationSet/reach.ts';", ['argo/applicationSet/reach']],
  ["export * from '../../targets/another/another.ts';", ['another/another']],
  ["import '../targets/flux/tree.ts';", ['flux/tree']],
  ["await import('../targets/flux/tree.ts')", ['flux/tree']],
  ["import { a } from '../targets/kustomize/namedFiles.ts';", []],
  ["import { a } from '../targets/operators.ts';", []],
])('of operators’ files imports %s', (code, files) => {
  expect(operatorsFilesIn(code)).toEqual(files);
});

/** The files of operators that a file imports; kustomize and Helm apply nothing by themselves. */
function operatorsFilesIn(code: string): string[] {
  const imported = /\b(?:from|import)\b[\s(]*'[^']*\btargets\/((?!kustomize\/|helm\/)[\w/]+\/\w+)\.ts'/g;
  return [...code.matchAll(imported)].map(([, name = '']) => name);
}
