import {
  application,
  applicationSet,
  applicationTemplate,
  applicationWith,
  chartFiles,
  configMap,
  gitRepository,
  helmRelease,
  inRepository,
  kustomization,
} from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';

/** Files that put a value into a place that the search for Secrets knows. */
interface Place {
  /** A folder of a repository: its name is unique there, and all objects are called by it. */
  files(folder: string, value: string): TestFiles;
  /** Where it is said; `folder` by default. */
  readonly says?: RegExp;
}

const q = JSON.stringify;
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux is meant.
const VARIABLE = '${pw}';
const SECRET = (name: string, data: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name} }\nstringData: { ${data} }\n`;
const chartSecret = (field: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: '{{ .Release.Name }}' }\nstringData: { password: {{ .Values.${field} | quote }} }\n`;
const chartOf = (folder: string, field = 'db.pw') =>
  chartFiles(folder, { 'values.yaml': 'db: { pw: "" }\n', 'templates/s.yaml': chartSecret(field) });
const inFolder = (folder: string, files: TestFiles): TestFiles =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
const indented = (text: string, by: string) => text.replace(/^(?=.)/gm, by);

/** What templates make of a value besides a Secret. */
const COPIES = [
  '{{ .Values.db.pw | quote }}',
  '{{ .Values.db.pw | upper | quote }}',
  '{{ .Values.db.pw | lower | quote }}',
  '{{ .Values.db.pw | b64enc }}',
  '{{ .Values.db.pw | b64enc | b64enc }}',
  '{{ printf "user:%s@host" .Values.db.pw | b64enc }}',
  '{{ printf "a%sb" .Values.db.pw | b64enc | quote }}',
  '{{ printf "ab%s" .Values.db.pw | upper | b64enc | quote }}',
  '{{ trunc (int (sub (len .Values.db.pw) 2)) .Values.db.pw | quote }}',
  '{{ substr 1 -1 .Values.db.pw | quote }}',
  '{{ printf "%x" .Values.db.pw | quote }}',
  '{{ .Values.db.pw | b32enc | quote }}',
  '{{ .Values.db.pw | urlquery | quote }}',
  '{{ dict "a" .Values.db.pw | toJson | quote }}',
  '{{ dict "a" (dict "b" .Values.db.pw | toJson) | toJson | quote }}',
  '{{ .Values.db.pw | squote }}',
  '{{ printf "--password=%s" .Values.db.pw | quote }}',
  '{{ list "x" .Values.db.pw "y" | join "" | quote }}',
];

