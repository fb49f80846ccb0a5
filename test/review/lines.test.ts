// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Flux and Helm.
import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { Finding } from '../../src/model/finding.ts';
import { formatFieldPath } from '../../src/model/manifest.ts';
import {
  application,
  chartFiles,
  flux,
  gitRepository,
  kustomization as kustomizationOf,
  REPOSITORY,
} from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './operatorsReview.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const CONTAINER = 'spec.template.spec.containers[0]';
const REPLICAS = 'spec.replicas';
const IMAGE = `${CONTAINER}.image`;
const PRIVILEGED = `${CONTAINER}.securityContext.privileged`;

/** A Deployment; its lines are counted from `apiVersion`. */
const deployment = ({
  replicas = '1',
  image = 'app:1.0',
  privileged = 'false',
  name = 'app',
} = {}) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: {app: app}
  template:
    metadata:
      labels: {app: app}
    spec:
      containers:
      - name: app
        image: ${image}
        securityContext:
          privileged: ${privileged}
`;

const base = (more: Parameters<typeof deployment>[0] = {}) => ({
  'base/kustomization.yaml': 'resources: [d.yaml]\n',
  'base/d.yaml': deployment(more),
});
const overlay = (more: string, files: TestFiles = base()): TestFiles => ({
  ...files,
  'o/kustomization.yaml': `resources: [../base]\n${more}`,
});
const PATCH = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  template:
    spec:
      containers:
      - name: app
        securityContext:
          privileged: true
`;
const indented = (text: string, by = '    ') => `${by}${text.trim().replaceAll('\n', `\n${by}`)}\n`;

