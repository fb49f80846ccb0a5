import type { TestFiles } from '../../helpers/repository.ts';
import { base64, CONFIG_MAP, overlay, resources, type SecretCase, secret } from './files.ts';

const SECRET = `apiVersion: v1\nkind: Secret\nmetadata: { name: "{{ .Release.Name }}" }\n`;

/** A chart whose template of a Secret has the given data. */
const chart = (data: string, values: string): TestFiles => ({
  'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'c/values.yaml': values,
  'c/templates/secret.yaml': `${SECRET}${data}`,
});

const PASSWORD = 'stringData:\n  password: {{ .Values.auth.password | quote }}\n';
const NO_PASSWORD = chart(PASSWORD, 'auth:\n  password: ""\n');

const application = (helm: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd }\nspec:\n  project: apps\n  destination: { server: https://kubernetes.default.svc, namespace: n }\n  source:\n    repoURL: https://example.com/r.git\n    path: c\n    helm:\n${helm.replace(/^(?=.)/gm, '      ')}`;

const SETTINGS = { '.hydrant.yaml': 'repository: { urls: [https://example.com/r.git] }\n' };

const flux = (kind: string, version: string, spec: string) =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: a, namespace: flux-system }\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}`;
const GIT =
  'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: r, namespace: flux-system }\nspec: { url: https://example.com/r.git, interval: 1m, ref: { branch: main } }\n';
const release = (values: string) =>
  flux(
    'HelmRelease',
    'helm.toolkit.fluxcd.io/v2',
    `interval: 1m\nchart: { spec: { chart: c, sourceRef: { kind: GitRepository, name: r } } }\n${values}`,
  );

/** Values that rendering puts into a Secret, found where they are written. */
export const inValues: readonly SecretCase[] = [
  {
    name: "a chart's own values",
    commits: [chart(PASSWORD, 'auth:\n  # words\n  password: canary-v1\n')],
    expected: ['secret/helm-value c/values.yaml:3'],
  },
  {
    name: 'a value that the template encodes',
    commits: [chart('data:\n  password: {{ .Values.password | b64enc }}\n', 'password: canary-v2\n')],
    expected: ['secret/helm-value c/values.yaml:1'],
  },
  {
    name: 'a value that its author encoded',
    commits: [
      chart('data:\n  password: {{ .Values.password }}\n', `x: y\npassword: ${base64('canary-v3')}\n`),
    ],
    expected: ['secret/helm-value c/values.yaml:2'],
  },
  {
    name: 'a value in the middle of another',
    commits: [
      chart(
        'stringData:\n  url: postgres://app:{{ .Values.password }}@{{ .Values.host }}/app\n',
        'host: db.example.com\npassword: canary-v4\n',
      ),
    ],
    expected: ['secret/helm-value c/values.yaml:2'],
  },
  {
    name: 'all values below a field',
    commits: [
      chart(
        'stringData: {{ toYaml .Values.secrets | nindent 2 }}\n',
        'secrets:\n  a: canary-v5\n  b: canary-v6\n',
      ),
    ],
    expected: ['secret/helm-value c/values.yaml:2', 'secret/helm-value c/values.yaml:3'],
  },
  {
    name: 'the values of a subchart',
    commits: [
      {
        'p/Chart.yaml': 'apiVersion: v2\nname: p\nversion: 1.0.0\n',
        'p/values.yaml': 'c:\n  auth: { password: canary-v7 }\n',
        ...Object.fromEntries(
          Object.entries(NO_PASSWORD).map(([name, content]) => [`p/charts/${name}`, content]),
        ),
      },
    ],
    expected: ['secret/helm-value p/values.yaml:2'],
  },
  {
    name: 'the template of a chart',
    commits: [chart('stringData:\n  password: canary-v8\n', 'x: y\n')],
    expected: ['secret/plain-secret c/templates/secret.yaml:5'],
  },
  {
    name: 'parameters of an Application',
    base: { ...SETTINGS, ...NO_PASSWORD },
    commits: [{ 'apps/a.yaml': application('parameters:\n- name: auth.password\n  value: canary-v9\n') }],
    expected: ['secret/helm-value apps/a.yaml:13'],
  },
  {
    name: 'parameters of an Application, of which an annotation has the same text',
    base: { ...SETTINGS, ...NO_PASSWORD },
    commits: [
      {
        'apps/a.yaml': application('parameters:\n- name: auth.password\n  value: canary-v9\n').replace(
          'namespace: argocd }',
          'namespace: argocd, annotations: { example.com/note: canary-v9 } }',
        ),
      },
    ],
    expected: ['secret/helm-value apps/a.yaml:13'],
  },
  {
    name: 'parameters of an Application, of which another line has the same text: which one, nobody can tell',
    base: { ...SETTINGS, ...NO_PASSWORD },
    commits: [
      {
        'apps/a.yaml': application(
          'parameters:\n- name: note\n  value: canary-v9\n- name: auth.password\n  value: canary-v9\n',
        ),
      },
    ],
    expected: ['secret/plain-secret c/templates/secret.yaml:2'],
  },
  {
    name: 'valuesObject of an Application',
    base: { ...SETTINGS, ...NO_PASSWORD },
    commits: [{ 'apps/a.yaml': application('valuesObject:\n  auth:\n    password: canary-v10\n') }],
    expected: ['secret/helm-value apps/a.yaml:13'],
  },
  {
    name: 'values of an Application, as text',
    base: { ...SETTINGS, ...NO_PASSWORD },
    commits: [{ 'apps/a.yaml': application('values: |\n  auth:\n    password: canary-v11\n') }],
    expected: ['secret/helm-value apps/a.yaml:13'],
  },
  {
    name: 'a values file of an Application',
    base: {
      ...SETTINGS,
      ...NO_PASSWORD,
      'c/prod.yaml': 'auth: {}\n',
      'apps/a.yaml': application('valueFiles: [prod.yaml]\n'),
    },
    commits: [{ 'c/prod.yaml': 'auth:\n  password: canary-v12\n' }],
    expected: ['secret/helm-value c/prod.yaml:2'],
  },
  {
    name: 'values of a HelmRelease',
    base: { ...SETTINGS, ...NO_PASSWORD, 'flux/git.yaml': GIT },
    commits: [{ 'flux/a.yaml': release('values:\n  auth:\n    password: canary-v13\n') }],
    expected: ['secret/helm-value flux/a.yaml:9'],
  },
  {
    name: 'values of a ConfigMap for a HelmRelease',
    base: { ...SETTINGS, ...NO_PASSWORD, 'flux/git.yaml': GIT },
    commits: [
      {
        'flux/a.yaml': `${release('valuesFrom: [{ kind: ConfigMap, name: v }]\n')}---\n${CONFIG_MAP.replace('name: c', 'name: v, namespace: flux-system')}data:\n  values.yaml: |\n    auth:\n      password: canary-v14\n`,
      },
    ],
    expected: ['secret/helm-value flux/a.yaml:15'],
  },
  {
    name: 'a variable of a Kustomization',
    base: {
      ...SETTINGS,
      ...overlay(secret('a: "$' + '{PASSWORD}"')),
      'flux/git.yaml': GIT,
    },
    commits: [
      {
        'flux/a.yaml': flux(
          'Kustomization',
          'kustomize.toolkit.fluxcd.io/v1',
          'interval: 1m\nprune: true\npath: o\nsourceRef: { kind: GitRepository, name: r }\npostBuild:\n  substitute:\n    PASSWORD: canary-v15\n',
        ),
      },
    ],
    expected: ['secret/plain-secret flux/a.yaml:11'],
  },
  {
    name: 'a ConfigMap, by a replacement',
    commits: [
      {
        'o/kustomization.yaml': `${resources('s.yaml', 'c.yaml')}replacements:\n- source: { kind: ConfigMap, fieldPath: data.a }\n  targets: [{ select: { kind: Secret }, fieldPaths: [stringData.a] }]\n`,
        'o/s.yaml': secret('a: ""'),
        'o/c.yaml': `${CONFIG_MAP}data: { a: canary-v16 }\n`,
      },
    ],
    expected: ['secret/plain-secret o/c.yaml:4'],
  },
  {
    name: 'values of a chart that a kustomization inflates',
    base: {
      'o/kustomization.yaml': resources('c.yaml'),
      'o/c.yaml': CONFIG_MAP,
      ...prefixed('o/charts', NO_PASSWORD),
    },
    commits: [
      {
        'o/kustomization.yaml':
          'helmCharts:\n- name: c\n  releaseName: r\n  valuesInline:\n    auth:\n      password: canary-v17\n',
      },
    ],
    expected: ['secret/plain-secret o/kustomization.yaml:6'],
  },
];

function prefixed(folder: string, files: TestFiles): TestFiles {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

/** What charts put into Secrets, and nobody committed. */
export const fineInValues: readonly SecretCase[] = [
  {
    name: 'values that a chart makes up',
    commits: [
      chart(
        'data:\n  password: {{ randAlphaNum 16 | b64enc }}\n  tls.crt: {{ (genSelfSignedCert "a" nil nil 10).Key | b64enc }}\n  at: {{ now | unixEpoch | toString | b64enc }}\n',
        'a: b\n',
      ),
    ],
    expected: [],
  },
  { name: 'a chart without a password', commits: [NO_PASSWORD], expected: [] },
  {
    name: 'a value that an operator fills in',
    commits: [chart(PASSWORD, 'auth:\n  password: <path:secret/data/db#password>\n')],
    expected: [],
  },
  {
    name: 'a value that no Secret has',
    commits: [chart('stringData: {}\n', 'password: words\n')],
    expected: [],
  },
];
