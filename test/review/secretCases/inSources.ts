import {
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

const inline = (patch: string) => `patches:\n- patch: |-\n${patch.replace(/^/gm, '    ')}\n`;
const PEM = `-----BEGIN RSA PRIVATE KEY-----\n${base64('canary-key')}\n-----END RSA PRIVATE KEY-----\n`;

/** Values that stand in the sources of a Secret, found at their lines. */
export const inSources: readonly SecretCase[] = [
  {
    name: 'a variable that SOPS left out, in a dotenv file that is a value as a whole',
    commits: [
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: g\n  files: [cfg=e.env]\n',
        'o/e.env': `A=${ENC}\nB=canary-sopsenv\nsops_mac=${ENC}\nsops_version=3.9.0\n`,
      },
    ],
    expected: ['secret/half-encrypted o/kustomization.yaml:3'],
  },
  {
    name: 'an INI file of SOPS in which nothing is encrypted that its rules name',
    commits: [
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: g\n  files: [app.ini]\n',
        'o/app.ini': `[db]\nuser = canary-left\npw = canary-sopsini\n[sops]\nencrypted_regex = ^pw$\nmac = ${ENC}\n`,
      },
    ],
    expected: ['secret/half-encrypted o/kustomization.yaml:3'],
    values: ['canary-left'],
  },
  {
    name: 'stringData',
    commits: [overlay(`${NAMED}stringData:\n  a: canary-1\n`)],
    expected: ['secret/plain-secret o/s.yaml:5'],
  },
  {
    name: 'data, in base64',
    commits: [overlay(`${NAMED}data:\n  a: ${base64('canary-2')}\n`)],
    expected: ['secret/plain-secret o/s.yaml:5'],
  },
  {
    name: 'data that is no base64',
    commits: [overlay(`${NAMED}data:\n  a: canary-3!\n`)],
    expected: ['secret/plain-secret o/s.yaml:5'],
  },
  {
    name: 'JSON',
    commits: [
      overlay(
        `{\n"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"},\n"stringData": {"a": "canary-4"}\n}\n`,
        's.json',
      ),
    ],
    expected: ['secret/plain-secret o/s.json:3'],
  },
  {
    name: 'another document of a file',
    commits: [overlay(`${CONFIG_MAP}---\n${NAMED}stringData:\n  a: canary-5\n`)],
    expected: ['secret/plain-secret o/s.yaml:9'],
  },
  {
    name: 'fields in another order',
    commits: [
      overlay(
        'stringData:\n  a: canary-6\ntype: Opaque\nmetadata: { name: s }\nkind: Secret\napiVersion: v1\n',
      ),
    ],
    expected: ['secret/plain-secret o/s.yaml:2'],
  },
  {
    name: 'an alias',
    commits: [
      overlay(`${CONFIG_MAP}data: { x: &x words }\n---\n${NAMED}stringData: { a: &a canary-8, b: *a }\n`),
    ],
    expected: ['secret/plain-secret o/s.yaml:9'],
  },
  {
    name: 'a merge key',
    commits: [
      overlay(
        `apiVersion: v1\nkind: List\nitems:\n- &one\n  apiVersion: v1\n  kind: Secret\n  metadata: { name: s }\n  stringData: &values { a: canary-9 }\n- apiVersion: v1\n  kind: Secret\n  metadata: { name: t }\n  stringData: { <<: *values, b: "" }\n`,
      ),
    ],
    expected: ['secret/plain-secret o/s.yaml:8'],
  },
  {
    name: 'a List',
    commits: [
      overlay(
        `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: { name: s }\n  stringData:\n    a: canary-10\n`,
      ),
    ],
    expected: ['secret/plain-secret o/s.yaml:8'],
  },
  {
    name: 'a SecretList',
    commits: [
      overlay(
        `apiVersion: v1\nkind: SecretList\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: { name: s }\n  data: { a: ${base64('canary-11')} }\n`,
      ),
    ],
    expected: ['secret/plain-secret o/s.yaml:7'],
  },
  {
    name: 'a file that no target reads',
    commits: [{ 'notes/s.yaml': secret('a: canary-12') }],
    expected: ['secret/plain-secret notes/s.yaml:4'],
  },
  {
    name: 'a private key of several lines',
    commits: [
      overlay(
        `${NAMED}type: kubernetes.io/ssh-auth\nstringData:\n  ssh-privatekey: |\n${PEM.replace(/^(?=.)/gm, '    ')}`,
      ),
    ],
    expected: ['secret/plain-secret o/s.yaml:6'],
  },
  {
    name: 'an image registry',
    commits: [
      overlay(
        `${NAMED}type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${base64('{"auths":{"r.example.com":{"auth":"canary-13"}}}')}\n`,
      ),
    ],
    expected: ['secret/plain-secret o/s.yaml:6'],
  },
  {
    name: 'a mistyped field',
    commits: [overlay(`${NAMED}strngData: { a: canary-14 }\n`)],
    expected: ['secret/plain-secret o/s.yaml:4'],
  },
  {
    name: 'a kind in other letters',
    commits: [{ 'notes/s.yaml': secret('a: canary-15').replace('kind: Secret', 'kind: secret') }],
    expected: ['secret/plain-secret notes/s.yaml:4'],
  },
  {
    name: 'a strategic merge patch in a file',
    commits: [
      {
        'o/kustomization.yaml': `${resources('s.yaml')}patches: [{ path: p.yaml }]\n`,
        'o/s.yaml': secret('a: ""'),
        'o/p.yaml': secret('a: canary-16'),
      },
    ],
    expected: ['secret/plain-secret o/p.yaml:4'],
  },
  {
    name: 'patchesStrategicMerge',
    commits: [
      {
        'o/kustomization.yaml': `${resources('s.yaml')}patchesStrategicMerge: [p.yaml]\n`,
        'o/s.yaml': secret('a: ""'),
        'o/p.yaml': secret('a: canary-17'),
      },
    ],
    expected: ['secret/plain-secret o/p.yaml:4'],
  },
  {
    name: 'a strategic merge patch that is inline',
    commits: [
      {
        'o/kustomization.yaml': `${resources('s.yaml')}${inline(`${NAMED}stringData:\n  a: canary-18`)}`,
        'o/s.yaml': secret('a: ""'),
      },
    ],
    expected: ['secret/plain-secret o/kustomization.yaml:8'],
  },
  {
    name: 'patchesStrategicMerge, inline',
    commits: [
      {
        'o/kustomization.yaml': `${resources('s.yaml')}patchesStrategicMerge:\n- |-\n  ${secret('a: canary-19').trimEnd().replaceAll('\n', '\n  ')}\n`,
        'o/s.yaml': secret('a: ""'),
      },
    ],
    expected: ['secret/plain-secret o/kustomization.yaml:7'],
  },
  {
    name: 'a JSON patch that is inline',
    commits: [
      {
        'o/kustomization.yaml': `${resources('s.yaml')}patches:\n- target: { kind: Secret, name: s }\n  patch: |-\n    - op: add\n      path: /stringData/a\n      value: canary-20\n`,
        'o/s.yaml': secret('a: ""'),
      },
    ],
    expected: ['secret/plain-secret o/kustomization.yaml:7'],
  },
  {
    name: 'a JSON patch in a file',
    commits: [
      {
        'o/kustomization.yaml': `${resources('s.yaml')}patches:\n- target: { kind: Secret, name: s }\n  path: p.json\n`,
        'o/s.yaml': NAMED,
        'o/p.json': `[\n{"op": "add", "path": "/data",\n"value": {"a": "${base64('canary-21')}"}}\n]\n`,
      },
    ],
    expected: ['secret/plain-secret o/p.json:3'],
  },
  {
    name: 'patchesJson6902',
    commits: [
      {
        'o/kustomization.yaml': `${resources('s.yaml')}patchesJson6902:\n- target: { version: v1, kind: Secret, name: s }\n  path: p.yaml\n`,
        'o/s.yaml': secret('a: ""'),
        'o/p.yaml': '- op: replace\n  path: /stringData/a\n  value: canary-22\n',
      },
    ],
    expected: ['secret/plain-secret o/p.yaml:3'],
  },
  {
    name: 'a literal of a generator',
    commits: [{ 'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  literals:\n  - a=canary-23\n' }],
    expected: ['secret/generator-literal o/kustomization.yaml:4'],
  },
  {
    name: 'a file of a generator',
    commits: [
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  files:\n  - key=f.txt\n',
        'o/f.txt': 'canary-24',
      },
    ],
    expected: ['secret/generator-file o/kustomization.yaml:4'],
  },
  {
    name: 'an environment file of a generator',
    commits: [
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  envs:\n  - e.env\n',
        'o/e.env': '# words\nA=canary-25\n',
      },
    ],
    expected: ['secret/generator-file o/kustomization.yaml:4'],
  },
  {
    name: 'a generator that merges',
    base: { 'b/kustomization.yaml': 'secretGenerator:\n- name: s\n  literals: [a=]\n' },
    commits: [
      {
        'o/kustomization.yaml': `${resources('../b')}secretGenerator:\n- name: s\n  behavior: merge\n  literals: [a=canary-26]\n`,
      },
    ],
    expected: ['secret/generator-literal o/kustomization.yaml:5'],
  },
  {
    name: 'a generator in a file of its own',
    commits: [
      {
        'o/kustomization.yaml': 'generators: [g.yaml]\n',
        'o/g.yaml':
          'apiVersion: builtin\nkind: SecretGenerator\nmetadata: { name: g }\nliterals:\n- a=canary-27\n',
      },
    ],
    expected: ['secret/generator-literal o/g.yaml:5'],
  },
  {
    name: 'a component',
    commits: [
      {
        'o/kustomization.yaml': `${resources('c.yaml')}components: [../k]\n`,
        'k/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nsecretGenerator:\n- name: s\n  literals: [a=canary-28]\n',
      },
    ],
    expected: ['secret/generator-literal k/kustomization.yaml:5'],
  },
  {
    name: 'a file without a known extension',
    commits: [overlay(secret('a: canary-29'), 's.txt')],
    expected: ['secret/plain-secret o/s.txt:4'],
  },
  {
    name: 'a symlink',
    commits: [
      { ...overlay('', 's.yaml'), 'o/s.yaml': { symlink: 's.txt' }, 'o/s.txt': secret('a: canary-30') },
    ],
    expected: ['secret/plain-secret o/s.txt:4'],
  },
  {
    name: 'one value that SOPS left out',
    commits: [overlay(`${NAMED}stringData:\n  a: ${ENC}\n  b: canary-31\n${sops()}`)],
    expected: ['secret/half-encrypted o/s.yaml:6'],
  },
  {
    name: 'a Kustomization file of another name',
    commits: [
      {
        'o/kustomization.yaml': null,
        'o/Kustomization': 'secretGenerator:\n- name: s\n  literals: [a=canary-32]\n',
      },
    ],
    expected: ['secret/generator-literal o/Kustomization:3'],
  },
  {
    name: 'a value of an environment file that SOPS left out',
    commits: [
      {
        'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  envs: [e.env]\n',
        'o/e.env': `A=${ENC}\nB=canary-33\nsops_mac=${ENC}\nsops_lastmodified=2026-01-01T00:00:00Z\n`,
      },
    ],
    expected: ['secret/half-encrypted o/kustomization.yaml:3'],
  },
  {
    name: "a chart's values that SOPS left out",
    commits: [{ 'c/secrets.yaml': `auth:\n  user: ${ENC}\n  password: canary-34\n${sops()}` }],
    expected: ['secret/half-encrypted c/secrets.yaml:3'],
  },
  {
    name: 'a rule of SOPS that encrypts another field',
    commits: [overlay(`${NAMED}stringData:\n  a: canary-35\n${sops('encrypted_regex: ^(dta)$\n')}`)],
    expected: ['secret/half-encrypted o/s.yaml:5'],
  },
  {
    name: 'a certificate with its private key',
    commits: [
      overlay(
        `${NAMED}type: kubernetes.io/tls\nstringData:\n  tls.crt: |\n    -----BEGIN CERTIFICATE-----\n    TUlJ\n    -----END CERTIFICATE-----\n  tls.key: |\n${PEM.replace(/^(?=.)/gm, '    ')}`,
      ),
    ],
    expected: ['secret/plain-secret o/s.yaml:10'],
  },
  {
    name: 'the password of a repository of Argo CD',
    commits: [
      overlay(
        `apiVersion: v1\nkind: Secret\nmetadata: { name: s, labels: { argocd.argoproj.io/secret-type: repository } }\nstringData:\n  url: https://example.com/r.git\n  username: git\n  password: canary-36\n`,
      ),
    ],
    expected: ['secret/plain-secret o/s.yaml:7'],
  },
  {
    name: 'a default in a variable of Flux',
    commits: [overlay(secret('a: "$' + '{PASSWORD:=canary-37}"'))],
    expected: ['secret/plain-secret o/s.yaml:4'],
  },
];
