import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { packageFile } from '../../src/model/packageFile.ts';
import type { Settings } from '../../src/model/settings.ts';
import { DEFAULT_SETTINGS, UNREADABLE_SETTINGS } from '../../src/settings/defaults.ts';
import { FORMATS } from '../../src/settings/formats.ts';
import { parseSettings } from '../../src/settings/parseSettings.ts';
import { ruleNames } from '../../src/settings/ruleNames.ts';
import { validateSettings } from '../../src/settings/schema.ts';
import { fc, runs } from '../helpers/properties.ts';

const FILE = '.hydrant.yaml';

function messagesOf(text: string): string[] {
  return parseSettings(text, FILE).problems.map(({ message }) => message);
}

describe('parseSettings', () => {
  test('takes what the file says and the defaults for the rest', () => {
    const text = `
# Ours
kubernetesVersion: "1.36"
targets:
  include: [apps/**, "clusters/*/apps"]
  exclude:
    - apps/legacy/**
policies:
  disable: [images/latest-tag]
`;
    expect(parseSettings(text, FILE)).toEqual({
      settings: {
        ...DEFAULT_SETTINGS,
        kubernetesVersion: '1.36',
        targets: { include: ['apps/**', 'clusters/*/apps'], exclude: ['apps/legacy/**'] },
        policies: { ...DEFAULT_SETTINGS.policies, disable: ['images/latest-tag'] },
      },
      problems: [],
    });
  });

  test.each(['', '\n', '# nothing\n', '---\n', '{}', '\uFEFF# byte order mark\n'])(
    'a file that says nothing (%j) gives the defaults',
    (text) => {
      expect(parseSettings(text, FILE)).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
    },
  );

  test('an unknown field is told with its line, a guess and what is allowed', () => {
    expect(messagesOf('kubernetesVersion: "1.37"\n\ntarget:\n  include: []\n')).toEqual([
      '`.hydrant.yaml` line 3: unknown field `target`; did you mean `targets`? Allowed: `kubernetesVersion`, `gate`, `comment`, `targets`, `policies`, `exceptions`, `schemas`, `repository`, `clusters`, `kustomize`, `flux`, `limits`, `remotes`.',
    ]);
    expect(messagesOf('targets:\n  exclude: []\n  only: [a]\n')).toEqual([
      '`.hydrant.yaml` line 3: unknown field `only` in `targets`. Allowed: `include`, `exclude`.',
    ]);
    expect(messagesOf('1: one\n')).toEqual([
      '`.hydrant.yaml` line 1: unknown field `1`. Allowed: `kubernetesVersion`, `gate`, `comment`, `targets`, `policies`, `exceptions`, `schemas`, `repository`, `clusters`, `kustomize`, `flux`, `limits`, `remotes`.',
    ]);
    expect(messagesOf('__proto__: {}\n')).toEqual([
      '`.hydrant.yaml` line 1: unknown field `__proto__`. Allowed: `kubernetesVersion`, `gate`, `comment`, `targets`, `policies`, `exceptions`, `schemas`, `repository`, `clusters`, `kustomize`, `flux`, `limits`, `remotes`.',
    ]);
  });

  test('a Kubernetes version that is not supported is told with those that are', () => {
    expect(messagesOf('kubernetesVersion: "1.20"')).toEqual([
      '`.hydrant.yaml` line 1: `kubernetesVersion` is "1.20"; allowed: "1.29", "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37". The nearest is "1.29".',
    ]);
    expect(parseSettings('kubernetesVersion: "1.20"', FILE).settings).toEqual(DEFAULT_SETTINGS);
  });

  test('a number where text belongs is told with the way to write it', () => {
    expect(messagesOf('kubernetesVersion: 1.37')).toEqual([
      '`.hydrant.yaml` line 1: `kubernetesVersion` must be text, not a number. Example: `kubernetesVersion: "1.37"`.',
    ]);
  });

  test.each([
    [
      'targets: apps',
      'line 1: `targets` must be a mapping, not text. Example: `targets: {"exclude":["experiments/**"]}`.',
    ],
    [
      'targets:\n',
      'line 1: `targets` must be a mapping, not empty. Example: `targets: {"exclude":["experiments/**"]}`.',
    ],
    [
      'targets:\n  include: "apps/**"',
      'line 2: `targets.include` must be a list, not text. Example: `include: ["apps/**"]`.',
    ],
    [
      'policies:\n  paths:\n  - a\n  - true',
      'line 4: `policies.paths[1]` must be text, not true or false. Example: `- "policies"`.',
    ],
    [
      '- a\n- b',
      'line 1: the file must be a mapping, not a list. Example: `targets: {"exclude": ["experiments/**"]}`.',
    ],
    [
      'just text',
      'line 1: the file must be a mapping, not text. Example: `targets: {"exclude": ["experiments/**"]}`.',
    ],
  ])('a wrong type is told with its line: %j', (text, message) => {
    expect(messagesOf(text)).toEqual([`\`.hydrant.yaml\` ${message}`]);
  });

  test.each(['', '/apps/**', '../apps', 'apps/../..', 'apps/[a', 'apps/{a,b', 'apps\\x'])(
    'refuses the glob %j',
    (glob) => {
      expect(messagesOf(`targets:\n  include:\n  - ok/**\n  - ${JSON.stringify(glob)}\n`)).toEqual([
        `\`.hydrant.yaml\` line 4: \`targets.include[1]\` is ${JSON.stringify(glob)}, which is no glob of folders in the repository. Example: \`- "apps/**"\`.`,
      ]);
    },
  );

  test.each(['*', '**', '.', 'apps/{a,b}/**', 'clusters/[a-c]*', '!(legacy)', 'ünïcode/*'])(
    'takes the glob %j',
    (glob) => {
      expect(parseSettings(JSON.stringify({ targets: { include: [glob] } }), FILE)).toMatchObject({
        settings: { targets: { include: [glob] } },
        problems: [],
      });
    },
  );

  test('a folder may be written with ./ before and / after it', () => {
    const text = JSON.stringify({
      targets: { include: ['./apps/*/', './'] },
      policies: { paths: ['./', 'rules//'] },
    });
    expect(parseSettings(text, FILE)).toMatchObject({
      settings: { targets: { include: ['apps/*', '.'] }, policies: { paths: ['.', 'rules'] } },
      problems: [],
    });
  });

  test('refuses folders outside of the repository and rules without a category', () => {
    expect(messagesOf('policies:\n  paths: [../elsewhere]\n  disable: [latest]\n')).toEqual([
      '`.hydrant.yaml` line 2: `policies.paths[0]` is "../elsewhere", which is no folder in the repository. Example: `- "policies"`.',
      '`.hydrant.yaml` line 3: `policies.disable[0]` is "latest", which is no name of a rule. Example: `- "images/latest-tag"`.',
    ]);
  });

  test('refuses rules that there are not, which would switch nothing off', () => {
    const text = 'policies:\n  disable:\n  - rbac/wildcard\n  - images/latest-tagg\n  - team/own\n';
    const { settings, problems } = parseSettings(text, FILE);
    expect(settings.policies.disable).toEqual(['rbac/wildcard']);
    expect(problems).toEqual([
      {
        path: FILE,
        line: 4,
        message:
          '`.hydrant.yaml` line 4: `policies.disable[1]` is `images/latest-tagg`, and no built-in rule is called so; did you mean `images/latest-tag`? Allowed: `images/digest-in-production`, `images/latest-tag`.',
        about: {
          said: '`policies.disable[]` is `images/latest-tagg`, and no built-in rule is called so; did you mean `images/latest-tag`? Allowed: `images/digest-in-production`, `images/latest-tag`.',
        },
      },
      {
        path: FILE,
        line: 5,
        about: { said: expect.stringMatching(/^`policies\.disable\[\]` is `team\/own`, /) },
        message: expect.stringMatching(
          /no built-in rule is called so\. Allowed: `argocd\/\.\.\.`, `availability\/\.\.\.`, /,
        ),
      },
    ]);
    expect(messagesOf('policies:\n  enable: [security/seccomp]\n')).toEqual([
      expect.stringContaining(
        '`policies.enable[0]` is `security/seccomp`, and no built-in rule is called so',
      ),
    ]);
  });

  test('what is wrong gets the default and what is right still counts', () => {
    const text =
      'kubernetesVersion: 2\ntargets:\n  include: [a, "[", b]\n  exclude: none\npolicies: {disable: [rbac/wildcard], path: x}\n';
    const { settings, problems } = parseSettings(text, FILE);
    expect(settings).toEqual({
      ...DEFAULT_SETTINGS,
      targets: { include: ['a', 'b'], exclude: [] },
      policies: { ...DEFAULT_SETTINGS.policies, disable: ['rbac/wildcard'] },
    });
    expect(problems.map(({ line }) => line)).toEqual([1, 3, 4, 5]);
  });

  test('a cluster has its folder and nothing else by default', () => {
    const text = 'clusters:\n- name: production-eu\n- name: staging\n  match: [./envs/staging/, one.yaml]\n';
    expect(parseSettings(text, FILE)).toEqual({
      settings: {
        ...DEFAULT_SETTINGS,
        clusters: [
          {
            name: 'production-eu',
            match: ['clusters/production-eu/**'],
            apiVersions: [],
            labels: {},
            annotations: {},
            values: {},
          },
          {
            name: 'staging',
            match: ['envs/staging', 'one.yaml'],
            apiVersions: [],
            labels: {},
            annotations: {},
            values: {},
          },
        ],
      },
      problems: [],
    });
  });

  test('a cluster is held to its fields, line by line, and what is right still counts', () => {
    const text = `
clusters:
- name: a
  server: api.example.com
  labels:
    tier: 1
    region: eu
  kubernetesVersion: "1.20"
  apiVersions: [monitoring.coreos.com]
  environment: ""
  match: [../other]
  region: eu
- environment: production
- name: "clusters/*"
- name: b
`;
    const { settings, problems } = parseSettings(text, FILE);
    expect(problems.map(({ message }) => message)).toEqual([
      '`.hydrant.yaml` line 4: `clusters[0].server` is "api.example.com", which is no address of an API server. Example: `server: "https://api.production-eu.example.com"`.',
      '`.hydrant.yaml` line 6: `clusters[0].labels.tier` must be text, not a number. Example: `tier: "eu"`.',
      '`.hydrant.yaml` line 8: `clusters[0].kubernetesVersion` is "1.20"; allowed: "1.29", "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37". The nearest is "1.29".',
      '`.hydrant.yaml` line 9: `clusters[0].apiVersions[0]` is "monitoring.coreos.com", which is no API version. Example: `- "monitoring.coreos.com/v1"`.',
      '`.hydrant.yaml` line 10: `clusters[0].environment` is "", which is no name of an environment. Example: `environment: "production"`.',
      '`.hydrant.yaml` line 11: `clusters[0].match[0]` is "../other", which is no glob of folders in the repository. Example: `- "apps/**"`.',
      '`.hydrant.yaml` line 12: unknown field `region` in `clusters[0]`. Allowed: `name`, `server`, `match`, `environment`, `kubernetesVersion`, `apiVersions`, `labels`, `annotations`, `values`.',
      '`.hydrant.yaml` line 13: `clusters[1]` needs `name`. Example: `- {"name":"production-eu","environment":"production"}`.',
      '`.hydrant.yaml` line 14: `clusters[2].name` is "clusters/*", which is no name of a cluster. Example: `name: "production-eu"`.',
    ]);
    expect(settings.clusters).toMatchObject([
      { name: 'a', match: [], labels: { region: 'eu' }, apiVersions: [] },
      { name: 'b', match: ['clusters/b/**'] },
    ]);
  });

  test('of clusters of one name the first counts, and the others are told', () => {
    const text = 'clusters:\n- name: a\n- name: b\n- environment: x\n  name: a\n- {name: a}\n';
    const { settings, problems } = parseSettings(text, FILE);
    expect(problems.map(({ message }) => message)).toEqual([
      '`.hydrant.yaml` line 4: a cluster `a` stands here again, first on line 2; give each cluster a name of its own. This one does not count.',
      '`.hydrant.yaml` line 6: a cluster `a` stands here again, first on line 2; give each cluster a name of its own. This one does not count.',
    ]);
    expect(settings.clusters.map(({ name, environment }) => [name, environment])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
  });

  test.each([
    'production',
    'in-cluster',
    'admin@prod.example.com',
    'arn:aws:eks:eu-central-1:123456789012:cluster/production',
  ])('takes %j for the name of a cluster', (name) => {
    expect(messagesOf(JSON.stringify({ clusters: [{ name }] }))).toEqual([]);
  });

  test.each([
    'remotes: { mode: nome }',
    'remotes: { mode: [none] }',
    'remotes: { mdoe: none }',
    'remotes: none',
    'remotes: { mode: none',
    '- remotes: { mode: none }',
  ])('what decides whether anything is fetched is none where it is wrong: %s', (text) => {
    const { settings, problems } = parseSettings(text, FILE);
    expect(settings.remotes).toEqual({ mode: 'none', allow: [] });
    expect(problems.length).toBeGreaterThan(0);
  });

  test.each([
    'https://charts.example.com',
    'https://charts.example.com/stable/',
    'http://127.0.0.1:8080/charts',
    'http://[::1]:8080',
    'https://gitlab.com/api/v4/projects/acme%2Fcharts/packages/helm/*',
    'https://raw.githubusercontent.com/acme/{one,two}/**',
    'oci://ghcr.io/acme/*',
    'oci://localhost:5000',
  ])('%j may be allowed', (address) => {
    expect(parseSettings(JSON.stringify({ remotes: { allow: [address] } }), FILE)).toMatchObject({
      settings: { remotes: { allow: [address] } },
      problems: [],
    });
  });

  test.each([
    '',
    '*',
    'https://',
    'https://*',
    'https://*.example.com/stable',
    'charts.example.com/stable',
    'ftp://charts.example.com',
    'git@github.com:acme/x',
    'https://user:secret@charts.example.com',
    'https://charts.example.com/?a=b',
    'https://charts.example.com/#top',
    'https://charts.example.com/a b',
    'https://charts.example.com/a%2f..%2fb',
    'https://charts.example.com/[a',
    'oci:ghcr.io/acme',
  ])('refuses to allow %j', (address) => {
    const { settings, problems } = parseSettings(`remotes:\n  allow: [${JSON.stringify(address)}]`, FILE);
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(problems.map(({ message }) => message)).toEqual([
      `\`.hydrant.yaml\` line 2: \`remotes.allow[0]\` is ${JSON.stringify(address.replace('user:secret@', '…@'))}, which is no address that can be allowed: it begins with https://, http:// or oci://, names its host in full, and has no credentials, query or open brackets. Example: \`- "https://charts.example.com/stable"\`.`,
    ]);
  });

  test('addresses of the repository are those that Git knows', () => {
    const good = [
      'https://github.com/acme/gitops.git',
      'git@github.com:acme/gitops.git',
      'ssh://git@git.example.com:2222/acme/gitops',
    ];
    const bad = ['acme/gitops', 'https://github.com', 'https://me:secret@github.com/acme/gitops', 'git@x:'];
    const { settings, problems } = parseSettings(
      JSON.stringify({ repository: { urls: [...good, ...bad] } }, null, 1),
      FILE,
    );
    expect(settings.repository.urls).toEqual(good);
    expect(problems.map(({ message }) => message)).toEqual(
      bad.map(
        (address, index) =>
          `\`.hydrant.yaml\` line ${7 + index}: \`repository.urls[${3 + index}]\` is ${JSON.stringify(address.replace('me:secret@', '…@'))}, which is no address of a Git repository without password. Example: \`- "https://github.com/acme/gitops.git"\`.`,
      ),
    );
  });

  test('a field that stands twice is told with both lines and does not count', () => {
    const text =
      'kubernetesVersion: "1.35"\ntargets:\n  include: [a]\n  exclude: [b]\n  include: [c]\nkubernetesVersion: "1.36"\n';
    const { settings, problems } = parseSettings(text, FILE);
    expect(problems.map(({ message }) => message)).toEqual([
      '`.hydrant.yaml` line 5: field `include` stands here again, first on line 3; keep one of them.',
      '`.hydrant.yaml` line 6: field `kubernetesVersion` stands here again, first on line 1; keep one of them.',
    ]);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, targets: { include: [], exclude: ['b'] } });
  });

  test.each([
    [
      'targets: {}\npolicies: [\n',
      'line 2: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. The defaults are used.',
    ],
    [
      'a: 1\n b: 2\n',
      'line 1: not valid YAML: Nested mappings are not allowed in compact mappings. The defaults are used.',
    ],
    [
      'targets: *none\n',
      'line 1: not valid YAML: Unresolved alias (the anchor must be set before the alias): none. The defaults are used.',
    ],
    ['targets: !secret x\n', 'line 1: not valid YAML: Unresolved tag: !secret. The defaults are used.'],
    ['targets: {}\n---\npolicies: {}\n', 'line 2: a second document begins here; only one is allowed.'],
  ])('a text that is no YAML is told with its line: %j', (text, message) => {
    const { settings, problems } = parseSettings(text, FILE);
    expect(problems[0]).toMatchObject({ path: FILE, message: `\`.hydrant.yaml\` ${message}` });
    expect(settings).toEqual(UNREADABLE_SETTINGS);
  });

  test('aliases that multiply and endless nesting end in a problem', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++)
      bomb.push(`a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]`);
    for (const text of [bomb.join('\n'), '['.repeat(50_000), '{a: '.repeat(20_000)]) {
      const { settings, problems } = parseSettings(text, FILE);
      expect(settings).toEqual(UNREADABLE_SETTINGS);
      expect(problems[0]?.message).toMatch(
        /^`\.hydrant\.yaml` line \d+: not valid YAML: .+ The defaults are used\.$/,
      );
    }
  });

  test('never throws, and says a true line for every problem', () => {
    const names = [
      'kubernetesVersion',
      'gate',
      'targets',
      'include',
      'exclude',
      'policies',
      'paths',
      'disable',
      'enable',
      'maxWorkloads',
      'clusters',
      'name',
      'match',
      'labels',
      'remotes',
      'mode',
      'allow',
      'https://a.example/b',
      '1.37',
    ];
    const marks = `: |: |\n|\n  |- |[|]|{|}|,|&a|*a|!x|"|'|#|>|\t|---\n|<<|?`.split('|');
    const word = fc.constantFrom(...names, ...marks);
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 25 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { settings, problems } = parseSettings(text, FILE);
        expect(validateSettings(asFile(settings))).toEqual([]);
        for (const { path, line, message } of problems) {
          expect(path).toBe(FILE);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(text.split(/\r\n|[\r\n]/).length);
          expect(message.startsWith(`\`${FILE}\` line ${line}: `)).toBe(true);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  test('settings that the schema allows come back as they were written', () => {
    const rule = fc.constantFrom(...ruleNames());
    const folder = fc.stringMatching(/^[a-z*]{1,5}(\/[a-z*]{1,3})?$/);
    const version = fc.constantFrom('1.35', '1.36', '1.37');
    const word = fc.stringMatching(/^[a-z0-9-]{1,5}$/);
    const address = fc.stringMatching(/^https:\/\/[a-z]{1,5}\.example\/[a-z*]{1,3}$/);
    const texts = fc.dictionary(fc.stringMatching(/^[a-z./]{1,5}$/), fc.string());
    const settings = fc.record({
      kubernetesVersion: version,
      gate: fc.constantFrom('new' as const, 'all' as const),
      comment: fc.record({ mode: fc.constantFrom('update' as const, 'recreate' as const, 'off' as const) }),
      targets: fc.record({ include: fc.array(folder), exclude: fc.array(folder) }),
      policies: fc.record({
        paths: fc.array(folder),
        data: fc.array(folder),
        combine: fc.array(folder),
        profile: fc.constantFrom('recommended' as const, 'strict' as const, 'none' as const),
        disable: fc.array(rule),
        enable: fc.array(rule),
        maxWorkloads: fc.integer({ min: 1, max: 1000 }),
      }),
      limits: fc.record({
        perSet: fc.integer({ min: 1, max: 9000 }),
        applications: fc.integer({ min: 1, max: 9000 }),
      }),
      exceptions: fc.array(
        fc.record(
          {
            rule: fc.constantFrom('security/*', 'main/deny', 'kubernetes.labels/warn_it'),
            resource: fc.constantFrom('Pod/*', 'a/Deployment/b'),
            path: folder,
            target: word,
            reason: fc.string({ minLength: 1 }),
            expires: fc.constantFrom('2026-02-28', '2028-02-29'),
          },
          { requiredKeys: ['rule', 'reason'] },
        ),
      ),
      schemas: fc.record({
        locations: fc.array(fc.constantFrom('schemas', 'crds/{{.Group}}/{{ .ResourceKind }}.json')),
      }),
      repository: fc.record({ urls: fc.array(address) }),
      clusters: fc.uniqueArray(
        fc.record({
          name: word,
          server: address,
          match: fc.array(folder),
          environment: word,
          kubernetesVersion: version,
          apiVersions: fc.array(fc.constantFrom('v1', 'a.example/v1', 'a.example/v1beta1/Kind')),
          labels: texts,
          annotations: texts,
          values: texts,
        }),
        { selector: ({ name }) => name, maxLength: 3 },
      ),
      kustomize: fc.record({ buildOptions: fc.string() }),
      flux: fc.record({ version: fc.constantFrom('2.4', '2.9') }, { requiredKeys: [] }),
      remotes: fc.record({ mode: fc.constantFrom('base', 'listed', 'none'), allow: fc.array(address) }),
    });
    fc.assert(
      fc.property(settings, (given) => {
        const { settings: read, problems } = parseSettings(JSON.stringify(given, null, 1), FILE);
        expect({ settings: asFile(read), problems }).toEqual({ settings: given, problems: [] });
      }),
    );
  });
});

/** Fields that have to stand with others, by the schema's definition. */
const OTHERS: Readonly<Record<string, object>> = {
  '#/definitions/cluster': { name: 'a' },
  '#/definitions/exception': { rule: 'a/b', reason: 'c' },
};

/** Without what no file gives: the lines of exceptions. */
function asFile(settings: Settings): object {
  const exceptions = settings.exceptions.map((exception) =>
    Object.fromEntries(Object.entries(exception).filter(([name]) => name !== 'at')),
  );
  return { ...settings, exceptions };
}

describe('exceptions', () => {
  const exceptionsOf = (text: string) => parseSettings(text, FILE).settings.exceptions;

  test('come with the lines on which they begin', () => {
    const text = `exceptions:
- rule: security/*
  reason: one
- { rule: main/deny, reason: two, expires: 2027-02-31 }
- rule: main/deny
  resource: a/Pod/b
  reason: three
  expires: 2027-02-28
- rule: security/*
  reason: one
`;
    expect(exceptionsOf(text)).toEqual([
      { rule: 'security/*', reason: 'one', at: { path: FILE, line: 2 } },
      {
        rule: 'main/deny',
        resource: 'a/Pod/b',
        reason: 'three',
        expires: '2027-02-28',
        at: { path: FILE, line: 5 },
      },
      { rule: 'security/*', reason: 'one', at: { path: FILE, line: 9 } },
    ]);
    expect(messagesOf(text)).toEqual([
      '`.hydrant.yaml` line 4: `exceptions[1].expires` is "2027-02-31", which is no day of the calendar, written as year-month-day. Example: `expires: "2027-03-31"`.',
    ]);
  });

  test.each([
    ['a mistyped field', '{ rule: a/b, reason: c, path: d, resorce: Pod/e }'],
    ['a field twice', '{ rule: a/b, reason: c, expires: 2026-01-01, expires: 2027-01-01 }'],
    ['no reason', '{ rule: a/b }'],
    ['an empty reason', '{ rule: a/b, reason: "" }'],
    ['no rule', '{ reason: c }'],
    ['a rule without category', '{ rule: b, reason: c }'],
    ['a rule of render', '{ rule: render/missing-file, reason: c }'],
    ['a rule of settings', '{ rule: settings/*, reason: c }'],
    ['a policy that does not compile', '{ rule: policy/compile, reason: c }'],
    ['a resource without kind', '{ rule: a/b, reason: c, resource: web }'],
    ['an open glob', '{ rule: a/b, reason: c, path: "a/[" }'],
    ['a time', '{ rule: a/b, reason: c, expires: 2027-01-01T00:00:00Z }'],
  ])('with %s do not count at all', (_, exception) => {
    const sound = '{ rule: x/y, reason: z }';
    const text = `exceptions:\n- ${exception}\n- ${sound}\n`;
    expect(exceptionsOf(text)).toEqual([{ rule: 'x/y', reason: 'z', at: { path: FILE, line: 3 } }]);
    expect(messagesOf(text)).toHaveLength(1);
  });
});

describe('schemas/hydrant.schema.json', () => {
  interface Node {
    readonly $ref?: string;
    readonly description?: string;
    readonly type?: string;
    readonly default?: unknown;
    readonly enum?: readonly string[];
    readonly examples?: readonly unknown[];
    readonly properties?: Readonly<Record<string, Node>>;
    readonly items?: Node;
    readonly additionalProperties?: false | Node;
    readonly definitions?: Readonly<Record<string, Node>>;
  }
  // The schema is a file of ours; the tests below would fail if it had another form.
  const schema = JSON.parse(readFileSync(packageFile('schemas/hydrant.schema.json'), 'utf8')) as Node;

  /** The data that the schema's defaults make. */
  function defaultsOf({ properties, default: value }: Node): unknown {
    if (properties === undefined) return value;
    return Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, defaultsOf(node)]));
  }

  test('is a JSON schema, of which nothing is unknown', () => {
    expect(() => new Ajv({ strict: true, formats: { ...FORMATS } }).compile(schema)).not.toThrow();
  });

  test('has the fields and defaults of the settings', () => {
    expect(defaultsOf(schema)).toEqual(DEFAULT_SETTINGS);
    expect(validateSettings(DEFAULT_SETTINGS)).toEqual([]);
  });

  test('the default Kubernetes version is the newest, and a cluster may have the same ones', () => {
    const versions = schema.properties?.kubernetesVersion?.enum;
    expect(versions?.at(-1)).toBe(DEFAULT_SETTINGS.kubernetesVersion);
    expect(schema.definitions?.cluster?.properties?.kubernetesVersion?.enum).toEqual(versions);
  });

  test('describes every field, and its examples are allowed', () => {
    const names: string[] = [];
    const walk = (given: Node, wrap: (value: unknown) => unknown) => {
      const node = schema.definitions?.[given.$ref?.split('/').at(-1) ?? ''] ?? given;
      expect(node.description).toMatch(/^.+\.$/s);
      for (const example of node.examples ?? []) expect(validateSettings(wrap(example))).toEqual([]);
      if (node.items !== undefined) walk(node.items, (value) => wrap([value]));
      if (typeof node.additionalProperties === 'object')
        walk(node.additionalProperties, (value) => wrap({ any: value }));
      for (const [name, child] of Object.entries(node.properties ?? {})) {
        names.push(name);
        const others = OTHERS[given.$ref ?? ''] ?? {};
        walk(child, (value) => wrap({ ...others, [name]: value }));
      }
    };
    walk(schema, (value) => value);
    expect(names).toEqual(expect.arrayContaining(['kubernetesVersion', 'allow', 'urls', 'apiVersions']));
  });

  test('is a valid JSON Schema', () => {
    expect(new Ajv().validateSchema(schema)).toBe(true);
  });
});

test.each(['../schemas', 'https://example.com/{{.Group}}.json', 'a/{{.Kind}}.json', 'a/{b}'])(
  'a schema location is in the repository and has only known placeholders, not %s',
  (location) => {
    expect(messagesOf(`schemas:\n  locations: ["${location}"]\n`)).toEqual([
      expect.stringMatching(/^`\.hydrant\.yaml` line 2: .*placeholders/),
    ]);
  },
);
