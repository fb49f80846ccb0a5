import { describe, expect, test } from '@jest/globals';
import { Redactor } from '../../src/model/redacted.ts';
import { toResources } from '../../src/model/resource.ts';
import { causeViolation } from '../../src/secrets/causeViolation.ts';
import type { SecretViolation } from '../../src/secrets/committed.ts';
import { credentialViolation } from '../../src/secrets/credentials.ts';
import { findSecretsInFile } from '../../src/secrets/findSecretsInFile.ts';
import { renderedViolation } from '../../src/secrets/findSecretsInResource.ts';
import { historyViolation } from '../../src/secrets/historyViolation.ts';
import { expectAboutToTell } from '../checks/aboutTells.ts';
import { fc } from '../helpers/properties.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const ENC = 'ENC[AES256_GCM,data:abcd,iv:efgh,tag:ijkl,type:str]';
const HEAD = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n';
const redactor = new Redactor('00');
const SOPS = `sops:\n  age: [{ recipient: age1 }]\n  mac: ${ENC}\n  lastmodified: "2026-01-01T00:00:00Z"\n  version: 3.9.0\n`;

async function search(
  text: string | Uint8Array,
  files: Record<string, string> = {},
  path = 'a/kustomization.yaml',
) {
  const read = async (name: string) => (name in files ? Buffer.from(files[name] ?? '') : null);
  const result = await findSecretsInFile({ path, bytes: Buffer.from(text), read, redactor });
  expect(JSON.stringify(result)).not.toMatch(/canary-|Y2FuYXJ5/);
  return result;
}