/** A chart whose Deployment has values for what the tests look at. */
const TEMPLATE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicaCount }}
  selector:
    matchLabels: {app: app}
  template:
    metadata:
      labels: {app: app}
    spec:
      {{- with .Values.hostNetwork }}
      hostNetwork: {{ . }}
      {{- end }}
      containers:
        - name: app
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          securityContext:
            {{- toYaml .Values.securityContext | nindent 12 }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
`;
const VALUES = `replicaCount: 1
image:
  repository: example.com/app
  tag: "1.0"
securityContext:
  runAsNonRoot: true
  privileged: false
resources: {}
`;
const chart = (
  values = VALUES,
  files: Readonly<Record<string, string>> = {},
  folder = 'charts/web',
): TestFiles =>
  chartFiles(folder, { 'values.yaml': values, 'templates/deployment.yaml': TEMPLATE, ...files });
const BAD = VALUES.replace('privileged: false', 'privileged: true');
const helmApp = (helm: string) => application('web', 'charts/web', { more: `    helm:\n${helm}` });
/** The overlay, and an Application that changes it. */
const kustomizeApp = (kustomize: string): TestFiles => ({
  ...overlay(''),
  'app.yaml': application('app', 'o', { more: `    kustomize:\n${kustomize}` }),
});
const release = (spec: string) =>
  flux(
    'HelmRelease',
    'web',
    `  chart:\n    spec:\n      chart: ./charts/web\n      sourceRef: { kind: GitRepository, name: flux-system }\n${spec}`,
  );
const SOURCE = gitRepository();
const kustomization = (more: string) => kustomizationOf('app', './o', { more });
const set = (elements: string, helm: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: web, namespace: argocd }
spec:
  generators:
  - list:
      elements:
${elements}  template:
    metadata: { name: 'web-{{ env }}' }
    spec:
      project: default
      destination: { server: https://kubernetes.default.svc, namespace: web }
      source:
        repoURL: ${REPOSITORY}
        path: charts/web
        targetRevision: main
        helm:
${helm}`;

/** A policy of the base that has something to say of every field that a case is about. */
const POLICY = `package marker

fields := [
  ["metadata", "name"], ["metadata", "namespace"], ["metadata", "labels", "team"], ["spec", "replicas"],
  ["spec", "template", "metadata", "annotations", "d"], ["spec", "template", "spec", "hostNetwork"],
  ["spec", "template", "spec", "hostPID"], ["spec", "template", "spec", "containers", 0, "image"],
  ["spec", "template", "spec", "containers", 0, "securityContext", "privileged"],
]

deny contains {"msg": sprintf("a field %v", [path]), "path": path} if {
  input.kind == "Deployment"
  some path in fields
  object.get(input, path, null) != null
}
`;

const STRICT = 'policies: { profile: strict }\n';

/** Where the finding on a field stands; all its places, where it has several. */
async function placeOf(files: TestFiles, fieldPath: string, rule = 'marker/deny'): Promise<string> {
  const { findings } = await reviewed(engine, {
    base: { 'policies/marker.rego': POLICY, '.hydrant.yaml': STRICT },
    head: files,
  });
  const about = findings.filter(
    (finding) =>
      finding.rule === rule && finding.fieldPath !== null && formatFieldPath(finding.fieldPath) === fieldPath,
  );
  const places = new Set(about.map(lineOf));
  if (places.size === 0)
    return `no finding on ${fieldPath}: ${findings.map(({ message }) => message).join('; ')}`;
  return [...places].toSorted().join(' ');
}

function lineOf({ location }: Finding): string {
  return location === null ? 'nowhere' : `${location.path}:${location.startLine}`;
}

type Case = readonly [name: string, files: TestFiles, fieldPath: string, expected: string];

const KUSTOMIZE: readonly Case[] = [
  ['the base', overlay('', base({ replicas: 'many' })), REPLICAS, 'base/d.yaml:6'],
  [
    "the overlay's own file",
    { 'o/kustomization.yaml': 'resources: [d.yaml]\n', 'o/d.yaml': deployment({ privileged: 'true' }) },
    PRIVILEGED,
    'o/d.yaml:17',
  ],
  [
    'a strategic patch in a file',
    overlay('patches:\n- path: p.yaml\n', { ...base(), 'o/p.yaml': PATCH }),
    PRIVILEGED,
    'o/p.yaml:11',
  ],
  [
    'a strategic patch in the kustomization',
    overlay(`patches:\n- patch: |-\n${indented(PATCH)}`),
    PRIVILEGED,
    'o/kustomization.yaml:14',
  ],
  [
    'a patch of patchesStrategicMerge',
    overlay('patchesStrategicMerge:\n- p.yaml\n', { ...base(), 'o/p.yaml': PATCH }),
    PRIVILEGED,
    'o/p.yaml:11',
  ],
  [
    'an item that a strategic patch adds to a list',
    overlay(
      `patches:\n- patch: |-\n${indented(PATCH.replace('name: app\n        sec', 'name: side\n        image: side:1.0\n        sec'))}`,
    ),
    `${CONTAINER}.securityContext.privileged`,
    'o/kustomization.yaml:15',
  ],
  [
    'a JSON patch in a file',
    overlay('patches:\n- path: p.json\n  target: {kind: Deployment}\n', {
      ...base(),
      'o/p.json':
        '[\n  {"op": "replace", "path": "/spec/replicas", "value": 2},\n  {"op": "replace",\n   "path": "/spec/template/spec/containers/0/securityContext/privileged",\n   "value": true}\n]\n',
    }),
    PRIVILEGED,
    'o/p.json:5',
  ],
  [
    'a JSON patch in the kustomization',
    overlay(
      'patches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: replace\n      path: /spec/replicas\n      value: lots\n',
    ),
    REPLICAS,
    'o/kustomization.yaml:7',
  ],
  [
    'a component',
    overlay('components: [../c]\n', {
      ...base(),
      'c/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- path: p.yaml\n`,
      'c/p.yaml': PATCH,
    }),
    PRIVILEGED,
    'c/p.yaml:11',
  ],
  ['the images', overlay('images:\n- name: app\n  newTag: latest\n'), IMAGE, 'o/kustomization.yaml:4'],
  [
    'the images, of two kustomizations the upper one',
    overlay('images:\n- name: app\n  newTag: latest\n', {
      ...base(),
      'base/kustomization.yaml': 'resources: [d.yaml]\nimages:\n- name: app\n  newTag: "2"\n',
    }),
    IMAGE,
    'o/kustomization.yaml:4',
  ],
  ['the replicas', overlay('replicas:\n- name: app\n  count: -1\n'), REPLICAS, 'o/kustomization.yaml:4'],
  ['the name prefix', overlay('namePrefix: Upper-\n'), 'metadata.name', 'o/kustomization.yaml:2'],
  ['a name without a prefix', overlay('', base({ name: 'Upper' })), 'metadata.name', 'base/d.yaml:4'],
  [
    'the labels',
    overlay('labels:\n- pairs:\n    team: "a b"\n'),
    'metadata.labels.team',
    'o/kustomization.yaml:4',
  ],
  ['the namespace', overlay('namespace: Upper\n'), 'metadata.namespace', 'o/kustomization.yaml:2'],
  [
    'a replacement',
    overlay(
      'configMapGenerator:\n- name: c\n  literals: [tag=latest]\nreplacements:\n- source: {kind: ConfigMap, name: c, fieldPath: data.tag}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths:\n    - spec.template.spec.containers.[name=app].image\n    options: {delimiter: ":", index: 1}\n',
    ),
    IMAGE,
    'o/kustomization.yaml:10',
  ],
  [
    'a later document',
    overlay('', {
      ...base(),
      'base/d.yaml': `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: app}\n---\n${deployment({ privileged: 'true' })}`,
    }),
    PRIVILEGED,
    'base/d.yaml:21',
  ],
  [
    'an item of a List',
    overlay('', {
      ...base(),
      'base/d.yaml': `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata: {name: app}\n- ${indented(deployment({ privileged: 'true' }), '  ').trim()}\n`,
    }),
    PRIVILEGED,
    'base/d.yaml:23',
  ],
  [
    'a JSON file',
    {
      'o/kustomization.yaml': 'resources: [d.json]\n',
      'o/d.json':
        '{\n  "apiVersion": "apps/v1",\n  "kind": "Deployment",\n  "metadata": {"name": "app"},\n  "spec": {\n    "replicas": "many",\n    "selector": {"matchLabels": {"app": "app"}},\n    "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app", "image": "app:1.0"}]}}\n  }\n}\n',
    },
    REPLICAS,
    'o/d.json:6',
  ],
  [
    "an anchor's mapping, where a merge key brings it in",
    {
      'o/kustomization.yaml': 'resources: [d.yaml]\n',
      'o/d.yaml': deployment()
        .replace('metadata:\n  name: app\n', 'metadata:\n  name: app\n  annotations: &a\n    b: c\n')
        .replace(
          '      labels: {app: app}\n',
          '      labels: {app: app}\n      annotations:\n        <<: *a\n        d: 5\n',
        ),
    },
    'spec.template.metadata.annotations.d',
    'o/d.yaml:16',
  ],
  [
    'helmCharts, for valuesInline',
    {
      ...chart(VALUES, {}, 'o/charts/web'),
      'o/kustomization.yaml':
        'helmGlobals: {chartHome: charts}\nhelmCharts:\n- name: web\n  releaseName: web\n  valuesInline:\n    securityContext:\n      privileged: true\n',
    },
    PRIVILEGED,
    'o/kustomization.yaml:7',
  ],
  [
    'helmCharts, for a values file',
    {
      ...chart(VALUES, {}, 'o/charts/web'),
      'o/kustomization.yaml':
        'helmGlobals: {chartHome: charts}\nhelmCharts:\n- name: web\n  releaseName: web\n  valuesFile: v.yaml\n',
      'o/v.yaml': '# Ours\nimage: {repository: app, tag: latest}\n',
    },
    IMAGE,
    'o/v.yaml:2',
  ],
];

const HELM: readonly Case[] = [
  ["the chart's own values", chart(BAD), PRIVILEGED, 'charts/web/values.yaml:7'],
  [
    "a values file over the chart's",
    { ...chart(), 'charts/web/values-prod.yaml': 'replicaCount: 3\nsecurityContext:\n  privileged: true\n' },
    PRIVILEGED,
    'charts/web/values-prod.yaml:3 charts/web/values.yaml:7',
  ],
  ['a part of a text, the last', chart(VALUES.replace('"1.0"', 'latest')), IMAGE, 'charts/web/values.yaml:4'],
  [
    'a number',
    chart(VALUES.replace('replicaCount: 1', 'replicaCount: -1')),
    REPLICAS,
    'charts/web/values.yaml:1',
  ],
  [
    'a value that a block is made with',
    chart(`${VALUES}hostNetwork: true\n`),
    'spec.template.spec.hostNetwork',
    'charts/web/values.yaml:9',
  ],
  [
    'an anchor in the values',
    chart(`defaults: &d\n  privileged: true\n${VALUES.replace('  privileged: false\n', '  <<: *d\n')}`),
    PRIVILEGED,
    'charts/web/values.yaml:2',
  ],
  [
    "the template's own line",
    chart(VALUES, {
      'templates/deployment.yaml': TEMPLATE.replace(
        '      containers:',
        '      hostPID: true\n      containers:',
      ),
    }),
    'spec.template.spec.hostPID',
    'charts/web/templates/deployment.yaml:16',
  ],
  [
    "the template's line of what is computed",
    chart(VALUES, {
      'templates/deployment.yaml': TEMPLATE.replace(
        '      containers:',
        '      hostPID: {{ eq .Values.image.tag "1.0" }}\n      containers:',
      ),
    }),
    'spec.template.spec.hostPID',
    'charts/web/templates/deployment.yaml:16',
  ],
  [
    "a helper's line",
    chart(VALUES, {
      'templates/deployment.yaml': TEMPLATE.replace(
        '      containers:',
        '      {{- include "web.pod" . | nindent 6 }}\n      containers:',
      ),
      'templates/_helpers.tpl': '{{- define "web.pod" -}}\ndnsPolicy: Default\nhostPID: true\n{{- end }}\n',
    }),
    'spec.template.spec.hostPID',
    'charts/web/templates/_helpers.tpl:3',
  ],
  [
    "a subchart's own values",
    {
      ...chart(VALUES, {
        'Chart.yaml':
          'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- name: sub\n  version: 1.0.0\n',
      }),
      'charts/web/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
      'charts/web/charts/sub/values.yaml': '# Of the subchart\nprivileged: true\n',
      'charts/web/charts/sub/templates/d.yaml': deployment({
        privileged: '{{ .Values.privileged }}',
        name: 'sub',
      }),
    },
    PRIVILEGED,
    'charts/web/charts/sub/values.yaml:2 charts/web/values.yaml:7',
  ],
  [
    "a subchart's values in those of the chart",
    {
      ...chart(`${VALUES}sub:\n  privileged: true\n`, {
        'Chart.yaml':
          'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- name: sub\n  version: 1.0.0\n',
      }),
      'charts/web/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
      'charts/web/charts/sub/values.yaml': '# Of the subchart\nprivileged: false\n',
      'charts/web/charts/sub/templates/d.yaml': deployment({
        privileged: '{{ .Values.privileged }}',
        name: 'sub',
      }),
    },
    PRIVILEGED,
    'charts/web/values.yaml:10 charts/web/values.yaml:7',
  ],
];

const MISSING: readonly Case[] = [
  ['an empty value', chart(), `${CONTAINER}.resources`, 'charts/web/values.yaml:8'],
  [
    'an empty value of a file over it',
    { ...chart(), 'charts/web/values-prod.yaml': 'resources:\n' },
    `${CONTAINER}.resources`,
    'charts/web/values.yaml:8',
  ],
  [
    'the item of the template, without a value for it',
    chart(VALUES, { 'templates/deployment.yaml': TEMPLATE.replace(/ {10}resources:\n.*\n/, '') }),
    CONTAINER,
    'charts/web/templates/deployment.yaml:17',
  ],
];

const OPERATORS: readonly Case[] = [
  [
    'a parameter of an Application',
    {
      ...chart(),
      'app.yaml': helmApp(
        '      parameters:\n      - name: replicaCount\n        value: "3"\n      - name: securityContext.privileged\n        value: "true"\n',
      ),
    },
    PRIVILEGED,
    'app.yaml:20',
  ],
  [
    'the valuesObject of an Application',
    {
      ...chart(),
      'app.yaml': helmApp('      valuesObject:\n        securityContext:\n          privileged: true\n'),
    },
    PRIVILEGED,
    'app.yaml:18',
  ],
  [
    'the values of an Application',
    {
      ...chart(),
      'app.yaml': helmApp(
        '      values: |\n        replicaCount: 2\n        image:\n          tag: latest\n',
      ),
    },
    IMAGE,
    'app.yaml:19',
  ],
  [
    'a values file of an Application',
    {
      ...chart(),
      'app.yaml': helmApp('      valueFiles: [/env/prod.yaml]\n'),
      'env/prod.yaml': 'replicaCount: -2\n',
    },
    REPLICAS,
    'env/prod.yaml:1',
  ],
  [
    'an image of an Application',
    kustomizeApp('      images:\n      - other:1\n      - app:latest\n'),
    IMAGE,
    'app.yaml:18',
  ],
  [
    'a patch of an Application',
    kustomizeApp(
      `      patches:\n      - target: {kind: Deployment}\n        patch: |-\n${indented(PATCH, '          ')}`,
    ),
    PRIVILEGED,
    'app.yaml:29',
  ],
  [
    'the replicas of an Application',
    kustomizeApp('      replicas:\n      - name: app\n        count: -1\n'),
    REPLICAS,
    'app.yaml:18',
  ],
  [
    'a label of an Application',
    kustomizeApp('      commonLabels:\n        team: a b\n'),
    'metadata.labels.team',
    'app.yaml:17',
  ],
  [
    'an element of an ApplicationSet',
    {
      ...chart(),
      'set.yaml': set(
        '      - env: dev\n        privileged: "false"\n      - env: prod\n        privileged: "true"\n',
        "          parameters: [{ name: securityContext.privileged, value: '{{ privileged }}' }]\n",
      ),
    },
    PRIVILEGED,
    'set.yaml:11 set.yaml:9',
  ],
  [
    'the template of an ApplicationSet',
    {
      ...chart(),
      'set.yaml': set(
        '      - env: dev\n',
        '          valuesObject:\n            securityContext:\n              privileged: true\n',
      ),
    },
    PRIVILEGED,
    'set.yaml:21',
  ],
  [
    'the values of a HelmRelease',
    {
      ...chart(),
      'source.yaml': SOURCE,
      'release.yaml': release('  values:\n    securityContext:\n      privileged: true\n'),
    },
    PRIVILEGED,
    'release.yaml:14',
  ],
  [
    'a ConfigMap of a HelmRelease',
    {
      ...chart(),
      'source.yaml': SOURCE,
      'release.yaml': release('  valuesFrom: [{ kind: ConfigMap, name: v }]\n'),
      'v.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: v, namespace: flux-system }\ndata:\n  values.yaml: |\n    replicaCount: 2\n    securityContext:\n      privileged: true\n',
    },
    PRIVILEGED,
    'v.yaml:8',
  ],
  [
    'a post renderer of a HelmRelease',
    {
      ...chart(),
      'source.yaml': SOURCE,
      'release.yaml': release(
        `  postRenderers:\n  - kustomize:\n      patches:\n      - target: {kind: Deployment}\n        patch: |\n${indented(PATCH, '          ')}`,
      ),
    },
    PRIVILEGED,
    'release.yaml:27',
  ],
  [
    'a variable of a Kustomization',
    {
      ...overlay('', base({ replicas: '${replicas}' })),
      'source.yaml': SOURCE,
      'ks.yaml': kustomization('  postBuild:\n    substitute:\n      other: "1"\n      replicas: "-1"\n'),
    },
    REPLICAS,
    'ks.yaml:14',
  ],
  [
    'a variable of a ConfigMap',
    {
      ...overlay('', base({ image: 'app:${tag:=1.0}' })),
      'source.yaml': SOURCE,
      'ks.yaml': kustomization('  postBuild:\n    substituteFrom: [{ kind: ConfigMap, name: vars }]\n'),
      'vars.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars, namespace: flux-system }\ndata:\n  tag: latest\n',
    },
    IMAGE,
    'vars.yaml:5',
  ],
  [
    'the default of a variable',
    {
      ...overlay('', base({ image: 'app:${tag:=latest}' })),
      'source.yaml': SOURCE,
      'ks.yaml': kustomization('  postBuild:\n    substitute: { other: x }\n'),
    },
    IMAGE,
    'base/d.yaml:15',
  ],
  [
    'a patch of a Kustomization',
    {
      ...overlay(''),
      'source.yaml': SOURCE,
      'ks.yaml': kustomization(`  patches:\n  - patch: |\n${indented(PATCH, '      ')}`),
    },
    PRIVILEGED,
    'ks.yaml:23',
  ],
  [
    'an image of a Kustomization that Flux makes the file for',
    {
      'o/d.yaml': deployment(),
      'source.yaml': SOURCE,
      'ks.yaml': kustomization('  images:\n  - name: app\n    newTag: latest\n'),
    },
    IMAGE,
    'ks.yaml:13',
  ],
  [
    'an Application in an Application',
    {
      ...chart(),
      'root.yaml': application('root', 'apps'),
      'apps/app.yaml': helmApp(
        '      parameters:\n      - name: securityContext.privileged\n        value: "true"\n',
      ),
    },
    PRIVILEGED,
    'apps/app.yaml:18',
  ],
];

const NAMESPACED = deployment().replace('  name: app\n', '  name: app\n  namespace: web\n');
/** The chart, with a namespace in its template. */
const chartIn = (namespace: string, values = VALUES) =>
  chart(values, {
    'templates/deployment.yaml': TEMPLATE.replace('spec:\n', `  namespace: ${namespace}\nspec:\n`),
  });

const NAMESPACES: readonly (readonly [name: string, files: TestFiles, expected: string])[] = [
  [
    'the destination of an Application',
    { ...overlay(''), 'app.yaml': application('app', 'o') },
    'app.yaml:9',
  ],
  [
    'the destination, of a chart that writes none',
    { ...chart(), 'app.yaml': application('web', 'charts/web') },
    'app.yaml:9',
  ],
  [
    'the destination, of a chart that asks for it',
    { ...chartIn('{{ .Release.Namespace | quote }}'), 'app.yaml': application('web', 'charts/web') },
    'app.yaml:9',
  ],
  [
    'the template of an ApplicationSet',
    { ...chart(), 'set.yaml': set('      - env: dev\n', '') },
    'set.yaml:13',
  ],
  [
    'the file that writes it as well',
    { ...overlay('', { ...base(), 'base/d.yaml': NAMESPACED }), 'app.yaml': application('app', 'o') },
    'base/d.yaml:5',
  ],
  [
    'the kustomization that sets it as well',
    { ...overlay('namespace: web\n'), 'app.yaml': application('app', 'o') },
    'o/kustomization.yaml:2',
  ],
  [
    'the template that writes it as well',
    { ...chartIn('web'), 'app.yaml': application('web', 'charts/web') },
    'charts/web/templates/deployment.yaml:5',
  ],
  [
    'the value of a chart',
    {
      ...chartIn('{{ .Values.space }}', `${VALUES}space: web\n`),
      'app.yaml': application('web', 'charts/web'),
    },
    'charts/web/values.yaml:9',
  ],
  [
    'the target namespace of a Kustomization',
    { ...overlay(''), 'source.yaml': SOURCE, 'ks.yaml': kustomization('  targetNamespace: shop\n') },
    'ks.yaml:11',
  ],
  [
    'the target namespace of a HelmRelease',
    {
      ...chartIn('{{ .Release.Namespace }}'),
      'source.yaml': SOURCE,
      'release.yaml': release('  targetNamespace: shop\n'),
    },
    'release.yaml:12',
  ],
  [
    'the namespace of a HelmRelease',
    { ...chartIn('{{ .Release.Namespace }}'), 'source.yaml': SOURCE, 'release.yaml': release('') },
    'release.yaml:5',
  ],
];

describe('a finding on the namespace that an operator gives stands at', () => {
  test.each([...NAMESPACES])('%s', async (...[, files, expected]) => {
    expect(await placeOf(files, 'metadata.namespace')).toBe(expected);
  });
});

describe('a finding stands at', () => {
  test.each([...KUSTOMIZE])('%s', async (...[, files, fieldPath, expected]) => {
    expect(await placeOf(files, fieldPath)).toBe(expected);
  });
});

describe('a finding on what a chart renders stands at', () => {
  test.each([...HELM])('%s', async (...[, files, fieldPath, expected]) => {
    expect(await placeOf(files, fieldPath)).toBe(expected);
  });
});

describe('a finding on what a chart leaves out stands at', () => {
  test.each([...MISSING])('%s', async (...[, files, fieldPath, expected]) => {
    expect(await placeOf(files, fieldPath, 'containers/resources-required')).toBe(expected);
  });
});

describe('a finding on what an operator renders stands at', () => {
  test.each([...OPERATORS])('%s', async (...[, files, fieldPath, expected]) => {
    expect(await placeOf(files, fieldPath)).toBe(expected);
  });
});

test('what is no YAML once it is rendered stands at the line of the template that makes it so', async () => {
  const template = `${TEMPLATE}          workingDir: {{ .Values.image.repository }}\n`;
  const broken = VALUES.replace('example.com/app', '"a: b: c"');
  const { findings } = await reviewed(engine, {
    head: chart(broken, { 'templates/deployment.yaml': template }),
  });
  expect(findings.map((finding) => `${finding.rule} ${lineOf(finding)}`)).toEqual([
    'render/syntax charts/web/templates/deployment.yaml:23',
  ]);
});

test('a file that is too large to look for objects in is not validated', async () => {
  const large = `${application('web', 'charts/web')}---\n# ${'x'.repeat(8 * 1024 * 1024)}\n`;
  const data = `{"a": "${'x'.repeat(8 * 1024 * 1024)}"}\n`;
  const { notValidated } = await reviewed(engine, { head: { 'apps/large.yaml': large, 'data.json': data } });
  expect(notValidated.filter(({ concern }) => concern === 'render')).toEqual([
    {
      subject: 'apps/large.yaml',
      reason: 'it is larger than 8 MiB, so that objects of Argo CD or Flux in it are not followed',
      concern: 'render',
    },
  ]);
}, 60_000);
