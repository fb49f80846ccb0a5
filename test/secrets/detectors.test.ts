import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { credentialRules } from '../../src/secrets/credentialRules.ts';
import { credentialsIn } from '../../src/secrets/detectors.ts';
import { credentialsInNamed } from '../../src/secrets/namedTexts.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
// Put together here, so that nobody else's detector takes them for real.
const AGE = `AGE-SECRET${'-KEY-'}1QQPQ7Y8S3N4C5D6E7F8G9HAJ2K3L4M5N6P7Q8R9S0T2U3V4W5X6Y7Z8QQQ`;
const ED25519 = `-----BEGIN ${'PRIVATE KEY'}-----\nMC4CAQAwBQYDK2VwBCIEIKp3Zc0xq8Vh1nT5yJd2Lm7Rw4Gs9Fb6Ue0Ao1Iz5Xk\n-----END ${'PRIVATE KEY'}-----\n`;
const GITLAB = `glpat${'-'}x7Kq2Zr9Wm4Tn6Lb1Vc3`;
const url = (text: string) => Buffer.from(text).toString('base64url');
const TOKEN = `${url('{"alg":"RS256","kid":"shop"}')}.${url('{"iss":"kubernetes/serviceaccount"}')}.${url('the signature of 256 bits')}`;
const LOGIN = base64('ci:x7Kq2Zr9');
/** A configuration of Docker with one registry. */
const registry = (login: object) => JSON.stringify({ auths: { 'registry.example.com': login } });
const AWS = 'pR3vXq9LmT2kW7sYz8NcBd4JhF6gAa1eUo5iKq0V';

async function found(text: string): Promise<string[]> {
  return (await credentialsIn(text)).map(({ tool, detector }) => `${tool} ${detector}`);
}