const FOUND: Record<string, [text: string | Uint8Array, expected: string[], files?: Record<string, string>]> =
  {
    stringData: [`${HEAD}stringData:\n  a: canary-1\n`, ['secret/plain-secret 6']],
    'data in base64': [`${HEAD}data:\n  a: ${base64('canary-2')}\n`, ['secret/plain-secret 6']],
    'data that is no base64': [`${HEAD}data:\n  a: "canary-3!"\n`, ['secret/plain-secret 6']],
    'the first of several values': [
      `${HEAD}stringData:\n  empty: ""\n  b: canary-4\n  c: canary-5\n`,
      ['secret/plain-secret 7'],
    ],
    'kind after the values': [
      `stringData: {a: canary-6}\nmetadata: {name: s}\nkind: Secret\napiVersion: v1\n`,
      ['secret/plain-secret 1'],
    ],
    'a later document': [
      `kind: ConfigMap\n---\n${HEAD}stringData:\n  a: canary-7\n`,
      ['secret/plain-secret 8'],
    ],
    JSON: [
      `{\n "kind": "Secret",\n "metadata": {"name": "s"},\n "stringData": {\n  "a": "canary-8"\n }\n}`,
      ['secret/plain-secret 5'],
    ],
    'a List': [
      'kind: List\nitems:\n- kind: Secret\n  metadata: {name: s}\n  stringData:\n    a: canary-9\n',
      ['secret/plain-secret 6'],
    ],
    'an alias': [
      `x: &x canary-10\nkind: Secret\nmetadata: {name: s}\nstringData:\n  a: *x\n`,
      ['secret/plain-secret 5'],
    ],
    'a merge key': [
      `x: &x\n  a: canary-11\nkind: Secret\nmetadata: {name: s}\nstringData:\n  <<: *x\n`,
      ['secret/plain-secret 2'],
    ],
    'quoted keys': [`"kind": "Secret"\n'stringData':\n  'a': 'canary-12'\n`, ['secret/plain-secret 3']],
    'a block of text': [
      `${HEAD}stringData:\n  a: |\n    canary-13\n    canary-14\n`,
      ['secret/plain-secret 6'],
    ],
    'a number': [`${HEAD}stringData:\n  pin: 20261123\n`, ['secret/plain-secret 6']],
    CRLF: [`${HEAD}stringData:\n  a: canary-15\n`.replaceAll('\n', '\r\n'), ['secret/plain-secret 6']],
    'a byte order mark': [`\uFEFF${HEAD}stringData:\n  a: canary-16\n`, ['secret/plain-secret 6']],
    'a value of the wrong type': [`${HEAD}stringData:\n  a: {b: canary-17}\n`, ['secret/plain-secret 6']],
    'a scalar in place of values': [`${HEAD}stringData: canary-31\n`, ['secret/plain-secret 5']],
    'a mistyped field': [`${HEAD}strngData:\n  a: canary-32\n`, ['secret/plain-secret 6']],
    'a mistyped kind': [
      `${HEAD.replace('Secret', 'secret')}stringData:\n  a: canary-33\n`,
      ['secret/plain-secret 6'],
    ],
    'a list of values': [`${HEAD}stringData:\n  a: [x, canary-34]\n`, ['secret/plain-secret 6']],
    'UTF-16': [
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(`${HEAD}stringData:\n  a: canary-35\n`, 'utf16le'),
      ]),
      ['secret/plain-secret 6'],
    ],
    'UTF-16 the other way round': [
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(`${HEAD}stringData:\n  a: canary-36\n`, 'utf16le'),
      ]).swap16(),
      ['secret/plain-secret 6'],
    ],
    'a docker config': [
      `${HEAD}type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${base64('{"auths":"canary-18"}')}\n`,
      ['secret/plain-secret 7'],
    ],
    'a half-encrypted file': [
      `${HEAD}stringData:\n  a: ${ENC}\n  b: canary-19\n${SOPS}`,
      ['secret/half-encrypted 7'],
    ],
    'a sops block over nothing encrypted': [
      `${HEAD}stringData:\n  a: canary-20\n${SOPS}`,
      ['secret/half-encrypted 6'],
    ],
    'a strategic merge patch, inline': [
      'patches:\n- patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: s}\n    stringData:\n      a: canary-21\n',
      ['secret/plain-secret 7'],
    ],
    'a legacy inline patch': [
      'patchesStrategicMerge:\n- |-\n  kind: Secret\n  stringData:\n    a: canary-22\n',
      ['secret/plain-secret 5'],
    ],
    'a JSON patch, inline': [
      'patches:\n- target: {kind: Secret, name: s}\n  patch: |-\n    - op: add\n      path: /stringData/a\n      value: canary-23\n',
      ['secret/plain-secret 6'],
    ],
    'a JSON patch on one line': [
      `patches:\n- target: {kind: Secret}\n  patch: '[{"op": "add", "path": "/stringData/a", "value": "canary-37"}]'\n`,
      ['secret/plain-secret 3'],
    ],
    'a JSON patch for any kind': [
      '# Secret\npatches:\n- target: {name: s}\n  patch: |-\n    - op: add\n      path: /stringData/a\n      value: canary-38\n',
      ['secret/plain-secret 7'],
    ],
    'a JSON patch without its slash': [
      'patches:\n- target: {kind: Secret, name: s}\n  patch: |-\n    - op: add\n      path: stringData/a\n      value: canary-39\n',
      ['secret/plain-secret 6'],
    ],
    'a JSON patch of several values': [
      'patches:\n- target: {kind: Secret, name: s}\n  patch: |-\n    - op: add\n      path: /stringData\n      value: {a: canary-40, b: canary-41}\n',
      ['secret/plain-secret 6'],
    ],
    'a strategic merge patch on one line': [
      "patches:\n- patch: '{kind: Secret, metadata: {name: s}, stringData: {a: canary-42}}'\n",
      ['secret/plain-secret 2'],
    ],
    'a legacy patch on one line': [
      "patchesStrategicMerge: ['{kind: Secret, metadata: {name: s}, stringData: {a: canary-43}}']\n",
      ['secret/plain-secret 1'],
    ],
    'a patch with escaped line breaks': [
      'patches:\n- patch: "kind: Secret\\nstringData:\\n  a: canary-44"\n',
      ['secret/plain-secret 2'],
    ],
    'a JSON patch in a file': [
      'patches:\n- target: {kind: Secret, name: s}\n  path: p.yaml\n',
      ['secret/plain-secret 3 a/p.yaml'],
      { 'a/p.yaml': '- op: replace\n  path: /data/a\n  value: Y2FuYXJ5LTI0\n' },
    ],
    "a generator's literal": [
      'secretGenerator:\n- name: s\n  literals:\n  - a=canary-25\n',
      ['secret/generator-literal 4'],
    ],
    'each literal': [
      'secretGenerator:\n- name: s\n  literals: [a=canary-26, "b=\'canary-27\'", c=]\n',
      ['secret/generator-literal 3', 'secret/generator-literal 3'],
    ],
    "a generator's file": [
      'secretGenerator:\n- name: s\n  files:\n  - key=f.txt\n',
      ['secret/generator-file 4'],
      { 'a/f.txt': 'canary-28' },
    ],
    "a generator's env file": [
      'secretGenerator:\n- name: s\n  envs: [../e.env]\n',
      ['secret/generator-file 3'],
      { 'e.env': 'A=canary-29' },
    ],
    'a generator of its own': [
      'apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: s}\nliterals: [a=canary-45]\nfiles: [f.txt]\n',
      ['secret/generator-literal 4', 'secret/generator-file 5'],
      { 'a/f.txt': 'canary-46' },
    ],
    'a key in place of variables': [
      'secretGenerator:\n- name: s\n  envs: [key.pem]\n',
      ['secret/generator-file 3'],
      { 'a/key.pem': '-----BEGIN KEY-----\ncanary47\n-----END KEY-----\n' },
    ],
    "a generator's legacy env": [
      'secretGenerator:\n- name: s\n  env: e.env\n',
      ['secret/generator-file 3'],
      { 'a/e.env': 'A=canary-30' },
    ],
  };