/** By name: kustomize, charts, Argo CD, Flux, plain files, and what others say of them. */
export const HIDDEN_PLACES: Readonly<Record<string, Place>> = {
  'a Secret': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': 'resources: [s.yaml, c.yaml]\n',
        's.yaml': SECRET(folder, `password: ${q(value)}`),
        'c.yaml': configMap(folder, `a: ${q(`x${value}y`)}`),
      }),
  },
  'a Secret in base64': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': 'resources: [s.yaml, c.yaml]\n',
        's.yaml': SECRET(folder, `token: ${q(value)}`).replace(
          /stringData.*/,
          `data: { token: ${Buffer.from(value).toString('base64')} }`,
        ),
        'c.yaml': configMap(folder, `a: ${q(Buffer.from(`a${value}b`).toString('base64'))}`),
      }),
  },
  'literals of a generator': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': `resources: [c.yaml]\nsecretGenerator: [{ name: ${folder}, literals: [${q(`password=${value}`)}] }]\n`,
        'c.yaml': configMap(folder, `a: ${q(value.toUpperCase())}`),
      }),
  },
  'a file of a generator': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': `resources: [c.yaml]\nsecretGenerator: [{ name: ${folder}, files: [password=p.txt] }]\n`,
        'p.txt': value,
        'c.yaml': configMap(folder, `a: ${q(encodeURIComponent(`?${value}`))}`),
      }),
  },
  'variables of a generator': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': `resources: [c.yaml]\nsecretGenerator: [{ name: ${folder}, envs: [e.env] }]\n`,
        'e.env': `USER=shop\nDB_PASSWORD=${value}\n`,
        'c.yaml': configMap(folder, `a: ${q(`postgres://shop:${encodeURIComponent(value)}@db/shop`)}`),
      }),
  },
  'a strategic patch': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': `resources: [s.yaml, c.yaml]\npatches:\n- patch: |-\n${indented(SECRET(folder, `password: ${q(value)}`), '    ')}`,
        's.yaml': SECRET(folder, 'password: ""'),
        'c.yaml': configMap(folder, `a: ${q(Buffer.from(value).toString('hex'))}`),
      }),
  },
  'a JSON patch': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': `resources: [s.yaml, c.yaml]\npatches:\n- target: { kind: Secret }\n  path: p.yaml\n`,
        'p.yaml': `[{ op: add, path: /stringData/password, value: ${q(value)} }]\n`,
        's.yaml': SECRET(folder, 'a: ""'),
        'c.yaml': configMap(folder, `a: ${q(value.slice(0, -2))}`),
      }),
  },
  'a component': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': 'resources: [c.yaml]\ncomponents: [part]\n',
        'part/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nsecretGenerator: [{ name: ${folder}, literals: [${q(`token=${value}`)}] }]\n`,
        'c.yaml': configMap(folder, `a: ${q(q(value))}`),
      }),
  },
  'a replacement': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': `resources: [s.yaml, c.yaml]\nreplacements:\n- source: { kind: Secret, fieldPath: stringData.password }\n  targets: [{ select: { kind: ConfigMap }, fieldPaths: [data.a] }]\n`,
        's.yaml': SECRET(folder, `password: ${q(value)}`),
        'c.yaml': configMap(folder, 'a: b', `  annotations: { note: ${q(`is ${value}!`)} }\n`),
      }),
  },
  'a token': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': 'resources: [c.yaml]\n',
        'c.yaml': configMap(
          folder,
          `a: ${q(`postgres://shop:${encodeURIComponent(value)}@db.example.com/shop`)}`,
        ),
      }),
  },
  "a login of a registry in a chart's values": {
    files: (folder, value) => {
      const login = { auth: Buffer.from(`ci:${value}`).toString('base64') };
      const config = q({ auths: { 'registry.example.com': login } });
      return {
        ...chartOf(folder),
        [`${folder}/values.yaml`]: `db: { pw: "" }\npull:\n  .dockerconfigjson: ${Buffer.from(config).toString('base64')}\n  config.json: |\n    ${config}\n`,
        [`${folder}/templates/c.yaml`]: configMap(
          folder,
          'a: {{ index .Values.pull "config.json" | quote }}',
        ),
      };
    },
  },
  "a chart's values": {
    files: (folder, value) => ({
      ...chartOf(folder),
      [`${folder}/values.yaml`]: `db: { pw: ${q(value)} }\n`,
      [`${folder}/templates/c.yaml`]: configMap(
        folder,
        COPIES.map((copy, index) => `k${index}: ${copy}`).join('\n  '),
      ),
    }),
  },
  'names that a chart makes': {
    files: (folder, value) => ({
      ...chartOf(folder),
      [`${folder}/values.yaml`]: `db: { pw: ${q(value)} }\n`,
      [`${folder}/templates/c.yaml`]: `${configMap(
        `${folder}-{{ .Values.db.pw | lower | replace "!" "" | replace "&" "" | replace "<" "" | replace "'" "" }}`,
        '{{ .Values.db.pw | quote }}: x',
        '  annotations: { a: {{ .Values.db.pw | quote }} }\n',
      )}---\n${configMap(folder, 'bad: [{{ .Values.db.pw | quote }}]')}`,
    }),
  },
  'what `fail` says': {
    files: (folder, value) => ({
      ...chartOf(folder),
      [`${folder}/values.yaml`]: `db: { pw: ${q(value)} }\n`,
      [`${folder}/templates/c.yaml`]: `{{ fail (printf "%s, %s, %s" .Values.db.pw (upper .Values.db.pw) (b64enc (printf "a%s" .Values.db.pw))) }}\n`,
    }),
    says: /fails|templates\/c.yaml|needs values/,
  },
  'values of an Application as text': {
    files: (folder, value) => ({
      ...chartOf(`${folder}/chart`),
      [`${folder}/root/app.yaml`]: applicationWith(
        { source: inRepository({ path: `${folder}/chart`, helm: { values: `db:\n  pw: ${q(value)}\n` } }) },
        folder,
      ),
      [`${folder}/root.yaml`]: application(`${folder}-root`, `${folder}/root`),
    }),
  },
  'values of an Application as an object': {
    files: (folder, value) => ({
      ...chartOf(`${folder}/chart`),
      [`${folder}/root/app.yaml`]: applicationWith(
        { source: inRepository({ path: `${folder}/chart`, helm: { valuesObject: { db: { pw: value } } } }) },
        folder,
      ),
      [`${folder}/root.yaml`]: application(`${folder}-root`, `${folder}/root`),
    }),
  },
  'a patch of an Application': {
    files: (folder, value) => ({
      [`${folder}/base/kustomization.yaml`]: 'resources: [s.yaml]\n',
      [`${folder}/base/s.yaml`]: SECRET(folder, 'password: ""'),
      [`${folder}/root/app.yaml`]: applicationWith(
        {
          source: inRepository({
            path: `${folder}/base`,
            kustomize: {
              patches: [
                {
                  target: { kind: 'Secret' },
                  patch: `[{"op":"add","path":"/stringData/password","value":${q(value)}}]`,
                },
              ],
            },
          }),
        },
        folder,
      ),
      [`${folder}/root.yaml`]: application(`${folder}-root`, `${folder}/root`),
    }),
  },
  'an element of an ApplicationSet': {
    files: (folder, value) => ({
      ...chartOf(`${folder}/chart`),
      [`${folder}/set.yaml`]: applicationSet(
        {
          generators: [{ list: { elements: [{ name: folder, pw: value }] } }],
          template: applicationTemplate('{{name}}', {
            ...inRepository({ path: `${folder}/chart` }),
            helm: { parameters: [{ name: 'db.pw', value: '{{pw}}', forceString: true }] },
          }),
        },
        folder,
      ),
    }),
  },
  'values of a HelmRelease': {
    files: (folder, value) => ({
      ...chartOf(`${folder}/chart`),
      [`${folder}/hr/r.yaml`]: helmRelease(folder, `./${folder}/chart`, {
        more: `  values: { db: { pw: ${q(value)} } }\n`,
      }),
      [`${folder}/k.yaml`]: kustomization(`${folder}-k`, `./${folder}/hr`),
    }),
  },
  'a ConfigMap that a HelmRelease takes values from': {
    files: (folder, value) => ({
      ...chartOf(`${folder}/chart`),
      [`${folder}/hr/r.yaml`]: helmRelease(folder, `./${folder}/chart`, {
        more: `  valuesFrom: [{ kind: ConfigMap, name: ${folder} }]\n`,
      }),
      [`${folder}/hr/v.yaml`]: configMap(
        folder,
        `values.yaml: |\n    db:\n      pw: ${q(value)}`,
        '  namespace: flux-system\n',
      ),
      [`${folder}/k.yaml`]: kustomization(`${folder}-k`, `./${folder}/hr`),
    }),
  },
  'a patch of a Kustomization': {
    files: (folder, value) => ({
      [`${folder}/app/s.yaml`]: SECRET(folder, 'password: ""'),
      [`${folder}/mid/k.yaml`]: kustomization(`${folder}-app`, `./${folder}/app`, {
        more: `  patches:\n  - target: { kind: Secret }\n    patch: |\n      - { op: add, path: /stringData/password, value: ${q(value)} }\n`,
      }),
      [`${folder}/k.yaml`]: kustomization(`${folder}-k`, `./${folder}/mid`),
    }),
  },
  'a variable of a Kustomization': {
    files: (folder, value) => ({
      [`${folder}/app/s.yaml`]: SECRET(folder, `password: "${VARIABLE}"`),
      [`${folder}/app/c.yaml`]: configMap(folder, `a: "is ${VARIABLE}."`),
      [`${folder}/mid/k.yaml`]: kustomization(`${folder}-app`, `./${folder}/app`, {
        more: `  postBuild: { substitute: { pw: ${q(value)} } }\n`,
      }),
      [`${folder}/k.yaml`]: kustomization(`${folder}-k`, `./${folder}/mid`),
    }),
  },
  'variables in a ConfigMap': {
    files: (folder, value) => ({
      [`${folder}/app/s.yaml`]: SECRET(folder, `password: "${VARIABLE}"`),
      [`${folder}/mid/v.yaml`]: configMap(folder, `pw: ${q(value)}`, '  namespace: flux-system\n'),
      [`${folder}/mid/k.yaml`]: kustomization(`${folder}-app`, `./${folder}/app`, {
        more: `  postBuild: { substituteFrom: [{ kind: ConfigMap, name: ${folder} }] }\n`,
      }),
      [`${folder}/k.yaml`]: kustomization(`${folder}-k`, `./${folder}/mid`),
    }),
  },
  'a wrong field of another kind': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': 'resources: [s.yaml, d.yaml]\n',
        's.yaml': SECRET(folder, `password: ${q(value)}`),
        'd.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${folder}, labels: { l: ${q(`a ${value}`)} } }\nspec:\n  replicas: ${q(`${value} `)}\n  selector: { matchLabels: { a: b } }\n  template:\n    metadata: { labels: { a: b } }\n    spec: { containers: [{ name: ${q(`${value}_`)}, image: ${q(`registry/x:${value}`)}, args: [${q(`-p${value.toLowerCase()}`)}], imagePullPolicy: ${q(value.toUpperCase())} }] }\n`,
      }),
  },
  'the message of a rule in CEL': {
    files: (folder, value) =>
      inFolder(folder, {
        'kustomization.yaml': 'resources: [s.yaml, d.yaml, w.yaml]\n',
        's.yaml': SECRET(folder, `password: ${q(value)}`),
        'd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${folder}s.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: ${folder.toUpperCase()}, plural: ${folder}s }
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
            properties: { t: { type: string, maxLength: 90 } }
            x-kubernetes-validations: [{ rule: "self.t == 'x'", messageExpression: "'it is ' + self.t.upperAscii() + self.t" }]
`,
        'w.yaml': `apiVersion: example.com/v1\nkind: ${folder.toUpperCase()}\nmetadata: { name: ${folder} }\nspec: { t: ${q(`${value}.`)} }\n`,
      }),
  },
};

/** Beside every place: what Flux reads, and a policy of the user's own that prints all it is given. */
export const BESIDE_PLACES: TestFiles = {
  '.hydrant.yaml': 'policies: { paths: [policies] }\n',
  'flux.yaml': gitRepository(),
  'policies/print.rego':
    'package main\n\ndeny contains msg if {\n\tinput.kind in {"ConfigMap", "Deployment"}\n\tmsg := sprintf("it has %v and %v", [input.data, upper(json.marshal(input))])\n}\n',
};
