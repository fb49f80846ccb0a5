import { applicationWith, inRepository, REPOSITORY, withSource } from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';

/** A part of a repository with a target or set that is not rendered, and the texts of it that decide what that gives. */
export interface SilentPart {
  readonly files: TestFiles;
  /** Each a file with a text of it; whoever changes it changes what a cluster gets. */
  readonly decides: readonly (readonly [file: string, text: string])[];
  /** Folders in which a new file would be read. */
  readonly folders: readonly string[];
}

const remoteChart = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: proxy, namespace: argocd }
spec:
  project: default
  destination: { namespace: edge, server: https://kubernetes.default.svc }
  ignoreDifferences: [{ kind: Secret, jsonPointers: [/data/ca] }]
  sources:
    - chart: proxy
      repoURL: https://charts.invalid/stable
      targetRevision: 4.1.0
      helm:
        releaseName: front
        valueFiles: [$own/proxy/values.yaml]
        valuesObject: { workers: 3 }
        parameters: [{ name: tls.mode, value: passthrough }]
    - { repoURL: '${REPOSITORY}.git', targetRevision: main, ref: own }
`;

const release = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: mail, namespace: mail }
spec:
  interval: 10m
  url: oci://registry.invalid/charts/mail
  ref: { tag: 2.0.1 }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: mail, namespace: mail }
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: mail }
  targetNamespace: post
  valuesFrom: [{ kind: ConfigMap, name: mail-values }]
  values: { relay: { hosts: [mx1, mx2] } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: mail-values, namespace: mail }
data: { values.yaml: 'quota: 12' }
`;

const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: tenants, namespace: argocd }
spec:
  generators:
    - matrix:
        generators:
          - clusters: { selector: { matchLabels: { tier: gold } } }
          - git: { repoURL: '${REPOSITORY}.git', revision: main, directories: [{ path: tenants/* }] }
  template:
    metadata: { name: '{{name}}-{{path.basename}}' }
    spec:
      project: default
      destination: { server: '{{server}}', namespace: tenants }
      source: { repoURL: '${REPOSITORY}.git', targetRevision: main, path: '{{path}}' }
`;

const configMap = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { key: ${value} }\n`;

/** A ResourceSet that makes Kustomizations; `inputs` in flow form, without braces. */
function resourceSet(inputs: string, template: string): string {
  const spec = inputs.replaceAll(/, (?=inputs:)/g, '\n  ');
  return `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: made, namespace: flux-system }
spec:
  ${spec}
  resourcesTemplate: |
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
${template}`;
}

/** Parts of which what is read stands outside of the folder that a source names. */
export const BESIDE_ITS_FOLDER = {
  jsonnet: 'an Application with Jsonnet that imports',
  plugin: 'an Application whose plugin reads more than its folder',
  set: 'an ApplicationSet whose sources read more than their folders',
} as const;

/** Ways to write what nobody can render without the network or a cluster, and renders that stop early. */
export const SILENT_PARTS: Readonly<Record<string, SilentPart>> = {
  'an Application of a chart that is not fetched': {
    files: { 'apps/proxy.yaml': remoteChart, 'proxy/values.yaml': 'listen: 8443\n' },
    decides: [
      ['apps/proxy.yaml', '4.1.0'],
      ['apps/proxy.yaml', 'front'],
      ['apps/proxy.yaml', 'workers: 3'],
      ['apps/proxy.yaml', 'passthrough'],
      ['apps/proxy.yaml', 'namespace: edge'],
      ['apps/proxy.yaml', '/data/ca'],
      ['proxy/values.yaml', '8443'],
    ],
    folders: [],
  },
  'a HelmRelease of a chart that is not fetched': {
    files: { 'mail/release.yaml': release },
    decides: [
      ['mail/release.yaml', '2.0.1'],
      ['mail/release.yaml', 'charts/mail'],
      ['mail/release.yaml', 'mx2'],
      ['mail/release.yaml', 'quota: 12'],
      ['mail/release.yaml', 'targetNamespace: post'],
    ],
    folders: [],
  },
  'an overlay of a remote base': {
    files: {
      'remote/kustomization.yaml':
        'resources: [https://git.invalid/acme/base//web?ref=v3]\npatches: [{ path: ../shared/patch.yaml }]\nconfigMapGenerator: [{ name: env, envs: [app.env] }]\n',
      'remote/app.env': 'MODE=fast\n',
      'shared/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 4 }\n',
    },
    decides: [
      ['remote/kustomization.yaml', 'ref=v3'],
      ['remote/app.env', 'fast'],
      ['shared/patch.yaml', 'replicas: 4'],
    ],
    folders: ['remote'],
  },
  'an overlay with a chart that is not fetched': {
    files: {
      'inflated/kustomization.yaml':
        'helmCharts: [{ name: cache, repo: https://charts.invalid/stable, version: 7.2.0, valuesFile: ../inflated-values/cache.yaml }]\nresources: [own.yaml]\n',
      'inflated-values/cache.yaml': 'size: 40Gi\n',
      'inflated/own.yaml': configMap('own', 'first'),
    },
    decides: [
      ['inflated/kustomization.yaml', '7.2.0'],
      ['inflated-values/cache.yaml', '40Gi'],
      ['inflated/own.yaml', 'first'],
    ],
    folders: [],
  },
  'an overlay that breaks before its last file': {
    files: {
      'broken/kustomization.yaml': 'resources: [gone.yaml, ../last/last.yaml]\n',
      'last/last.yaml': configMap('last', 'ten'),
    },
    decides: [
      ['broken/kustomization.yaml', 'last.yaml]'],
      ['last/last.yaml', 'ten'],
    ],
    folders: [],
  },
  'a chart without its dependency': {
    files: {
      'charts/shop/Chart.yaml':
        'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{ name: db, version: 5.0.1, repository: https://charts.invalid/stable }]\n',
      'charts/shop/values.yaml': 'pool: 16\n',
      'charts/shop/templates/cm.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pool }\ndata: { pool: "{{ .Values.pool }}" }\n',
    },
    decides: [
      ['charts/shop/Chart.yaml', '5.0.1'],
      ['charts/shop/values.yaml', '16'],
      ['charts/shop/templates/cm.yaml', 'data: {'],
    ],
    folders: ['charts/shop/templates'],
  },
  'an ApplicationSet over clusters that nobody lists': {
    files: {
      'sets/tenants.yaml': set,
      'tenants/red/kustomization.yaml': 'resources: [cm.yaml]\n',
      'tenants/red/cm.yaml': configMap('red', 'crimson'),
    },
    decides: [
      ['sets/tenants.yaml', 'tier: gold'],
      ['sets/tenants.yaml', 'path: tenants/*'],
      ['sets/tenants.yaml', 'namespace: tenants'],
      ['tenants/red/cm.yaml', 'crimson'],
    ],
    folders: ['tenants/blue', 'tenants/red'],
  },
  'an ApplicationSet that patches its template': {
    files: {
      'sets/patched.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: patched, namespace: argocd }
spec:
  goTemplate: true
  generators: [{ plugin: { configMapRef: { name: asked } } }]
  templatePatch: |
    spec: { source: { helm: { valueFiles: [../../patched/{{ .name }}.yaml] } } }
  template:
    metadata: { name: '{{ .name }}' }
    spec:
      project: default
      destination: { server: https://kubernetes.default.svc, namespace: web }
      source:
        repoURL: ${REPOSITORY}.git
        targetRevision: main
        path: helm/site
        helm: { fileParameters: [{ name: motd, path: '../../motd/{{ .name }}.txt' }] }
`,
      'sets/asked.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: asked, namespace: argocd }\ndata: { baseUrl: http://asked:80 }\n',
      'helm/site/Chart.yaml': 'apiVersion: v2\nname: site\nversion: 1.0.0\n',
      'patched/east.yaml': 'size: 5\n',
      'motd/east.txt': 'hello\n',
    },
    decides: [
      ['sets/asked.yaml', 'asked:80'],
      ['helm/site/Chart.yaml', '1.0.0'],
      ['patched/east.yaml', 'size: 5'],
      ['motd/east.txt', 'hello'],
    ],
    folders: ['patched'],
  },
  'a ResourceSet whose inputs nobody has': {
    files: {
      'sets/resources.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: teams, namespace: flux-system }
spec:
  inputsFrom: [{ kind: ResourceSetInputProvider, selector: { matchLabels: { team: any } } }]
  resourcesTemplate: |
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: << inputs.name >>, namespace: flux-system }
    spec:
      path: "./teams/<< inputs.name >>"
      sourceRef: { kind: GitRepository, name: flux-system }
`,
      'teams/green/deep/values.txt': 'leaves\n',
    },
    decides: [
      ['sets/resources.yaml', 'team: any'],
      ['teams/green/deep/values.txt', 'leaves'],
    ],
    folders: ['teams/blue'],
  },
  'a ResourceSet with the path as an input': {
    files: {
      'sets/paths.yaml': resourceSet(
        'inputsFrom: [{ kind: ResourceSetInputProvider, name: folders }]',
        `    metadata: { name: << inputs.id >>, namespace: flux-system }
    spec:
      path: << inputs.path >>
      sourceRef: { kind: GitRepository, name: flux-system }
`,
      ),
      'anywhere/deep/values.txt': 'leaves\n',
    },
    decides: [
      ['sets/paths.yaml', 'inputs.path'],
      ['anywhere/deep/values.txt', 'leaves'],
    ],
    folders: ['anywhere/else'],
  },
  'a ResourceSet with a spec as an input': {
    files: {
      'sets/specs.yaml': resourceSet(
        'inputsFrom: [{ kind: ResourceSetInputProvider, name: folders }]',
        `    metadata: { name: << inputs.id >>, namespace: flux-system }
    spec: << inputs.spec | toJson >>
`,
      ),
      'whole/values.txt': 'leaves\n',
    },
    decides: [['whole/values.txt', 'leaves']],
    folders: ['whole'],
  },
  'a ResourceSet whose providers are in the repository': {
    files: {
      'sets/labelled.yaml': resourceSet(
        'inputsFrom: [{ selector: { matchLabels: { team: red } } }]',
        `    metadata: { name: << inputs.id >>, namespace: flux-system }
    spec:
      path: ./red/<< inputs.id >>
      components: [../parts/common]
      sourceRef: { kind: GitRepository, name: flux-system }
`,
      ),
      'sets/provider.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: red, namespace: flux-system, labels: { team: red } }
spec: { type: Static, defaultValues: { size: small } }
`,
      'red/one/values.txt': 'leaves\n',
    },
    decides: [
      ['sets/provider.yaml', 'small'],
      ['red/one/values.txt', 'leaves'],
    ],
    folders: ['red/two'],
  },
  'a HelmRelease with values that a ResourceSet copies': {
    files: {
      'copied/set.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: copies, namespace: flux-system }
spec:
  resources:
    - apiVersion: v1
      kind: ConfigMap
      metadata: { name: copy, namespace: mail, annotations: { fluxcd.controlplane.io/copyFrom: shared/mail } }
`,
      'copied/source.yaml':
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mail, namespace: shared }\ndata: { values.yaml: 'quota: 12' }\n",
      'copied/release.yaml': release
        .replaceAll('mail-values', 'copy')
        .split('---\n')
        .slice(0, 2)
        .join('---\n'),
    },
    decides: [['copied/source.yaml', 'quota: 12']],
    folders: [],
  },
  'a ResourceSet that permutes its inputs': {
    files: {
      'sets/permuted.yaml': resourceSet(
        'inputStrategy: { name: Permute }, inputs: [{ folder: permuted }]',
        `    metadata: { name: all, namespace: flux-system }
    spec:
      path: "./<< inputs.folder >>/base"
      sourceRef: { kind: GitRepository, name: flux-system }
`,
      ),
      'permuted/base/values.txt': 'leaves\n',
    },
    decides: [
      ['sets/permuted.yaml', 'folder: permuted'],
      ['permuted/base/values.txt', 'leaves'],
    ],
    folders: ['permuted/base'],
  },
  'an Application with a plugin': {
    files: {
      'apps/plugin.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: plugin, namespace: argocd }
spec:
  project: default
  destination: { namespace: web, server: https://kubernetes.default.svc }
  source:
    repoURL: ${REPOSITORY}.git
    targetRevision: main
    path: jsonnet/site
    plugin: { name: tanka, env: [{ name: STAGE, value: canary }] }
`,
      'jsonnet/site/main.jsonnet': '{ replicas: 3 }\n',
    },
    decides: [
      ['apps/plugin.yaml', 'tanka'],
      ['apps/plugin.yaml', 'canary'],
      ['jsonnet/site/main.jsonnet', 'replicas: 3'],
    ],
    folders: ['jsonnet/site'],
  },
  [BESIDE_ITS_FOLDER.jsonnet]: {
    files: {
      'apps/evaluated.yaml': withSource(
        { path: 'evaluated', directory: { jsonnet: { libs: ['bundle'] } } },
        'evaluated',
      ),
      'evaluated/site.jsonnet': `local parts = import '../parts/all.libsonnet';\nparts + (import "vendored.libsonnet")\n`,
      'parts/all.libsonnet': "{ site: importstr 'motd.txt' }\n",
      'parts/motd.txt': 'welcome\n',
      'bundle/vendored.libsonnet': '{ level: 4 }\n',
    },
    decides: [
      ['parts/all.libsonnet', 'site'],
      ['parts/motd.txt', 'welcome'],
      ['bundle/vendored.libsonnet', 'level: 4'],
    ],
    folders: ['bundle'],
  },
  [BESIDE_ITS_FOLDER.plugin]: {
    files: {
      'apps/helmfile.yaml': applicationWith(
        {
          source: inRepository({
            path: 'releases',
            plugin: {
              name: 'helmfile',
              env: [{ name: 'ARGS', value: '--state-values-file=../given/all.yaml' }],
            },
          }),
        },
        'helmfile',
        { annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.;/told' } },
      ),
      'releases/helmfile.yaml':
        'releases: [{ name: site, chart: ../packaged/site, values: [../written/site.yaml] }]\n',
      'packaged/site/Chart.yaml': 'apiVersion: v2\nname: site\nversion: 1.0.0\n',
      'written/site.yaml': 'size: 6\n',
      'given/all.yaml': 'stage: late\n',
      'told/a.txt': 'words\n',
    },
    decides: [
      ['packaged/site/Chart.yaml', '1.0.0'],
      ['written/site.yaml', 'size: 6'],
      ['given/all.yaml', 'late'],
      ['told/a.txt', 'words'],
    ],
    folders: ['told'],
  },
  [BESIDE_ITS_FOLDER.set]: {
    files: {
      'sets/beside.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: beside, namespace: argocd }
spec:
  generators: [{ clusters: {} }]
  template:
    metadata:
      name: '{{name}}'
      annotations: { argocd.argoproj.io/manifest-generate-paths: '/announced/{{name}}' }
    spec:
      project: default
      destination: { name: '{{name}}', namespace: web }
      sources:
        - { repoURL: '${REPOSITORY}.git', targetRevision: main, path: umbrella }
        - repoURL: ${REPOSITORY}.git
          targetRevision: main
          path: made
          directory: { jsonnet: { libs: [shelf] } }
`,
      'umbrella/Chart.yaml':
        'apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies: [{ name: rib, version: 1.0.0, repository: "file://../ribs/rib" }]\n',
      'ribs/rib/Chart.yaml': 'apiVersion: v2\nname: rib\nversion: 1.0.0\n',
      'ribs/rib/templates/cm.yaml': configMap('rib', 'bone'),
      'made/main.jsonnet': "import '../beside/made.libsonnet'\n",
      'beside/made.libsonnet': '{ level: 7 }\n',
      'shelf/book.libsonnet': '{ level: 8 }\n',
      'announced/east/a.txt': 'words\n',
    },
    decides: [
      ['ribs/rib/templates/cm.yaml', 'bone'],
      ['beside/made.libsonnet', 'level: 7'],
      ['shelf/book.libsonnet', 'level: 8'],
      ['announced/east/a.txt', 'words'],
    ],
    folders: [],
  },
};
