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
    name: 'a placeholder that goes',
    commits: [overlay(secret('a: "$' + '{PASSWORD}"')), { 'o/s.yaml': null, ...BASE, 'x.yaml': CONFIG_MAP }],
    expected: [],
  },
];
