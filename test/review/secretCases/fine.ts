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

const fine = (name: string, files: NonNullable<SecretCase['commits']>[number]): SecretCase => ({
  name,
  commits: [files],
  expected: [],
});

/** What is no committed value. */
export const fineCases: readonly SecretCase[] = [
  fine('a Secret that SOPS encrypted', overlay(`${NAMED}stringData: { a: "${ENC}" }\n${sops()}`)),
  fine(
    'data that SOPS encrypted',
    overlay(`${NAMED}data: { a: "${ENC}", b: "${ENC}" }\n${sops('encrypted_regex: ^(data|stringData)$\n')}`),
  ),
  fine('a generator with a file that SOPS encrypted', {
    'o/kustomization.yaml': 'secretGenerator:\n- name: g\n  files: [f.yaml]\n',
    'o/f.yaml': `a: ${ENC}\n${sops()}`,
  }),
  fine('a generator with variables that SOPS encrypted', {
    'o/kustomization.yaml': 'secretGenerator:\n- name: g\n  envs: [e.env]\n',
    'o/e.env': `A=${ENC}\nsops_age__list_0__map_recipient=age1\nsops_lastmodified=2026-01-01T00:00:00Z\nsops_mac=${ENC}\nsops_version=3.9.0\n`,
  }),
  fine('a generator with an INI file that SOPS encrypted', {
    'o/kustomization.yaml': 'secretGenerator:\n- name: g\n  files: [app.ini]\n',
    'o/app.ini': `[db]\npw = ${ENC}\nport_unencrypted = 5432\n[sops]\nmac = ${ENC}\nversion = 3.9.0\n`,
  }),
  fine(
    'a SealedSecret',
    overlay(
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: s }\nspec:\n  encryptedData: { a: AgBy3i4OJSWK }\n  template: { metadata: { name: s }, type: Opaque }\n',
    ),
  ),
  fine(
    'an ExternalSecret',
    overlay(
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: s }\nspec:\n  secretStoreRef: { kind: ClusterSecretStore, name: vault }\n  target: { name: s, template: { data: { url: "postgres://{{ .user }}@db" } } }\n  data: [{ secretKey: user, remoteRef: { key: db, property: user } }]\n',
    ),
  ),
  fine('a variable of Flux', overlay(secret('a: "$' + '{PASSWORD}"'))),
  fine('a path of the Vault plugin', overlay(secret('a: "<path:secret/data/db#password>"'))),
  fine('empty values', overlay(`${NAMED}stringData: { a: "" }\ndata: { b: "" }\n`)),
  fine('a Secret without data', overlay(NAMED)),
  fine(
    'a token that the cluster fills in',
    overlay(
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s, annotations: { kubernetes.io/service-account.name: a } }\ntype: kubernetes.io/service-account-token\n',
    ),
  ),
  fine('a reference to a Secret', overlay(`${CONFIG_MAP}data: { secretName: s, kind: Secret }\n`)),
  fine('a kind of the same name of another group', {
    'notes/s.yaml': 'apiVersion: example.com/v1\nkind: Secret\nmetadata: { name: s }\nspec: { path: a/b }\n',
  }),
  fine('a generator of ConfigMaps', {
    'o/kustomization.yaml': 'configMapGenerator:\n- name: g\n  literals: [a=b]\n',
  }),
  fine('a patch that empties a value', {
    'o/kustomization.yaml': `${resources('s.yaml')}patches:\n- target: { kind: Secret }\n  patch: |-\n    - { op: add, path: /stringData/a, value: "" }\n`,
    'o/s.yaml': NAMED,
  }),
  {
    name: 'a Secret that another commit already had',
    base: overlay(secret('a: canary-old')),
    commits: [{ 'o/c.yaml': CONFIG_MAP, 'o/kustomization.yaml': resources('s.yaml', 'c.yaml') }],
    expected: ['existing secret/plain-secret o/s.yaml:4'],
  },
  {
    name: 'a Secret that goes',
    base: overlay(secret('a: canary-old')),
    commits: [{ 'o/s.yaml': null, 'o/c.yaml': CONFIG_MAP, 'o/kustomization.yaml': resources('c.yaml') }],
    expected: ['fixed secret/plain-secret -'],
  },
  fine('base64 of a variable', overlay(`${NAMED}data: { a: ${base64('$' + '{PASSWORD}')} }\n`)),
  fine(
    'what the rules of SOPS leave out',
    overlay(
      `${NAMED}stringData: { user_unencrypted: app, password: "${ENC}" }\n${sops('unencrypted_suffix: _unencrypted\n')}`,
    ),
  ),
  fine(
    'what the expression of SOPS does not name',
    overlay(
      `${NAMED}stringData: { user: app, password: "${ENC}" }\n${sops('encrypted_regex: ^password$\n')}`,
    ),
  ),
  fine('words for whoever fills it in', overlay(secret('a: CHANGEME, b: <your-token>, c: REPLACE_ME'))),
  fine('a template of another tool', overlay(secret('a: "{{ .password }}", b: "ref+vault://db#/password"'))),
  fine('an address with a variable', overlay(secret('a: "postgres://app:$' + '{PASSWORD}@db/app"'))),
  fine(
    'a certificate of an authority',
    overlay(
      `${NAMED}stringData:\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n    TUlJ\n    -----END CERTIFICATE-----\n`,
    ),
  ),
  fine(
    'a repository of Argo CD without credentials',
    overlay(
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s, labels: { argocd.argoproj.io/secret-type: repository } }\nstringData: { type: helm, url: "https://charts.example.com", name: charts }\n',
    ),
  ),
  fine(
    'what Helm keeps of a release',
    overlay(`${NAMED}type: helm.sh/release.v1\ndata: { release: ${base64(base64('words'))} }\n`),
  ),
  fine(
    'a Secret of settings and names alone',
    overlay(
      `${NAMED}stringData: { DB_USER: orders, url: "https://git.example.com/team/app", debug: "true", port: "5432" }\ndata: { dbHost: ${base64('db.orders.svc')} }\n`,
    ),
  ),
  fine('names that a generator and its file of variables give', {
    'o/kustomization.yaml': 'secretGenerator:\n- name: g\n  literals: [username=orders]\n  envs: [e.env]\n',
    'o/e.env': 'DB_HOST=db.orders.svc.cluster.local\nDB_PORT=5432\n',
  }),
  fine('a name that a patch puts into a Secret', {
    'o/kustomization.yaml':
      'resources: [s.yaml]\npatches:\n- target: { kind: Secret, name: s }\n  patch: |-\n    - op: add\n      path: /stringData\n      value: { username: orders }\n',
    'o/s.yaml': NAMED,
  }),
  fine('a file that git-crypt encrypted', {
    'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  files: [key]\n',
    'o/key': Buffer.from('\0GITCRYPT\0abcdef'),
  }),
  fine('a file that age encrypted', {
    'o/kustomization.yaml': 'secretGenerator:\n- name: s\n  files: [key.age]\n',
    'o/key.age': '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n',
  }),
  {
    name: 'encrypted values without what decrypts them: a warning',
    commits: [overlay(`${NAMED}stringData: { a: "${ENC}" }\n`)],
    expected: ['secret/invalid-sops o/s.yaml:4'],
  },
  {
    name: 'a folder of tests that the settings except',
    base: {
      ...BASE,
      '.hydrant.yaml': 'exceptions:\n- rule: secret/*\n  path: tests/**\n  reason: values of no system\n',
    },
    commits: [{ 'tests/s.yaml': secret('a: canary-example') }],
    expected: [],
  },
];