const FINE: Record<string, [text: string, files?: Record<string, string>]> = {
  'a SealedSecret': [
    'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData: {a: AgBy}\n  template: {data: {b: x}}\n',
  ],
  'an ExternalSecret': [
    'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec:\n  data: [{secretKey: a, remoteRef: {key: b}}]\n',
  ],
  'a SOPS-encrypted Secret': [`${HEAD}stringData:\n  a: ${ENC}\n${SOPS}`],
  'no values': [HEAD],
  'empty values': [`${HEAD}data:\n  a: ""\n  b:\n  c: null\n  d: ~\n`],
  'a service account token': [`${HEAD}type: kubernetes.io/service-account-token\n`],
  "Flux's variables": [
    `${HEAD}stringData:\n  a: \${DB_PASSWORD}\ndata:\n  b: ${base64('$' + '{DB_PASSWORD}')}\n`,
  ],
  "the vault plugin's placeholders": [`${HEAD}stringData:\n  a: <path:kv/data/app#password>\n`],
  'a ConfigMap': ['kind: ConfigMap\nmetadata: {name: secret}\ndata: {a: b}\n'],
  "another group's Secret": ['apiVersion: example.com/v1\nkind: Secret\ndata: {a: b}\n'],
  'a reference': ['kind: Pod\nspec: {volumes: [{secret: {secretName: s}}]}\n'],
  'an encrypted generator file': [
    'secretGenerator:\n- name: s\n  files: [a.yaml]\n',
    { 'a/a.yaml': `password: ${ENC}\n${SOPS}` },
  ],
  'an encrypted env file': [
    'secretGenerator:\n- name: s\n  envs: [e.env]\n',
    { 'a/e.env': `A=${ENC}\nsops_mac=${ENC}\nsops_version=3.9.0\n` },
  ],
  'an encrypted JSON file': [
    'secretGenerator:\n- name: s\n  files: [a.json]\n',
    { 'a/a.json': `{"data": "${ENC}", "sops": {"mac": "${ENC}"}}` },
  ],
  'an env file that an operator fills in': [
    'secretGenerator:\n- name: s\n  envs: [e.env]\n',
    { 'a/e.env': `# A=b\nA=\${DB_PASSWORD}\nB=\n` },
  ],
  'directives of a patch': ['kind: Secret\nmetadata: {name: s}\n$patch: delete\n'],
  'a generator file that is not committed': ['secretGenerator:\n- name: s\n  files: [secrets/api-key.txt]\n'],
  'a patch of a ConfigMap': [
    '# Secret\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: add\n      path: /data/a\n      value: b\n',
  ],
  'words about Secrets': ['# kind: Secret in a comment\nkind: ConfigMap\n'],
};

describe('findSecretsInFile finds', () => {
  test.each(Object.entries(FOUND))('%s', async (_, [text, expected, files]) => {
    const { violations, unparsable } = await search(text, files);
    expect(unparsable).toBeNull();
    expect(
      violations.map(({ rule, location }) =>
        [rule, location.startLine, ...(location.path === 'a/kustomization.yaml' ? [] : [location.path])].join(
          ' ',
        ),
      ),
    ).toEqual(expected);
  });
});

