import { describe, expect, test } from '@jest/globals';
import { Redactor } from '../../src/model/redacted.ts';
import { findSecretsInFile } from '../../src/secrets/findSecretsInFile.ts';
import { expectEachAboutToTell } from '../checks/aboutTells.ts';

const redactor = new Redactor('00');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const ENC = 'ENC[AES256_GCM,data:abcd,iv:efgh,tag:ijkl,type:str]';
const sops = (more = '') =>
  `sops:\n  age: [{ recipient: age1 }]\n  mac: ${ENC}\n  lastmodified: "2026-01-01T00:00:00Z"\n  version: 3.9.0\n${more}`;

async function search(text: string, path = 'shop/object.yaml') {
  const { violations } = await findSecretsInFile({
    path,
    bytes: Buffer.from(text),
    read: async () => null,
    redactor,
  });
  expect(JSON.stringify(violations)).not.toContain('canary-');
  expectEachAboutToTell(violations);
  return violations.map(
    ({ rule, severity, location }) =>
      `${severity === 'error' ? '' : `${severity} `}${rule} ${location.startLine}`,
  );
}

const object = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: shop }\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}`;
const SECRET =
  'apiVersion: v1\nkind: Secret\nmetadata: { name: shop }\nstringData:\n  password: canary-inside\n';
const inside = SECRET.replace(/^(?=.)/gm, '    ');

describe('a literal that an operator makes a Secret of is found', () => {
  test.each<[name: string, text: string, line: number]>([
    [
      'ExternalSecret',
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'target:\n  template:\n    data:\n      user: "{{ .user }}"\n      password: canary-1\n',
      ),
      9,
    ],
    [
      'a text of an ExternalSecret with a literal beside what is filled in',
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'target:\n  template:\n    data:\n      app.ini: "user={{ .user }} password=canary-1b"\n',
      ),
      8,
    ],
    [
      'a mapping of a made-up store',
      object(
        'external-secrets.io/v1beta1',
        'ClusterSecretStore',
        'provider:\n  fake:\n    data:\n    - key: a\n      valueMap: { password: canary-1c }\n',
      ),
      9,
    ],
    [
      'a made-up generator',
      object('generators.external-secrets.io/v1alpha1', 'Fake', 'data:\n  password: canary-1d\n'),
      6,
    ],
    [
      'ClusterExternalSecret',
      object(
        'external-secrets.io/v1',
        'ClusterExternalSecret',
        'externalSecretSpec:\n  target:\n    template:\n      data: { token: canary-2 }\n',
      ),
      8,
    ],
    [
      'PushSecret',
      object('external-secrets.io/v1alpha1', 'PushSecret', 'template:\n  data:\n    apiKey: canary-3\n'),
      7,
    ],
    [
      'SealedSecret',
      object('bitnami.com/v1alpha1', 'SealedSecret', 'template:\n  data:\n    a.conf: "token=canary-4"\n'),
      7,
    ],
    [
      'SopsSecret',
      object(
        'isindir.github.com/v1alpha3',
        'SopsSecret',
        `secretTemplates:\n- name: a\n  data:\n    pw: ${base64('canary-5')}\n`,
      ),
      8,
    ],
    [
      'Crossplane Object',
      object('kubernetes.crossplane.io/v1alpha2', 'Object', `forProvider:\n  manifest:\n${inside}`),
      11,
    ],
    [
      'a rule of Kyverno that generates a Secret',
      object(
        'kyverno.io/v1',
        'ClusterPolicy',
        'rules:\n- generate:\n    kind: Secret\n    data:\n      stringData: { password: canary-6 }\n',
      ),
      9,
    ],
    [
      'a rule of Kyverno that changes Secrets',
      object(
        'kyverno.io/v1',
        'ClusterPolicy',
        `rules:\n- match: { any: [{ resources: { kinds: [Secret] } }] }\n  mutate:\n    patchStrategicMerge:\n      data: { token: ${base64('canary-7')} }\n`,
      ),
      9,
    ],
    ['an extra object of a chart', `extraObjects:\n  -\n${inside}`, 7],
    ['a text of a ConfigMap', `kind: ConfigMap\ndata:\n  s.yaml: |\n${inside}`, 8],
    [
      'what kubectl keeps of the last apply',
      `kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"kind":"Secret","data":{"password":"${base64('canary-8')}"}}\n`,
      5,
    ],
    [
      'an item of a list that has no kind',
      'kind: SecretList\nitems:\n- metadata: { name: a }\n  stringData: { pw: canary-9 }\n',
      4,
    ],
  ])('%s', async (_, text, line) => {
    expect(await search(text)).toEqual([`secret/plain-secret ${line}`]);
  });
});

describe('a login of a file is found', () => {
  test.each<[name: string, text: string, line: number]>([
    ['a kubeconfig', 'apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user:\n    token: canary-1\n', 6],
    [
      'a configuration of registries',
      `{"auths":\n{"r.example.com": {"auth": "${base64('shop:canary-2')}"}}}`,
      2,
    ],
  ])('%s', async (_, text, line) => {
    expect(await search(text)).toEqual([`secret/plain-secret ${line}`]);
  });
});

describe('of SOPS', () => {
  test('a file in which nothing is encrypted is found', async () => {
    expect(await search(`user: shop\npassword: canary-1\n${sops()}`, 'values.yaml')).toEqual([
      'secret/half-encrypted 1',
      'secret/half-encrypted 2',
    ]);
    expect(
      await search(`user: shop\npassword: canary-1\n${sops('  encrypted_regex: ^data$\n')}`, 'values.yaml'),
    ).toEqual(['secret/half-encrypted 2']);
  });

  test('a key of a Secret that encrypted_regex leaves in plain is a warning', async () => {
    const text = `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n  password: ${ENC}\n  token: canary-1\n  user: shop\n`;
    expect(await search(`${text}${sops('  encrypted_regex: ^password$\n')}`)).toEqual([
      'warning secret/half-encrypted 6',
    ]);
  });
});

describe('nothing is found in', () => {
  test.each<[name: string, text: string]>([
    [
      'a template with values of a store',
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'target:\n  template:\n    data:\n      url: "postgres://shop:{{ .password }}@db/shop"\n      region: eu-west-1\n      password: "{{ .password }}"\n',
      ),
    ],
    [
      'a reference to a Secret',
      object('example.com/v1', 'Thing', 'ref: { kind: Secret, name: shop, key: password }\n'),
    ],
    [
      'a kubeconfig that runs a command',
      'apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user: { exec: { command: aws } }\n',
    ],
    ['a configuration without registries', '{"auths": {}}'],
    ['a field with the name of the block of SOPS', 'sops: { enabled: true }\npassword: a\n'],
  ])('%s', async (_, text) => {
    expect(await search(text)).toEqual([]);
  });
});

describe('a password among the values of a chart that is kept elsewhere is found', () => {
  const release = (values: string) => object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', values);

  test.each<[name: string, text: string, line: number]>([
    ['in values', release('values:\n  auth:\n    adminPassword: canary-7\n'), 7],
    [
      'in values as a text',
      object(
        'argoproj.io/v1alpha1',
        'Application',
        'sources:\n- chart: redis\n  helm:\n    values: |\n      auth:\n        password: canary-8\n',
      ),
      10,
    ],
    [
      'in parameters',
      object(
        'argoproj.io/v1alpha1',
        'Application',
        'source:\n  helm:\n    parameters:\n    - name: auth.password\n      value: canary-9\n',
      ),
      9,
    ],
    [
      'in values of k3s',
      object('helm.cattle.io/v1', 'HelmChart', 'valuesContent: |-\n  db: { password: canary-10 }\n'),
      6,
    ],
    ['in what k3s sets', object('helm.cattle.io/v1', 'HelmChart', 'set:\n  db.password: canary-11\n'), 6],
    ['a token that looks random', release('values:\n  apiToken: canary-x7Kq2Zr9\n'), 6],
  ])('%s', async (_, text, line) => {
    expect(await search(text)).toEqual([`secret/helm-value ${line}`]);
  });

  test.each<[name: string, values: string]>([
    ['a placeholder', 'password: $' + '{PASSWORD}\n'],
    ['nothing', 'password: ""\n'],
    ['the name of a key', 'secretKeys:\n  adminPassword: admin-canary\n'],
    ['the name of another Secret', 'password: db-password\n'],
    ['a reference', 'existingSecret:\n  password: canary-field\n'],
    ['the name of a token', 'token: canary\n'],
    ['a switch', 'usePassword: true\nautoGenPassword: false\n'],
    ['a path', 'password: /run/canary\n'],
  ])('%s is none', async (_, values) => {
    expect(await search(release(`values:\n${values.replace(/^(?=.)/gm, '  ')}`))).toEqual([]);
  });
});
