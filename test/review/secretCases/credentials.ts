import { BASE, CONFIG_MAP, resources, type SecretCase } from './files.ts';

// Put together here, so that nobody else's detector takes them for real.
const GITHUB = `ghp${'_'}${'a1B2c3'.repeat(6)}`;
const SLACK = `https://hooks.slack.com${'/services/'}T01234567/B01234567/abcdefghijklmnopqrstuvwx`;
const KEY = `-----BEGIN RSA ${'PRIVATE KEY'}-----\n${'MIIEpAIBAAKCAQEA0Zx'.repeat(10)}\n-----END RSA ${'PRIVATE KEY'}-----\n`;

const deployment = (container: string, annotations = '{}') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n  annotations: ${annotations}\nspec:\n  selector: { matchLabels: { app: d } }\n  template:\n    metadata: { labels: { app: d } }\n    spec:\n      containers:\n      - name: c\n        image: example.com/c:1.0.0\n${container.replace(/^(?=.)/gm, '        ')}`;

/** Credentials that stand elsewhere than in Secrets, known by their form. */
export const credentials: readonly SecretCase[] = [
  {
    name: 'a ConfigMap',
    commits: [{ 'o/c.yaml': `${CONFIG_MAP}data:\n  url: postgres://app:canary-c1@db.internal/app\n` }],
    expected: ['secret/credential o/c.yaml:5'],
  },
  {
    name: 'an environment variable',
    commits: [
      {
        'o/kustomization.yaml': resources('d.yaml'),
        'o/d.yaml': deployment(`env:\n- name: TOKEN\n  value: ${GITHUB}\n`),
      },
    ],
    expected: ['secret/credential o/d.yaml:16'],
    values: [GITHUB],
  },
  {
    name: 'an argument of a container',
    commits: [
      {
        'o/kustomization.yaml': resources('d.yaml'),
        'o/d.yaml': deployment(`args:\n- --hook=${SLACK}\n`),
      },
    ],
    expected: ['secret/credential o/d.yaml:15'],
    values: [SLACK],
  },
  {
    name: 'an annotation',
    commits: [
      {
        'o/kustomization.yaml': resources('d.yaml'),
        'o/d.yaml': deployment('', `{ example.com/key: ${GITHUB} }`),
      },
    ],
    expected: ['secret/credential o/d.yaml:5'],
    values: [GITHUB],
  },
  {
    name: 'a private key in a ConfigMap',
    commits: [{ 'o/c.yaml': `${CONFIG_MAP}data:\n  key: |\n${KEY.replace(/^(?=.)/gm, '    ')}` }],
    expected: ['secret/credential o/c.yaml:6'],
    values: ['MIIEpAIBAAKCAQEA0Zx'],
  },
  {
    name: 'a file that is no manifest',
    commits: [{ 'scripts/deploy.sh': `#!/bin/sh\nexport GITHUB_TOKEN=${GITHUB}\n` }],
    expected: ['secret/credential scripts/deploy.sh:2'],
    values: [GITHUB],
  },
  {
    name: 'a file that a generator of ConfigMaps reads',
    commits: [
      {
        'o/kustomization.yaml': 'configMapGenerator:\n- name: g\n  envs: [e.env]\n',
        'o/e.env': 'URL=mysql://app:canary-c2@db.internal/app\n',
      },
    ],
    expected: ['secret/credential o/e.env:1'],
  },
  {
    name: 'a token that is taken out again',
    commits: [{ 'notes.txt': `words\n${GITHUB}\n` }, { 'notes.txt': 'words\n' }],
    expected: ['secret/in-history -'],
    values: [GITHUB],
  },
  {
    name: 'a comment that would switch the detector off',
    commits: [{ 'notes.txt': `# secretlint-disable\n${GITHUB}\n` }],
    expected: ['secret/credential notes.txt:2'],
    values: [GITHUB],
  },
];

/** What looks like one. */
export const fineCredentials: readonly SecretCase[] = [
  {
    name: 'addresses with placeholders',
    commits: [
      {
        ...BASE,
        'o/c.yaml': `${CONFIG_MAP}data:\n  a: postgres://app:$\{PASSWORD}@db/app\n  b: postgres://app:$(PASSWORD)@db/app\n  c: https://user:password@example.com\n  d: https://example.com/a@b\n`,
      },
    ],
    expected: [],
  },
  {
    name: 'digests and certificates',
    commits: [
      {
        'o/c.yaml': `${CONFIG_MAP}data:\n  sum: sha256:${'0a1b2c3d'.repeat(8)}\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n    TUlJ\n    -----END CERTIFICATE-----\n`,
      },
    ],
    expected: [],
  },
];