describe('a credential is known by its form', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['an age identity', `# created\n${AGE}\n`, 'gitleaks age-secret-key'],
    ['an Ed25519 key', ED25519, 'gitleaks private-key'],
    ['a private key in base64', `k: ${base64(ED25519)}\n`, 'gitleaks private-key'],
    [
      'a private key in base64 of base64',
      `k: ${base64(`key: ${base64(ED25519)}\n`)}\n`,
      'gitleaks private-key',
    ],
    ['a token of GitLab', `token: ${GITLAB}\n`, 'gitleaks gitlab-pat'],
    ['a service token', `token: ${TOKEN}\n`, 'gitleaks jwt'],
    [
      'a password in an address',
      'url: amqp://shop:x7Kq2Zr9@mq.example.com:5672\n',
      'hydrant address-with-password',
    ],
    [
      'a connection string',
      'url: jdbc:postgresql://db/shop?user=shop&password=x7Kq2Zr9\n',
      'hydrant connection-string',
    ],
    [
      'the key of a storage account',
      `c: AccountName=shop;AccountKey=${'x7Kq2Zr9'.repeat(10)}x7Kq2Z==\n`,
      'hydrant azure-storage-key',
    ],
    [
      'a connection string of libpq',
      'DSN: "host=db port=5432 user=shop password=x7Kq2Zr9"\n',
      'hydrant connection-string',
    ],
    ['a DSN of MySQL', 'DSN: shop:x7Kq2Zr9@tcp(db:3306)/shop\n', 'hydrant mysql-dsn'],
    ['a password of Oracle', 'url: jdbc:oracle:thin:shop/x7Kq2Zr9@//db:1521/x\n', 'hydrant oracle-thin-url'],
    ['an argument of AWS', `args: ["--aws-secret-access-key=${AWS}"]\n`, 'hydrant aws-secret-argument'],
    ['a login of a registry', `config: '${registry({ auth: LOGIN })}'\n`, 'hydrant login-in-base64'],
    [
      'a login in JSON in JSON',
      `"config": ${JSON.stringify(registry({ auth: LOGIN }))}\n`,
      'hydrant login-in-base64',
    ],
    ['a login in YAML', `auths:\n  registry.example.com:\n    auth: ${LOGIN}\n`, 'hydrant login-in-base64'],
    [
      'a login that is longer than what a rule is given',
      `registryAuth: ${base64(`_json_key:{"type": "service_account", "note": "${'words '.repeat(200)}"}`)}\n`,
      'hydrant login-in-base64',
    ],
    [
      'a login in base64',
      `.dockerconfigjson: ${base64(registry({ auth: LOGIN }))}\n`,
      'hydrant login-in-base64',
    ],
    [
      'a password of a registry in base64',
      `pull: ${base64(registry({ username: 'ci', password: 'x7Kq2Zr9' }))}\n`,
      'hydrant docker-config',
    ],
    ['a token of a registry', `a: '${registry({ identitytoken: 'x7Kq2Zr9' })}'\n`, 'hydrant docker-config'],
    ['an npmrc', `//npm.example.com/:_authToken=${AWS}\n`, 'hydrant npmrc'],
    ['a netrc', 'machine git.example.com\n  login ci\n  password x7Kq2Zr9\n', 'hydrant netrc'],
    ['a pgpass', 'db.example.com:5432:shop:app:x7Kq2Zr9\n', 'hydrant pgpass'],
    ['a configuration of PHP', "define( 'DB_PASSWORD', 'x7Kq2Zr9' );\n", 'hydrant php-define'],
    [
      'settings of Maven',
      '<username>ci</username>\n<password>x7Kq2Zr9</password>\n',
      'hydrant maven-settings',
    ],
    ['a statement of SQL', "CREATE ROLE app LOGIN PASSWORD 'x7Kq2Zr9';\n", 'hydrant sql-password'],
    ['a property', 'spring.datasource.password=x7Kq2Zr9\n', 'hydrant password'],
    ['a scrape of Prometheus', 'basic_auth:\n  username: a\n  password: x7Kq2Zr9\n', 'hydrant basic-auth'],
    ['a data source of Grafana', 'secureJsonData:\n  password: x7Kq2Zr9\n', 'hydrant grafana-datasource'],
    ['mail of Alertmanager', 'smtp_auth_password: x7Kq2Zr9\n', 'hydrant alertmanager'],
    ['a header', `Authorization: Basic ${base64('ci:x7Kq2Zr9wM4')}\n`, 'hydrant authorization-header'],
    ['a secret of a client', `clientSecret: ${'x7Kq2Zr9wM4'.repeat(3)}\n`, 'hydrant client-secret'],
    ['a key of WireGuard', `PrivateKey = ${'x7Kq2Zr'.repeat(6)}8=\n`, 'hydrant wireguard-key'],
    [
      'a private JSON web key',
      `{"kty":"EC","x":"a","d":"${'x7Kq2Zr9'.repeat(5)}"}\n`,
      'hydrant json-web-key',
    ],
    ['a configuration of Spring', 'datasource:\n  password: x7Kq2Zr9\n', 'hydrant password-in-mapping'],
    ['a configuration of Redis', 'maxmemory 1gb\nrequirepass x7Kq2Zr9\n', 'hydrant redis-password'],
    ['an argument of Redis', '["redis-server", "--requirepass", "x7Kq2Zr9"]\n', 'hydrant redis-password'],
    ['a call of curl', 'curl -sf -u ci:x7Kq2Zr9 https://ci.example.com\n', 'hydrant curl-user'],
    ['a call of mysql', 'mysql -h db -u root -px7Kq2Zr9 shop\n', 'hydrant mysql-argument'],
    [
      'a user of cloud-init',
      `users:\n- name: ops\n  passwd: $6$${'x7Kq2Zr9'.repeat(4)}\n`,
      'hydrant cloud-init-password',
    ],
    ['a plain user of cloud-init', '  plain_text_passwd: x7Kq2\n', 'hydrant cloud-init-plain-password'],
    ['users of cloud-init', 'chpasswd:\n  list: |\n    ops:x7Kq2\n', 'hydrant cloud-init-chpasswd'],
    [
      'a kubeconfig in base64',
      `k: ${base64('kind: Config\nusers:\n- name: a\n  user:\n    token: x7Kq2Zr9wM4Tn6Lb\n')}\n`,
      'hydrant kubeconfig',
    ],
    [
      'a key of PuTTY',
      `PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 1\n${AWS}\nPrivate-MAC: 0\n`,
      'hydrant putty-key',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await found(text)).toEqual([expected]);
  });

  test.each<[name: string, text: string]>([
    ['a certificate', `-----BEGIN CERTIFICATE-----\n${'x7Kq2Zr9'.repeat(20)}\n-----END CERTIFICATE-----\n`],
    ['a public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKp3Zc0xq8Vh1nT5yJd2Lm7Rw4Gs9Fb6Ue0Ao1Iz5Xk me\n'],
    [
      'a documented key',
      'id: AKIAIOSFODNN7EXAMPLE\naws_secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
    ],
    [
      'names and words where a password may stand',
      'existing_password=db-credentials-2\nPASSWORD=/run/secrets/db1\npassword=changeme\npassword=$PASSWORD1\npasswordKey=key12345\nclientSecret: oauth-client-secret-for-shop-2\n',
    ],
    [
      'calls without a password',
      'curl -u $USER:$PASSWORD1 x\ncurl -u ci: x\nmysql -p -u root shop-db1\nmysql -p$PASSWORD1 -P3306\nmysqldump --port=3306\nrequirepass $REDIS_PASSWORD1\nrequirepass ""\n',
    ],
    [
      'names where a password may stand in a mapping',
      'password:\n  secretKeyRef: { name: db-1 }\npassword: db-password-2\npasswordPolicy: ab12cd34\npassword: {{ .Values.a1b2 }}\npassword: [[a1b2c3]]\n',
    ],
    [
      'a configuration of registries without a login',
      [
        {},
        { auth: '' },
        { auth: 'enabled-8' },
        { auth: '$' + '{AUTH}' },
        { auth: base64('user:$' + '{PASSWORD}') },
        { username: '<user>', password: '<password>' },
      ]
        .flatMap((login) => [`a: '${registry(login)}'`, `b: ${base64(registry(login))}`])
        .join('\n'),
    ],
    ['what is called so', `auth: kubernetes\noauth: abcdefghijkl\nauth: ${base64('just some words')}\n`],
    ['a header that is filled in', 'Authorization: Bearer $' + '{SHOP_TOKEN_WITH_LONG_NAME}\n'],
    ['a reference in a data source', 'secureJsonData:\n  password: $GRAFANA_PASSWORD1\n'],
    [
      'addresses that scripts fill in',
      'a: redis://:@CACHE_PASSWORD@@cache:6379\nb: amqp://shop:#{MQ_PASSWORD}#@mq\nc: amqp://shop:[[mq]]@mq\n',
    ],
    ['an address in braces', 'postgres://app:{password}@db/x\n'],
    ['a setting of Maven', '<username>ci</username>\n<password>$' + '{env.PASSWORD1}</password>\n'],
    [
      'an address that is filled in',
      `url: amqp://shop:${'$'}{PASSWORD}@mq.example.com\nb: redis://:@@PASSWORD@@@cache:6379\n`,
    ],
    [
      'a digest and a commit',
      `image: a@sha256:${'0123456789abcdef'.repeat(4)}\nref: ${'0a1b2c3d'.repeat(5)}\n`,
    ],
  ])('%s is none', async (_, text) => {
    expect(await found(text)).toEqual([]);
  });

  test('and by its name, where that stands beside it', async () => {
    const [own, other] = await credentialsInNamed([
      { name: 'AWS_SECRET_ACCESS_KEY', text: AWS },
      { name: 'DIGEST', text: AWS },
    ]);
    expect(own).toMatchObject([{ start: 0, end: AWS.length, detector: 'aws' }]);
    expect(other).toEqual([]);
  });
});

test('what two detectors find counts once', async () => {
  const text = `a: ghp${'_'}${'a1B2c3D4e5F6'.repeat(3)}\n`;
  expect(await found(text)).toEqual(['secretlint github']);
});

test('the rules say what they were made from', () => {
  const { provenance } = JSON.parse(readFileSync(packageFile('schemas/credential-rules.json'), 'utf8'));
  expect(provenance).toMatchObject({
    licence: expect.stringContaining('MIT'),
    generator: 'npm run generate:credential-rules',
    rules: { module: 'github.com/zricethezav/gitleaks/v8', document: 'config/gitleaks.toml' },
  });
  for (const { id, keywords, regex } of credentialRules().rules) {
    expect([id, keywords.length > 0, typeof regex]).toEqual([id, true, 'string']);
    expect(keywords).toEqual(keywords.map((keyword) => keyword.toLowerCase()));
  }
});
