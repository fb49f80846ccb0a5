import { chartFiles, configMap } from '../helpers/operators.ts';
import type { HostileRepositories } from './hostile.ts';

/** A chart with one template, as a folder of its own. */
const template = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  files: chartFiles('odd', { 'templates/a.yaml': text, ...more }),
});
const kustomization = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  files: {
    'odd/kustomization.yaml': text,
    ...Object.fromEntries(Object.entries(more).map(([name, content]) => [`odd/${name}`, content])),
  },
});
const dependingOn = (name: string) =>
  `apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: web, version: 1.0.0, repository: "file://${name}"}]\n`;

const PROTOTYPE_PATCH = '[{"op": "add", "path": "/__proto__", "value": {"polluted": "x"}}]';

/** What Helm and kustomize are asked to do. */
export const TOOLS: HostileRepositories = {
  'a template that includes itself': {
    ...template('{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}'),
    said: 'The template a includes itself without end',
  },
  'a template that renders itself by tpl': {
    ...template('{{ tpl .Values.a . }}', { 'values.yaml': 'a: "{{ tpl .Values.a . }}"\n' }),
    said: 'Rendering called itself without end and was stopped; does a template render itself, or a value contain itself?',
  },
  'values that render each other by tpl': {
    ...template('{{ tpl .Values.one . }}', {
      'values.yaml': 'one: "{{ tpl .Values.two $ }}"\ntwo: "{{ if true }}{{ tpl .Values.one . }}{{ end }}"\n',
    }),
    said: 'Rendering called itself without end and was stopped; does a template render itself, or a value contain itself?',
  },
  'a value that contains itself': {
    ...template('{{ $a := dict }}{{ $_ := set $a "a" $a }}{{ printf "%v" $a }}'),
    said: 'Rendering called itself without end and was stopped; does a template render itself, or a value contain itself?',
  },
  'a template that does not end': {
    ...template('{{ range $i := until 2000000000 }}{{ end }}'),
    said: '2000000000 is too large a number',
  },
  'a template that doubles a text': {
    ...template('{{ $s := "xxxxxxxxxxxxxxxx" }}{{ range until 60 }}{{ $s = print $s $s }}{{ end }}{{ $s }}'),
    said: 'Rendering needed more memory than it may have and was stopped',
  },
  'a template that repeats a text': {
    ...template('a: {{ repeat 2000000000 "x" }}'),
    said: '2000000000 is too large a number',
  },
  'a template that reads the environment': {
    ...template('a: {{ env "HOME" }}'),
    said: 'Function "env" not defined',
  },
  'a template that makes keys for ever': {
    ...template('{{ range until 100000 }}{{ genPrivateKey "rsa" | quote }}{{ end }}'),
    said: 'odd/templates/a.yaml gives no resource',
  },
  'a chart that depends on itself': {
    files: chartFiles('odd', { 'Chart.yaml': dependingOn('.'), 'templates/a.yaml': configMap('a') }),
    said: null,
  },
  'charts that depend on each other': {
    files: {
      ...chartFiles('odd', { 'Chart.yaml': dependingOn('../even'), 'templates/a.yaml': configMap('a') }),
      ...chartFiles('even', { 'Chart.yaml': dependingOn('../odd'), 'templates/a.yaml': configMap('a') }),
    },
    said: null,
  },
  'a schema of values that means itself': {
    ...template(configMap('a'), { 'values.schema.json': '{"$ref": "#"}', 'values.yaml': 'a: 1\n' }),
    said: 'causing reference cycle',
  },
  'a schema of values with an expression that explodes': {
    ...template(configMap('a'), {
      'values.schema.json': '{"properties": {"a": {"pattern": "^(a+)+$"}}}',
      'values.yaml': `a: ${'a'.repeat(50)}!\n`,
    }),
    said: 'a: does not match the pattern ^(a+)+$',
  },
  'values whose aliases multiply': {
    ...template('a: {{ .Values | toJson }}', {
      'values.yaml': Array.from('abcdefghi', (name, n) =>
        n === 0
          ? 'a: &a [x,x,x,x,x,x,x,x,x]\n'
          : `${name}: &${name} [${Array(9)
              .fill(`*${'abcdefghi'[n - 1]}`)
              .join(',')}]\n`,
      ).join(''),
    }),
    said: 'odd/values.yaml is not valid: document contains excessive aliasing',
  },
  'a kustomization of itself': {
    ...kustomization('resources: [.]\n'),
    said: 'odd comes back to itself through its bases',
  },
  'kustomizations in a circle': {
    files: {
      'odd/kustomization.yaml': 'resources: [../even]\n',
      'even/kustomization.yaml': 'resources: [../odd]\n',
    },
    said: 'even comes back to itself through its bases',
  },
  'a component of itself': {
    ...kustomization('apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: [.]\n'),
    said: null,
  },
  'a kustomization that runs a program': {
    ...kustomization('generators: [g.yaml]\n', {
      'g.yaml':
        'apiVersion: x/v1\nkind: G\nmetadata: {name: g, annotations: {config.kubernetes.io/function: "exec: {path: ./run}"}}\n',
    }),
    said: 'nothing that a repository brings is executed',
  },
  'a kustomization of the root of the disk': {
    ...kustomization('resources: [/etc]\n'),
    said: '/etc is an absolute path',
  },
  'a patch with a prototype in its path': {
    ...kustomization(
      `resources: [a.yaml]\npatches: [{target: {kind: ConfigMap}, patch: ${JSON.stringify(PROTOTYPE_PATCH)}}]\n`,
      { 'a.yaml': configMap('a') },
    ),
    said: 'unknown field __proto__',
  },
  'a replacement into everything': {
    ...kustomization(
      'resources: [a.yaml]\nreplacements: [{source: {kind: ConfigMap, name: a, fieldPath: data}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a.b.c], options: {create: true}}]}]\n',
      { 'a.yaml': configMap('a') },
    ),
    said: 'unable to find or create field "data.a.b.c"',
  },
  'thousands of literals': {
    ...kustomization(
      `configMapGenerator:\n- name: a\n  literals:\n${Array.from({ length: 5000 }, (_, n) => `  - k${n}=v\n`).join('')}`,
    ),
    said: null,
  },
};
