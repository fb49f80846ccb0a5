// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Flux.
import {
  application,
  applicationSet,
  applicationTemplate,
  configMap,
  gitRepository,
  inRepository,
  kustomization,
} from '../helpers/operators.ts';
import type { HostileRepositories } from './hostile.ts';

const SHARED = { 'shared/cm.yaml': configMap('shared') };
const TEMPLATE = applicationTemplate('{{name}}', inRepository({ path: 'shared' }));
const elements = (length: number, key: string) => ({
  list: { elements: Array.from({ length }, (_, n) => ({ [key]: `app-${n}` })) },
});

/** What operators' objects make of themselves, and the settings and rules of a house. */
export const OPERATORS: HostileRepositories = {
  'an Application of its own folder': {
    files: { 'apps/self.yaml': application('self', 'apps') },
    said: null,
  },
  'Applications that apply each other': {
    files: { 'one/a.yaml': application('two', 'two'), 'two/a.yaml': application('one', 'one') },
    said: 'the Application applies itself by way of others',
    isWarned: true,
  },
  'a set that makes itself': {
    files: {
      'sets/set.yaml': applicationSet({
        generators: [
          {
            git: {
              repoURL: 'https://github.com/acme/gitops',
              revision: 'main',
              directories: [{ path: '**' }],
            },
          },
        ],
        template: applicationTemplate('{{path.basename}}', inRepository({ path: '{{path}}' })),
      }),
    },
    said: null,
  },
  'a matrix of hundreds by hundreds': {
    files: {
      ...SHARED,
      'set.yaml': applicationSet({
        generators: [{ matrix: { generators: [elements(300, 'name'), elements(300, 'b')] } }],
        template: TEMPLATE,
      }),
    },
    said: 'it makes more than 2000 Applications',
  },
  'a set of thousands of Applications': {
    files: {
      ...SHARED,
      'set.yaml': applicationSet({ generators: [elements(5000, 'name')], template: TEMPLATE }),
    },
    said: 'it makes more than 2000 Applications',
  },
  'a set whose template does not end': {
    files: {
      ...SHARED,
      'set.yaml': applicationSet({
        goTemplate: true,
        generators: [elements(1, 'name')],
        template: applicationTemplate(
          '{{ range $i := until 2000000000 }}{{ end }}a',
          inRepository({ path: 'shared' }),
        ),
      }),
    },
    said: '2000000000 is too large a number',
  },
  'elements called __proto__': {
    files: {
      ...SHARED,
      'set.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec: {generators: [{list: {elements: [{name: a, __proto__: {b: c}, constructor: d}]}}], template: ${JSON.stringify(TEMPLATE)}}\n`,
    },
    said: '__proto__ must be a text',
  },
  'Kustomizations of Flux that depend on each other': {
    files: {
      ...SHARED,
      'flux/all.yaml': [
        gitRepository(),
        kustomization('one', './shared', { more: '  dependsOn: [{ name: two }]\n' }),
        kustomization('two', './shared', { more: '  dependsOn: [{ name: one }]\n' }),
      ].join('---\n'),
    },
    said: 'none of them is ever applied',
  },
  'variables of Flux that mean each other': {
    files: {
      'shared/cm.yaml': configMap('shared', 'a: ${A}'),
      'flux/all.yaml': [
        gitRepository(),
        kustomization('one', './shared', {
          more: '  postBuild: { substitute: { A: "${B}", B: "${A}", __proto__: "${A}" } }\n',
        }),
      ].join('---\n'),
    },
    said: null,
  },
  'a file of SOPS without an end': {
    files: {
      'odd/kustomization.yaml': 'resources: [s.yaml]\n',
      'odd/s.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: "ENC[${'A'.repeat(100_000)}"}\nsops: {mac: [[[[]]]], __proto__: {encrypted_regex: "^(a+)+$"}}\n`,
    },
    said: 'Secret s is committed in plain',
  },
  'settings with an expression that explodes': {
    base: { '.hydrant.yaml': `exceptions: [{rule: "${'*a'.repeat(50)}", reason: x}]\n` },
    files: { 'odd.yaml': configMap('odd') },
    said: 'which is no rule that can be excepted',
  },
  'settings of another kind': {
    base: { '.hydrant.yaml': '- [__proto__, constructor]\n' },
    files: { 'odd.yaml': configMap('odd') },
    said: 'the file must be a mapping, not a list',
  },
  'a policy that does not end': {
    base: {
      '.hydrant.yaml': 'policies: {paths: [rules]}\n',
      'rules/a.rego':
        '# METADATA\n# title: Endless\npackage endless\n\ndeny contains {"msg": "x"} if {\n\tsome i in numbers.range(1, 30000)\n\tsome j in numbers.range(1, 30000)\n\ti * j < 0\n}\n',
    },
    files: { 'odd.yaml': configMap('odd') },
    said: 'endless/deny: the policy could not be evaluated',
  },
  'a definition whose rules cost too much': {
    files: {
      'odd/kustomization.yaml': 'resources: [crd.yaml]\n',
      'odd/crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: odds.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Odd, plural: odds, singular: odd, listKind: OddList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties: {a: {type: array, items: {type: string}}}
              x-kubernetes-validations:
                - rule: self.a.all(x, self.a.all(y, self.a.all(z, x + y != z)))
`,
    },
    said: 'rule cost exceeds budget',
  },
};