describe('what is found is recognised by names', () => {
  const secret = (metadata: string, values: string) => `kind: Secret\nmetadata: ${metadata}\n${values}`;

  test('of Secrets, generators, files and keys, whatever it is', async () => {
    const further: [string, Record<string, string>?][] = [
      [secret('{}', 'data: {a: Y2FuYXJ5}\n')],
      [secret('{name: t}', 'stringData: {a: canary, b: canary}\n')],
      [secret('{name: s}', `stringData: {a: "${ENC}"}\n`)],
      [secret('{name: s}', `stringData: {a: "${ENC}"}\nsops: {version: 3.9.0}\n`)],
      [secret('{name: s}', `stringData: {a: "${ENC}"}\nsops: {mac: "${ENC}"}\n`)],
      [`db: {password: canary-secret}\nkey: ${ENC}\n${SOPS}`],
      [
        'secretGenerator:\n- envs: [e.env]\n- name: s\n  envs: [e.env]\n',
        { 'a/e.env': `A=${ENC}\nB=canary\nsops_mac=${ENC}\n` },
      ],
    ];
    const texts = [...Object.values(FOUND).map(([text, , files]) => [text, files] as const), ...further];
    const found = await Promise.all(texts.map(([text, files]) => search(text, files)));
    const [first] = found.flatMap(({ violations }) => violations);
    if (first === undefined) throw new Error('nothing was found');
    const value = { key: 'a', value: redactor.redact('canary'), path: ['data', 'a'] };
    const [resource] = toResources([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } }]);
    if (resource === undefined) throw new Error('no resource');
    const causes = [[], ['db', 'password']].flatMap((field) =>
      [true, false].map((isHelmValue) =>
        causeViolation({ resource, value, field, location: first.location, isHelmValue }),
      ),
    );
    const history = [first, { ...first, resource: null }].map((one) =>
      historyViolation(one, { commit: 'c'.repeat(40), values: [value, value] }),
    );
    const all = [
      ...found.flatMap(({ violations }) => violations),
      ...causes,
      ...history,
      renderedViolation(resource, [value]),
      ...(['secretlint', 'gitleaks'] as const).flatMap((tool) =>
        ['github', 'aws'].map((detector) => ({
          ...credentialViolation({ detector, tool }),
          fieldPath: null,
        })),
      ),
    ];
    expectAboutToTell(all);
    expect(new Set(all.map(({ rule }) => rule)).size).toBe(8);
  });

  test('and never by values, whatever they are', async () => {
    const keys = fc.constantFrom('user', 'password', 'token', 'MIICANARY76abcdefgh');
    const texts = fc.stringMatching(/^[a-z0-9]{4,12}$/).map((text) => `canary-${text}`);
    const values = fc.oneof(texts, fc.constant(ENC), fc.constant(''));
    const found: SecretViolation[] = [];
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, values), async (stringData) => {
        const text = JSON.stringify({ kind: 'Secret', metadata: { name: 's' }, stringData });
        // The search itself looks for what it must not tell.
        found.push(...(await search(text)).violations);
      }),
      { examples: [[{ user: 'canary-a' }], [{ user: 'canary-b' }], [{ token: 'canary-c', user: ENC }]] },
    );
    expectAboutToTell(found);
  });
});

describe('findSecretsInFile is content with', () => {
  test.each(Object.entries(FINE))('%s', async (_, [text, files]) => {
    expect(await search(text, files)).toEqual({ violations: [], unparsable: null });
  });
});

test('the message names the keys and the way out', async () => {
  const { violations } = await search(`${HEAD}stringData:\n  user: canary-a\n  password: canary-b\n`);
  expect(violations[0]?.message).toBe(
    'Secret s is committed in plain: user, password; rotate it, and use SealedSecret, ExternalSecret or SOPS',
  );
});

test.each([
  [
    'patches:\n- target: {kind: Secret}\n  patch: "[{op: add, path: /data/a, value: Y2FuYXJ5}]"\n',
    'A patch puts a committed value into Secrets: a; ',
  ],
  ['kind: Secret\nstringData: {a: canary}\n', 'A Secret without a name is committed in plain: a; '],
  [
    'secretGenerator:\n- literals: [a=canary]\n',
    'A secretGenerator without a name has a committed value: a; ',
  ],
  [
    'kind: Secret\nmetadata: {name: s}\nstringData: {MIICANARY76abcdefgh: x}\n',
    'Secret s is committed in plain: <redacted key>; ',
  ],
])('without a name the message is still a sentence: %#', async (text, beginning) => {
  const { violations } = await search(text);
  expect(violations.map(({ message }) => message)).toEqual([expect.stringContaining(beginning)]);
});

test('a value is recognised by its content, however it was written', async () => {
  const texts = [
    `${HEAD}stringData: {a: canary-x}\n`,
    `${HEAD}data: {a: ${base64('canary-x')}}\n`,
    'secretGenerator:\n- name: s\n  literals: ["a=\'canary-x\'"]\n',
    'secretGenerator:\n- name: s\n  envs: [e.env]\n',
    'secretGenerator:\n- name: s\n  files: [a=e.txt]\n',
    'patches:\n- target: {kind: Secret, name: s}\n  patch: "[{op: add, path: /stringData/a, value: canary-x}]"\n',
  ];
  const files = { 'a/e.env': '# b\r\na=canary-x\r\n', 'a/e.txt': 'canary-x' };
  const found = await Promise.all(texts.map((text) => search(text, files)));
  const values = found.flatMap(({ violations }) => violations.flatMap((one) => one.values));
  expect(values.map(({ key }) => key)).toEqual(texts.map(() => 'a'));
  expect(new Set(values.map(({ value }) => value.identity())).size).toBe(1);
});

test('a file that speaks of Secrets and is no YAML is not taken for searched', async () => {
  const broken = `${HEAD}stringData:\n  a: canary-x\n b: [\n`;
  expect(await search(broken)).toMatchObject({
    violations: [{ rule: 'secret/plain-secret', location: { startLine: 6 } }],
    unparsable: { line: 7, reason: 'line 7 is not valid YAML' },
  });
  expect(await search(`{{ if .x }}\n${broken}`, {}, 'chart/templates/s.yaml')).toMatchObject({
    violations: [{ location: { startLine: 7 } }],
    unparsable: null,
  });
});
