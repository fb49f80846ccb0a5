import {
  applicationSet,
  applicationTemplate,
  gitRepository,
  inRepository,
  kustomization,
} from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { GIT } from './git.ts';
import type { HostileRepositories } from './hostile.ts';
import { OPERATORS } from './operators.ts';
import { TOOLS } from './tools.ts';

/** Names that every JavaScript object answers to. */
const INHERITED = ['constructor', 'valueOf', 'toString', 'hasOwnProperty', '__proto__'];

const overlay = (name: string, text: string): TestFiles => ({
  [`${name}/kustomization.yaml`]: 'resources: [odd.yaml]\n',
  [`${name}/odd.yaml`]: text,
});

const secret = (values: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n${values}`;

/** `a` to `i`, each nine times the one before. */
const multiplying = (first: string, of: (name: string) => string) =>
  Array.from('abcdefghi', (name, index, names = 'abcdefghi') => {
    const before = names[index - 1];
    return `  ${name}: &${name} ${before === undefined ? first : of(Array(9).fill(`*${before}`).join(','))}\n`;
  }).join('');

const NESTED = 3000;
const deep = (open: string, close: string) => `${open.repeat(NESTED)}${close.repeat(NESTED)}`;

/** All, by what they attack. */
export const HOSTILE: HostileRepositories = {
  ...GIT,
  ...TOOLS,
  ...OPERATORS,
  ...Object.fromEntries(
    INHERITED.flatMap((name) => [
      [
        `an API group called ${name}`,
        {
          files: overlay('odd', `apiVersion: ${name}/v1\nkind: Thing\nmetadata: {name: a}\n`),
          said: `${name}/v1 Thing`,
        },
      ],
      [
        `a kind called ${name}`,
        {
          files: overlay('odd', `apiVersion: example.com/v1\nkind: ${name}\nmetadata: {name: a}\n`),
          said: name,
        },
      ],
      [
        `keys called ${name}`,
        {
          files: overlay(
            'odd',
            `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {${name}: x}}\n${name}: {${name}: {${name}: x}}\n`,
          ),
          said: name,
        },
      ],
    ]),
  ),
  'lists in lists of a resource': {
    files: overlay(
      'odd',
      `apiVersion: example.com/v1\nkind: Deep\nmetadata: {name: a}\nspec: ${deep('[', ']')}\n`,
    ),
    said: 'nested deeper than 200 levels',
  },
  'mappings in mappings of a resource': {
    files: overlay(
      'odd',
      `apiVersion: example.com/v1\nkind: Deep\nmetadata: {name: a}\nspec: ${deep('{a: ', '}')}\n`,
    ),
    said: 'nested deeper than 200 levels',
  },
  'a Secret of lists that multiply': {
    files: { 's.yaml': secret(`stringData:\n${multiplying('[x,x]', (all) => `[${all}]`)}`) },
    said: 'its aliases add more than 100000 values',
  },
  'a Secret of merge keys that multiply': {
    files: {
      's.yaml': secret(`x:\n${multiplying('{k: x}', (all) => `{<<: [${all}]}`)}stringData: {<<: *i}\n`),
    },
    said: 'its aliases add more than 100000 values',
  },
  'a Secret that merges itself': {
    files: { 's.yaml': secret('stringData: &a\n  b:\n    - <<: *a\n') },
    said: 'an alias stands in what it stands for',
  },
  'a ConfigMap of ten megabytes': {
    files: {
      'odd/kustomization.yaml': 'configMapGenerator: [{name: large, files: [large.txt]}]\n',
      'odd/large.txt': 'some words on a line\n'.repeat(500_000),
    },
    said: 'has more than 8 MiB, which no cluster takes',
  },
  'a manifest of nine megabytes': {
    files: {
      'large.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n${'  k: some words\n'.repeat(600_000)}`,
    },
    said: 'more than 8 MiB',
  },
  'a set of Applications of one folder': {
    files: {
      'shared/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\n',
      'set.yaml': applicationSet({
        generators: [{ list: { elements: Array.from({ length: 300 }, (_, n) => ({ name: `app-${n}` })) } }],
        template: applicationTemplate('{{name}}', inRepository({ path: 'shared' })),
      }),
    },
    said: 'and 289 more as well',
  },
  'a Kustomization of Flux that applies itself': {
    files: {
      'clusters/a/root.yaml': `${gitRepository()}---\n${kustomization('root', './clusters/a')}`,
      'clusters/a/kustomization.yaml': 'resources: [root.yaml, s.yaml]\n',
      'clusters/a/s.yaml': secret('stringData: {password: hunter2-hunter2}\n'),
    },
    said: 'Secret s',
  },
};
