import type { TestFiles, TestRepository } from '../../helpers/repository.ts';
import {
  BASE,
  base64,
  CONFIG_MAP,
  ENC,
  NAMED,
  overlay,
  resources,
  type SecretCase,
  secret,
  sops,
} from './files.ts';

const IN_HISTORY = ['secret/in-history -'];
const generator = { 'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  envs: [e.env]\n' };

const CHART: TestFiles = {
  'w/Chart.yaml': 'apiVersion: v2\nname: w\nversion: 1.0.0\n',
  'w/templates/login.yaml': `${NAMED}stringData:\n  pw: {{ .Values.login.pw | quote }}\n`,
};
const values = (pw: string): string => `login:\n  pw: ${pw}\n`;
const release = (pw: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: w, namespace: n }\nspec:\n  interval: 1m\n  chart: { spec: { chart: ./w, sourceRef: { kind: GitRepository, name: r } } }\n  values: { login: { pw: ${pw} } }\n`;
const FLUX: TestFiles = {
  '.hydrant.yaml': 'repository: { urls: [https://example.com/r.git] }\n',
  'f/source.yaml':
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: r, namespace: n }\nspec: { url: https://example.com/r.git, interval: 1m, ref: { branch: main } }\n',
};
const replaced =
  'replacements:\n- source: { kind: ConfigMap, name: c, fieldPath: data.pw }\n  targets:\n  - select: { kind: Secret }\n    fieldPaths: [stringData.a]\n';

/** Commits on a branch of the pull request; the base branch is `main`. */
const onBranch = async (repository: TestRepository, files: TestFiles, parent?: string | readonly string[]) =>
  repository.commit(files, { branch: 'pr', ...(parent !== undefined && { parent }) });

/** Values that only a commit between base and head has. */
export const inHistory: readonly SecretCase[] = [
  {
    name: 'a Secret that is added and removed again',
    commits: [overlay(secret('a: canary-h1')), { 'o/s.yaml': null, ...BASE }],
    expected: IN_HISTORY,
  },
  {
    name: 'a Secret that is encrypted later',
    commits: [
      overlay(`${NAMED}data: { a: ${base64('canary-h2')} }\n`),
      overlay(`${NAMED}data: { a: "${ENC}" }\n${sops()}`),
    ],
    expected: IN_HISTORY,
  },
  {
    name: 'a value that stood in for a placeholder',
    base: overlay(secret('a: "$' + '{PASSWORD}"')),
    commits: [overlay(secret('a: canary-h3')), overlay(secret('a: "$' + '{PASSWORD}"'))],
    expected: IN_HISTORY,
  },
  {
    name: 'the first of two values',
    commits: [overlay(secret('a: canary-h4')), overlay(secret('a: canary-h5'))],
    expected: ['secret/plain-secret o/s.yaml:4', 'secret/in-history -'],
  },
  {
    name: 'two Secrets of two commits',
    commits: [
      { 'x.yaml': secret('a: canary-h6') },
      { 'x.yaml': null, 'y.yaml': secret('a: canary-h7').replace('name: s', 'name: t') },
      { 'y.yaml': null },
    ],
    expected: ['secret/in-history -', 'secret/in-history -'],
  },
  {
    name: 'a variable of a file that an unchanged generator reads',
    base: { ...generator, 'o/e.env': 'A=\n' },
    commits: [{ 'o/e.env': 'A=canary-h8\n' }, { 'o/e.env': 'A=\n' }],
    expected: IN_HISTORY,
  },
  {
    name: 'a generator with a file below',
    commits: [
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  files: [in/er/f.txt]\n',
        'o/in/er/f.txt': 'canary-h9',
      },
      { 'o/in': null, ...BASE },
    ],
    expected: IN_HISTORY,
  },
  {
    name: 'a patch in a file of its own',
    base: {
      'o/kustomization.yaml': `${resources('s.yaml')}patches:\n- target: { kind: Secret }\n  path: p.yaml\n`,
      'o/s.yaml': secret('a: ""'),
      'o/p.yaml': '- { op: add, path: /stringData/a, value: "" }\n',
    },
    commits: [
      { 'o/p.yaml': '- { op: add, path: /stringData/a, value: canary-h10 }\n' },
      { 'o/p.yaml': '- { op: add, path: /stringData/a, value: "" }\n' },
    ],
    expected: IN_HISTORY,
  },
  {
    name: 'a file that is renamed and then removed: once',
    commits: [
      { 'x.yaml': secret('a: canary-h11') },
      { 'x.yaml': null, 'y.yaml': secret('a: canary-h11') },
      { 'y.yaml': null },
    ],
    expected: IN_HISTORY,
  },
  {
    name: "a value of a chart, in the chart's own values",
    base: { ...CHART, 'w/values.yaml': values('""') },
    commits: [{ 'w/values.yaml': values('canary-h15') }, { 'w/values.yaml': values('""') }],
    expected: IN_HISTORY,
  },
  {
    name: 'a value of a HelmRelease, and one of its chart before that',
    base: { ...CHART, ...FLUX, 'w/values.yaml': values('""'), 'f/release.yaml': release('""') },
    commits: [
      { 'f/release.yaml': release('canary-h16') },
      { 'f/release.yaml': release('canary-h17') },
      { 'f/release.yaml': release('""') },
    ],
    expected: [...IN_HISTORY, ...IN_HISTORY],
  },
  {
    name: 'a text that a replacement copies into a Secret',
    base: {
      'o/kustomization.yaml': `${resources('c.yaml', 's.yaml')}${replaced}`,
      'o/c.yaml': `${CONFIG_MAP}data: { pw: "" }\n`,
      'o/s.yaml': secret('a: ""'),
    },
    commits: [
      { 'o/c.yaml': `${CONFIG_MAP}data: { pw: canary-h18 }\n` },
      { 'o/c.yaml': `${CONFIG_MAP}data: { pw: "" }\n` },
    ],
    expected: IN_HISTORY,
  },
  {
    name: 'variables in a folder beside the generator that reads them',
    base: {
      'k/kustomization.yaml': 'resources: [../env]\n',
      'env/kustomization.yaml': 'secretGenerator:\n- name: s\n  envs: [vars/e.env]\n',
      'env/vars/e.env': 'A=\n',
    },
    commits: [{ 'env/vars/e.env': 'A=canary-h19\n' }, { 'env/vars/e.env': 'A=\n' }],
    expected: IN_HISTORY,
  },
  {
    name: 'a branch that the head merges',
    history: async (repository) => {
      const base = await repository.git(['rev-parse', 'main']);
      const one = await onBranch(repository, { 'x.yaml': CONFIG_MAP }, base);
      await repository.commit({ 'y.yaml': secret('a: canary-h12') }, { branch: 'side', parent: base });
      const side = await repository.commit({ 'y.yaml': null }, { branch: 'side' });
      return { base, head: await onBranch(repository, {}, [one, side]) };
    },
    expected: IN_HISTORY,
  },
  {
    name: 'a merge that brings it in by itself',
    history: async (repository) => {
      const base = await repository.git(['rev-parse', 'main']);
      const one = await onBranch(repository, { 'x.yaml': CONFIG_MAP }, base);
      const side = await repository.commit({ 'y.yaml': CONFIG_MAP }, { branch: 'side', parent: base });
      await onBranch(repository, { 'z.yaml': secret('a: canary-h13') }, [one, side]);
      return { base, head: await onBranch(repository, { 'z.yaml': null }) };
    },
    expected: IN_HISTORY,
  },
  {
    name: 'a history without a common root',
    history: async (repository) => {
      const base = await repository.git(['rev-parse', 'main']);
      const other = { branch: 'other', parent: null };
      await repository.commit({ 'x.yaml': secret('a: canary-h14') }, other);
      const root = await repository.commit({ 'x.yaml': null }, { branch: 'other' });
      return { base, head: await onBranch(repository, {}, [base, root]) };
    },
    expected: IN_HISTORY,
  },
];

/** What the commits of a pull request have, and nobody has to hear of. */
export const fineInHistory: readonly SecretCase[] = [
  {
    name: 'commits of the base branch that the head merges',
    history: async (repository) => {
      const from = await repository.git(['rev-parse', 'main']);
      const one = await onBranch(repository, { 'x.yaml': CONFIG_MAP }, from);
      await repository.commit({ 'y.yaml': secret('a: canary-f1') });
      const base = await repository.commit({ 'y.yaml': null });
      return { base, head: await onBranch(repository, {}, [one, base]) };
    },
    expected: [],
  },
  {
    name: 'a copy of what the base has',
    base: { ...BASE, 'x.yaml': secret('a: canary-f2') },
    commits: [{ 'y.yaml': secret('a: canary-f2') }, { 'y.yaml': null, 'z.yaml': CONFIG_MAP }],
    expected: [],
  },
  {
    name: 'another place of what the base has, until it is encrypted',
    base: overlay(secret('a: canary-f3')),
    commits: [
      { ...overlay(secret('a: canary-f3'), 't.yaml'), 'o/s.yaml': null },
      overlay(`${NAMED}stringData: { a: "${ENC}" }\n${sops()}`, 't.yaml'),
    ],
    expected: ['fixed secret/plain-secret -'],
  },
  {
    name: 'a Secret of a target that the pull request does not touch',
    base: { ...CHART, 'w/values.yaml': values('""'), ...overlay(secret('a: canary-f4')) },
    commits: [{ 'w/values.yaml': values('"$' + '{PW}"') }, { 'w/values.yaml': values('""') }],
    expected: [],
  },
  {
    name: 'a placeholder that goes',
    commits: [overlay(secret('a: "$' + '{PASSWORD}"')), { 'o/s.yaml': null, ...BASE, 'x.yaml': CONFIG_MAP }],
    expected: [],
  },
];
