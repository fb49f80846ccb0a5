// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Argo CD.
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { Followed } from '../../../src/model/followed.ts';
import { type ManifestValue, textAt, valueAt } from '../../../src/model/manifest.ts';
import type { FollowOptions } from '../../helpers/followObjects.ts';
import { application, applicationSet, applicationTemplate, REPOSITORY } from '../../helpers/operators.ts';
import type { TestFiles } from '../../helpers/repository.ts';
import { CONFIG_MAP, cluster, createFollower, violationsOf } from './follow.ts';

const follower = createFollower();
afterAll(() => follower.close());

const FILES = {
  'apps/api/a.yaml': CONFIG_MAP,
  'apps/web/a.yaml': CONFIG_MAP,
  'apps/web/deep/a.yaml': CONFIG_MAP,
  'apps/.hidden/a.yaml': CONFIG_MAP,
};

const template = (name: string, more: object = {}) =>
  applicationTemplate(name, { repoURL: REPOSITORY, path: 'apps/web' }, more);

/** Follows an ApplicationSet; its template names each parameter that is asked for. */
async function follow(spec: object, { files = {}, ...options }: { files?: TestFiles } & FollowOptions = {}) {
  return follower.follow({ ...FILES, ...files, 'set.yaml': applicationSet(spec) }, options);
}

/** Each set of parameters that simple generators give, as far as the template asks for them. */
async function parametersOf(
  generators: object[],
  names: readonly string[],
  options: object = {},
): Promise<string[]> {
  const info = names.map((name) => ({ name, value: `{{${name}}}` }));
  return infoOf(generators, { template: template('app-{{name}}', { info }) }, options);
}

/** The same of Go templates; the names have their dots. */
async function goParametersOf(
  generators: object[],
  names: readonly string[],
  options: object = {},
): Promise<string[]> {
  const info = names.map((name) => ({ name, value: `{{ ${name} | toJson }}` }));
  const spec = { goTemplate: true, template: template('app', { info }) };
  return infoOf(generators, spec, options);
}

async function infoOf(generators: object[], spec: { template: object }, options: object): Promise<string[]> {
  // The name is not what these tests are about: those that share it are told, and looked at all the same.
  const named = { ...spec.template, metadata: { name: 'app' } };
  const sets = await Promise.all(
    generators.map((generator) => follow({ generators: [generator], ...spec, template: named }, options)),
  );
  return sets.flatMap(({ made, violations }) =>
    [
      ...made,
      ...violations.map(({ object }) => object).filter(({ resource }) => resource.kind === 'Application'),
    ]
      .map(({ resource }) => valueAt(resource.manifest, ['spec', 'info']))
      .map((info: ManifestValue | undefined) => (Array.isArray(info) ? info : []))
      .map((info) => info.map((item) => textAt(item, ['value'])).join(' | ')),
  );
}

describe('an ApplicationSet', () => {
  test('makes Applications that are targets', async () => {
    const followed = await follow({
      generators: [{ list: { elements: [{ name: 'one' }, { name: 'two' }] } }],
      template: template('{{ name }}-app'),
    });
    expect(followed.targets.map(({ target }) => target.id)).toEqual([
      'Application/argocd/one-app',
      'Application/argocd/two-app',
    ]);
    expect(followed.targets[0]?.target.source).toMatchObject({ tool: 'directory', path: 'apps/web' });
    expect(followed.made.map(({ resource, place }) => [resource.kind, resource.namespace, place.in])).toEqual(
      [
        ['Application', 'argocd', 'object'],
        ['Application', 'argocd', 'object'],
      ],
    );
    expect(violationsOf(followed)).toEqual([]);
  });

  test('uses Go templates, their options, functions and a patch', async () => {
    const followed = await follow({
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements: [{ name: 'one', prune: true, tags: ['x', 'y'] }] } }],
      template: template('{{ .name | upper | lower }}-{{ index .tags 1 }}'),
      templatePatch: '{{- if .prune }}\nspec: {source: {path: apps/api}, project: other}\n{{- end }}',
    });
    expect(followed.targets.map(({ target }) => [target.id, target.path])).toEqual([
      ['Application/argocd/one-y', 'apps/api'],
    ]);
    // A patch cannot change the project.
    expect(valueAt(followed.made[0]?.resource.manifest, ['spec', 'project'])).toBe('default');
  });

  test('makes none where a template is wrong for one element, as its controller stops there', async () => {
    const followed = await follow({
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements: [{ name: 'one' }, { other: 'x' }] } }],
      template: template('{{ .name }}'),
    });
    expect(followed.made).toEqual([]);
    expect(violationsOf(followed)).toEqual([
      expect.stringMatching(
        /^render\/applicationset at spec\.template\.metadata\.name: .*map has no entry for key "name"/,
      ),
    ]);
  });

  test('reports a parameter that no generator gives', async () => {
    const spec = { generators: [{ list: { elements: [{ name: 'one' }] } }], template: template('{{nmae}}') };
    expect(violationsOf(await follow(spec))).toEqual([
      'render/applicationset at spec.template.metadata.name: no generator gives the parameter nmae that metadata.name of the template names',
    ]);
  });

  test('reports a parameter that no generator gives to a Go template', async () => {
    const followed = await follow({
      goTemplate: true,
      generators: [{ list: { elements: [{ name: 'one' }, { other: 'x' }] } }],
      template: template('app-{{ .name }}'),
    });
    expect(followed.made.map(({ resource }) => resource.name)).toEqual(['app-one']);
    expect(violationsOf(followed)).toEqual([
      'render/applicationset at spec.template.metadata.name: no generator gives a parameter that metadata.name of the template names',
    ]);
  });

  test('reports a name that Kubernetes refuses, and takes those that it does not', async () => {
    const elements = ['one', 'One', 'a_b', '-a', 'b.c-1', 'x'.repeat(254)].map((name) => ({ name }));
    const followed = await follow({ generators: [{ list: { elements } }], template: template('{{name}}') });
    expect(followed.made.map(({ resource }) => resource.name)).toEqual(['one', 'b.c-1']);
    expect(violationsOf(followed)).toEqual(
      ['One', 'a_b', '-a', 'x'.repeat(254)].map((name) =>
        expect.stringContaining(
          `render/applicationset at spec.template.metadata.name: the template gives an Application the name ${name}, which Kubernetes refuses`,
        ),
      ),
    );
  });

  test('makes none of several Applications of the same name', async () => {
    const followed = await follow({
      generators: [{ list: { elements: [{ name: 'one' }, { name: 'two' }, { name: 'one' }] } }],
      template: template('{{name}}'),
    });
    expect(followed.made.map(({ resource }) => resource.name)).toEqual(['two']);
    const twice =
      'render/applicationset at : the ApplicationSet gives several Applications the name one, so that Argo CD makes none of them';
    expect(violationsOf(followed)).toEqual([twice, twice]);
  });

  test("fills generators' own templates from its own", async () => {
    const own = { metadata: { labels: { own: 'yes' } }, spec: { source: { path: 'apps/api', repoURL: '' } } };
    const followed = await follow({
      generators: [
        { list: { elements: [{ name: 'one' }], template: own } },
        { list: { elements: [{ name: 'two' }] } },
      ],
      template: template('{{name}}'),
    });
    expect(followed.targets.map(({ target }) => target.path)).toEqual(['apps/api', 'apps/web']);
    expect(followed.made[0]?.resource.manifest).toMatchObject({
      metadata: { name: 'one', labels: { own: 'yes' } },
      spec: { source: { repoURL: REPOSITORY }, project: 'default' },
    });
  });

  test.each([
    [
      { scmProvider: { github: { organization: 'acme' } } },
      'its scmProvider generator asks a Git server, which Hydrant does not',
    ],
    [
      { pullRequest: { github: { owner: 'acme', repo: 'x' } } },
      'its pullRequest generator asks a Git server, which Hydrant does not',
    ],
    [
      { plugin: { configMapRef: { name: 'x' } } },
      'its plugin generator asks a service of yours, which Hydrant does not',
    ],
    [{ clusterDecisionResource: {} }, 'its clusterDecisionResource generator reads an object of the cluster'],
    [
      { clusters: {} },
      'its cluster generator takes the clusters that Argo CD knows; list them in `clusters` of .hydrant.yaml to have them used',
    ],
    [
      { git: { repoURL: 'https://github.com/acme/other', directories: [{ path: '*' }] } },
      'its git generator cannot be read: https://github.com/acme/other is remote, and the settings do not allow it; list it in `remotes.allow` of .hydrant.yaml to have it fetched; list it in `repository.urls` instead if it is an address of this one',
    ],
    [
      { matrix: { generators: [{ list: { elements: [{ a: 'b' }] } }, { clusters: {} }] } },
      'its cluster generator takes the clusters that Argo CD knows; list them in `clusters` of .hydrant.yaml to have them used',
    ],
  ])('says that it is not validated with %j', async (generator, reason) => {
    const list = { list: { elements: [{ name: 'one' }] } };
    const followed = await follow({ generators: [generator, list], template: template('{{name}}') });
    expect(followed.notValidated).toEqual([
      expect.objectContaining({ subject: 'ApplicationSet argocd/set', reason, concern: 'render' }),
    ]);
    expect(followed.made.map(({ resource }) => resource.name)).toEqual(['one']);
  });

  test.each([{}, { selector: { matchLabels: { a: 'b' } } }])(
    'makes nothing of the entry %j',
    async (entry) => {
      const list = { list: { elements: [{ name: 'one' }] } };
      const followed = await follow({ generators: [entry, list], template: template('{{name}}') });
      expect(followed.violations).toEqual([]);
      expect(followed.made.map(({ resource }) => resource.name)).toEqual(['one']);
    },
  );

  test.each([
    [{ generators: [] }, 'spec: the ApplicationSet has no generators'],
    [{ generators: [{ lists: {} }] }, 'spec.generators.0: Argo CD knows no generator lists'],
    [
      { generators: [{ git: { repoURL: REPOSITORY } }] },
      'spec.generators.0.git: a git generator needs directories or files',
    ],
    [
      { generators: [{ list: { elements: [{ port: 80 }] } }] },
      'spec.generators.0.list.elements.0.port: port must be a text; write it in quotes, or set goTemplate',
    ],
    [
      { generators: [{ list: { elementsYaml: 'a: b' } }] },
      'spec.generators.0.list.elementsYaml: elementsYaml must be a list of mappings',
    ],
    [
      { generators: [{ matrix: { generators: [{ list: {} }] } }] },
      'spec.generators.0.matrix.generators: a matrix generator needs two generators',
    ],
    [
      { generators: [{ merge: { generators: [{ list: {} }, { list: {} }] } }] },
      'spec.generators.0.merge.mergeKeys: a merge generator needs mergeKeys',
    ],
    [
      { generators: [{ list: {}, selector: { matchExpressions: [{ key: 'a', operator: 'Like' }] } }] },
      'spec.generators.0.selector.matchExpressions.0.operator: "Like" is not a valid selector operator',
    ],
    [
      { generators: [{ git: { repoURL: REPOSITORY, files: [{ path: 'broken.yaml' }] } }] },
      'spec.generators.0.git.files: the file broken.yaml must be a mapping, or a list of mappings',
    ],
  ])('%j is a mistake', async (spec, violation) => {
    const followed = await follow(
      { template: template('{{name}}'), ...spec },
      { files: { 'broken.yaml': '- a\n' } },
    );
    expect(violationsOf(followed)).toEqual([`render/applicationset at ${violation}`]);
  });
});

describe('a list generator', () => {
  test('gives its elements, and those of elementsYaml', async () => {
    const list = { elements: [{ a: '1', values: { b: '2' } }], elementsYaml: '- {a: x, port: 5}\n' };
    expect(await parametersOf([{ list }], ['a', 'values.b', 'port'])).toEqual([
      '1 | 2 | {{port}}',
      'x | {{values.b}} | {{port}}',
    ]);
    expect(await goParametersOf([{ list }], ['.a', '.values', '.port'])).toEqual([
      '"1" | {"b":"2"} | null',
      '"x" | null | 5',
    ]);
  });

  test('is filtered by a selector of nested names', async () => {
    const list = { elements: [{ a: { b: 1 }, n: 'x' }, { a: { b: 2 }, n: 'y' }, { n: 'z' }] };
    const select = (selector: object) => goParametersOf([{ list, selector }], ['.n']);
    expect(await select({ matchLabels: { 'a.b': '2' } })).toEqual(['"y"']);
    expect(await select({ matchExpressions: [{ key: 'a.b', operator: 'NotIn', values: ['1'] }] })).toEqual([
      '"y"',
      '"z"',
    ]);
    expect(await select({ matchExpressions: [{ key: 'a.b', operator: 'Exists' }] })).toEqual(['"x"', '"y"']);
    expect(await select({ matchExpressions: [{ key: 'a.b', operator: 'DoesNotExist' }] })).toEqual(['"z"']);
    expect(await select({})).toHaveLength(3);
  });
});

describe('a git generator', () => {
  const git = (more: object) => ({ git: { repoURL: REPOSITORY, revision: 'HEAD', ...more } });

  test('gives the folders that match, without what is excluded or hidden', async () => {
    const names = ['path', 'path.basename', 'path[0]', 'path[1]'];
    expect(await parametersOf([git({ directories: [{ path: 'apps/*' }] })], names)).toEqual([
      'apps/api | api | apps | api',
      'apps/web | web | apps | web',
    ]);
    expect(
      await parametersOf(
        [git({ directories: [{ path: 'apps/*' }, { path: '*/api', exclude: true }] })],
        ['path'],
      ),
    ).toEqual(['apps/web']);
    expect(await parametersOf([git({ directories: [{ path: 'apps/*/*' }] })], ['path'])).toEqual([
      'apps/web/deep',
    ]);
    expect(
      await goParametersOf(
        [git({ directories: [{ path: 'apps/w[a-f]b' }], pathParamPrefix: 'x' })],
        ['.x.path'],
      ),
    ).toEqual(['{"basename":"web","basenameNormalized":"web","path":"apps/web","segments":["apps","web"]}']);
  });

  test('gives the content of files with where they are, and values made of both', async () => {
    const files = {
      'envs/EU_1/config.json': '{"region": {"name": "eu"}, "size": 3, "big": 2000000, "on": true}',
      'envs/us/config.yaml': '- {region: {name: us-a}}\n- {region: {name: us-b}}\n',
    };
    const generator = git({
      files: [{ path: 'envs/*/config.*' }],
      values: { full: '{{region.name}}-{{path.basename}}' },
    });
    const names = [
      'region.name',
      'size',
      'big',
      'on',
      'path',
      'path.basenameNormalized',
      'path.filename',
      'values.full',
    ];
    expect(await parametersOf([generator], names, { files })).toEqual([
      'eu | 3 | 2e+06 | true | envs/EU_1 | eu-1 | config.json | eu-EU_1',
      'us-a | {{size}} | {{big}} | {{on}} | envs/us | us | config.yaml | us-a-us',
      'us-b | {{size}} | {{big}} | {{on}} | envs/us | us | config.yaml | us-b-us',
    ]);
    const goGenerator = git({
      files: [{ path: 'envs/EU_1/config.json' }],
      values: { full: '{{.region.name}}-{{.path.basename}}' },
    });
    expect(
      await goParametersOf([goGenerator], ['.region', '.size', '.path.filenameNormalized', '.values'], {
        files,
      }),
    ).toEqual(['{"name":"eu"} | 3 | "config.json" | {"full":"eu-EU_1"}']);
  });

  test('finds files as git ls-files does, over slashes and below folders', async () => {
    const files = { 'c/x/a.json': '{}', 'c/y/z/a.json': '{}', 'c/skip/a.json': '{}', 'd/a.json': '{}' };
    const paths = (...items: object[]) => parametersOf([git({ files: items })], ['path'], { files });
    expect(await paths({ path: 'c/*/a.json' })).toEqual(['c/skip', 'c/x', 'c/y/z']);
    expect(await paths({ path: 'c/*.json' }, { path: 'c/skip', exclude: true })).toEqual(['c/x', 'c/y/z']);
    expect(await paths({ path: 'c/x' }, { path: 'd' })).toEqual(['c/x', 'd']);
    expect(await paths({ path: '**/a.json' })).toEqual(['c/skip', 'c/x', 'c/y/z', 'd']);
  });
});

describe('a cluster generator', () => {
  const clusters = [
    cluster('EU_1', {
      server: 'https://eu.example.com',
      labels: { region: 'eu' },
      annotations: { team: 'x' },
      values: { size: '3' },
    }),
    cluster('us', { labels: { region: 'us' } }),
  ];
  const options = { settings: { clusters } };

  test('gives the clusters of the settings, and the one that Argo CD runs in', async () => {
    const names = [
      'name',
      'nameNormalized',
      'server',
      'metadata.labels.region',
      'metadata.annotations.team',
      'values.size',
      'values.own',
    ];
    const generator = { clusters: { values: { own: '{{name}}!' } } };
    expect(await parametersOf([generator], names, options)).toEqual([
      'EU_1 | eu-1 | https://eu.example.com | eu | x | 3 | EU_1!',
      'us | us | https://us | us | {{metadata.annotations.team}} | {{values.size}} | us!',
      'in-cluster | in-cluster | https://kubernetes.default.svc | {{metadata.labels.region}} | {{metadata.annotations.team}} | {{values.size}} | in-cluster!',
    ]);
  });

  test('selects by labels, without the one that Argo CD runs in', async () => {
    const selected = (selector: object) =>
      goParametersOf([{ clusters: { selector } }], ['.name', '.metadata.labels.region'], options);
    expect(await selected({ matchLabels: { region: 'us' } })).toEqual(['"us" | "us"']);
    expect(
      await selected({ matchExpressions: [{ key: 'region', operator: 'In', values: ['eu', 'asia'] }] }),
    ).toEqual(['"EU_1" | "eu"']);
    expect(await selected({ matchLabels: { 'argocd.argoproj.io/secret-type': 'cluster' } })).toHaveLength(2);
  });

  test('gives all in one list where it is told so', async () => {
    expect(await goParametersOf([{ clusters: { flatList: true } }], ['len .clusters'], options)).toEqual([
      '3',
    ]);
  });

  test('makes a target in each cluster', async () => {
    const set = template('{{nameNormalized}}', { destination: { server: '{{server}}', namespace: 'web' } });
    const followed = await follow({ generators: [{ clusters: {} }], template: set }, options);
    expect(followed.targets.map(({ target }) => target.cluster)).toEqual(['EU_1', 'us', null]);
  });
});

describe('one name', () => {
  const set = (name: string, path: string) =>
    applicationSet(
      {
        generators: [{ list: { elements: [{ name: 'shop' }] } }],
        template: applicationTemplate('{{name}}', { repoURL: REPOSITORY, path }),
      },
      name,
    );
  const plain = application('shop', 'apps/api');
  const pathsOf = ({ targets }: Followed) => targets.map(({ target }) => target.path);

  test('of two sets is that of the first, where both are surely of one cluster', async () => {
    const followed = await follower.follow({
      ...FILES,
      'sets/a.yaml': set('one', 'apps/web'),
      'sets/b.yaml': set('two', 'apps/api'),
    });
    expect(pathsOf(followed)).toEqual(['apps/web']);
    expect(followed.violations.map(({ object }) => object.place)).toMatchObject([
      { in: 'object', object: { resource: { name: 'two' } } },
    ]);
    expect(violationsOf(followed)).toEqual([
      'render/applicationset at : the Application shop cannot be made: the ApplicationSet one makes one of that name',
    ]);
  });

  test('stays with the set that has made it at the base', async () => {
    const files = { ...FILES, 'sets/z.yaml': set('one', 'apps/web') };
    const { made: madeBefore } = await follower.follow(files);
    const followed = await follower.follow(
      { ...files, 'sets/b.yaml': set('two', 'apps/api') },
      { madeBefore },
    );
    expect(pathsOf(followed)).toEqual(['apps/web']);
  });

  test('of a set and of an Application is that of the set, which overwrites the other', async () => {
    const followed = await follower.follow({
      ...FILES,
      'argo/a.yaml': plain,
      'argo/b.yaml': set('one', 'apps/web'),
    });
    expect(pathsOf(followed)).toEqual(['apps/web']);
    expect(violationsOf(followed)).toEqual([
      'render/applicationset at : the ApplicationSet one overwrites the Application shop, which argo/a.yaml has as well; keep one of them',
    ]);
  });

  test('in folders that may be of two clusters is a doubt, and both are followed', async () => {
    const followed = await follower.follow({
      ...FILES,
      'left/a.yaml': plain,
      'right/b.yaml': set('one', 'apps/web'),
      'up/c.yaml': set('two', 'apps/web/deep'),
    });
    expect(pathsOf(followed).toSorted()).toEqual(['apps/api', 'apps/web', 'apps/web/deep']);
    expect(violationsOf(followed)).toEqual([
      'render/applicationset at : the ApplicationSet one makes an Application shop, too: unless the two are of different clusters, only the first of them makes it, and the other fails',
      'render/applicationset at : the ApplicationSet one makes the Application shop, which left/a.yaml has as well: unless the two are of different clusters, it overwrites that one',
    ]);
    expect(followed.violations.map(({ violation }) => violation.severity)).toEqual(['warning', 'warning']);
  });

  test('in two clusters is of two Applications', async () => {
    const followed = await follower.follow({
      ...FILES,
      'clusters/eu/a.yaml': set('one', 'apps/web'),
      'clusters/us/a.yaml': set('one', 'apps/web'),
      'clusters/us/b.yaml': application('other', 'apps/api'),
    });
    expect(followed.targets).toHaveLength(3);
    expect(violationsOf(followed)).toEqual([]);
  });

  test('that a set cannot make any more, or gives twice, is left as the base has it', async () => {
    const spec = (elements: object[], name = '{{ .name }}') => ({
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements } }],
      template: template(name),
    });
    const { made: madeBefore } = await follow(spec([{ name: 'one' }, { name: 'two' }]));
    const stuck = await follow(spec([{ name: 'three' }, { other: 'x' }]), { madeBefore });
    expect(stuck.made.map(({ resource }) => resource.name)).toEqual(['one', 'two']);
    const twice = await follow(spec([{ name: 'one' }, { name: 'one' }, { name: 'three' }]), { madeBefore });
    expect(twice.made.map(({ resource }) => resource.name)).toEqual(['three', 'one']);
  });
});

describe('a matrix generator', () => {
  test("fills the first generator's parameters into the second", async () => {
    const files = { 'apps/api/config.yaml': 'env: dev\n', 'apps/web/config.yaml': 'env: prod\n' };
    const clusters = [cluster('d', { labels: { env: 'dev' } }), cluster('p', { labels: { env: 'prod' } })];
    const first = { git: { repoURL: REPOSITORY, files: [{ path: 'apps/*/config.yaml' }] } };
    const matrix = (open: string) => ({
      matrix: {
        generators: [
          first,
          {
            clusters: {
              selector: { matchLabels: { env: `{{${open}env}}` } },
              values: { env: `{{${open}env}}`, own: `{{${open}name}}` },
            },
          },
        ],
      },
    });
    const options = { files, settings: { clusters } };
    expect(
      await parametersOf([matrix('')], ['path.basename', 'name', 'values.env', 'values.own'], options),
    ).toEqual(['api | d | dev | d', 'web | p | prod | p']);
    expect(await goParametersOf([matrix('.')], ['.path.basename', '.name', '.values'], options)).toEqual([
      '"api" | "d" | {"env":"dev","own":"d"}',
      '"web" | "p" | {"env":"prod","own":"p"}',
    ]);
  });

  test('crosses both, the first over the second, and refuses two values of a text', async () => {
    const lists = (a: object, b: object) => ({
      matrix: { generators: [{ list: { elements: [a] } }, { list: { elements: [b] } }] },
    });
    expect(await goParametersOf([lists({ x: { a: 1, b: 1 } }, { x: { a: 2, c: 2 } })], ['.x'])).toEqual([
      '{"a":1,"b":1,"c":2}',
    ]);
    expect(
      violationsOf(await follow({ generators: [lists({ x: '1' }, { x: '2' })], template: template('a') })),
    ).toEqual([
      'render/applicationset at spec.generators.0.matrix: both generators give x, once 1 and once 2',
    ]);
  });

  test('takes generators in generators', async () => {
    const list = (name: string, ...texts: string[]) => ({
      list: { elements: texts.map((text) => ({ [name]: text })) },
    });
    const inner = { matrix: { generators: [list('a', '1', '2'), list('b', 'x')] } };
    const generator = { matrix: { generators: [inner, list('c', 'p', 'q')] } };
    expect(await parametersOf([generator], ['a', 'b', 'c'])).toEqual([
      '1 | x | p',
      '1 | x | q',
      '2 | x | p',
      '2 | x | q',
    ]);
  });

  test('takes no third one in a second', async () => {
    const list = (name: string) => ({ list: { elements: [{ [name]: 'x' }] } });
    const matrix = (...generators: object[]) => ({ matrix: { generators } });
    const deep = matrix(matrix(matrix(list('a'), list('b')), list('c')), list('d'));
    const followed = await follow({ generators: [deep], template: template('{{a}}') });
    expect(violationsOf(followed)).toEqual([
      expect.stringContaining(
        'matrix.generators.0.matrix.generators.0: generators are nested deeper than Argo CD allows',
      ),
    ]);
  });

  test('refuses to merge a mapping into one of texts, as Argo CD does', async () => {
    const settings = { clusters: [cluster('eu', { labels: { tier: 'one' } })] };
    const element = (more: object) => ({ list: { elements: [{ name: 'eu', ...more }] } });
    const clusters = { clusters: { selector: { matchLabels: { tier: 'one' } }, values: { size: '1' } } };
    const goSet = (generator: object) =>
      follow({ goTemplate: true, generators: [generator], template: template('{{ .name }}') }, { settings });
    const matrix = (...generators: object[]) => goSet({ matrix: { generators } });
    const merge = (...generators: object[]) => goSet({ merge: { mergeKeys: ['name'], generators } });
    const refusedAt = (field: string) =>
      [expect.stringContaining(`${field} of one generator holds texts only`)] as unknown;
    expect(violationsOf(await matrix(element({ metadata: { labels: { a: 'b' } } }), clusters))).toEqual(
      refusedAt('metadata.labels'),
    );
    expect(violationsOf(await merge(clusters, element({ values: { size: 2 } })))).toEqual(
      refusedAt('values'),
    );
    // The other way round, texts go into a mapping of anything; and an empty one changes nothing.
    expect(violationsOf(await merge(element({ values: { size: 2 } }), clusters))).toEqual([]);
    expect(
      violationsOf(await merge(clusters, element({ values: {}, metadata: { more: { a: 1 } } }))),
    ).toEqual([]);
  });

  test('fills elementsYaml', async () => {
    const files = { 'apps/web/config.yaml': 'parts: [{part: a}, {part: b}]\n' };
    const generator = {
      matrix: {
        generators: [
          { git: { repoURL: REPOSITORY, files: [{ path: 'apps/*/config.yaml' }] } },
          { list: { elementsYaml: '{{ .parts | toJson }}' } },
        ],
      },
    };
    expect(await goParametersOf([generator], ['.part', '.path.basename'], { files })).toEqual([
      '"a" | "web"',
      '"b" | "web"',
    ]);
  });
});

describe('a merge generator', () => {
  const list = (...elements: object[]) => ({ list: { elements } });

  test('lays the others over the first by the keys', async () => {
    const merge = {
      mergeKeys: ['name'],
      generators: [
        list({ name: 'a', x: '1' }, { name: 'b', x: '1' }),
        list({ name: 'b', x: '2', y: '3' }, { name: 'c', x: '4' }),
      ],
    };
    expect(await parametersOf([{ merge }], ['name', 'x', 'y'])).toEqual(['a | 1 | {{y}}', 'b | 2 | 3']);
  });

  test('merges nested parameters of Go templates', async () => {
    const merge = {
      mergeKeys: ['name'],
      generators: [list({ name: 'a', v: { x: 1, y: 1 } }), list({ name: 'a', v: { y: 2 } })],
    };
    expect(await goParametersOf([{ merge }], ['.v'])).toEqual(['{"x":1,"y":2}']);
  });

  test('refuses keys that are there twice', async () => {
    const merge = {
      mergeKeys: ['name'],
      generators: [list({ name: 'a' }, { name: 'a' }), list({ name: 'a' })],
    };
    expect(violationsOf(await follow({ generators: [{ merge }], template: template('{{name}}') }))).toEqual([
      'render/applicationset at spec.generators.0.merge.generators.0: the generator gives name "a" more than once, and the merge needs them once',
    ]);
  });
});

describe('more Applications than the settings allow', () => {
  const numbered = (length: number) =>
    Array.from({ length }, (_, index) => ({ name: `n${index}`, x: `x${index}` }));
  const list = (length: number, field = 'name') => ({
    list: { elements: numbered(length).map((one) => ({ [field]: field === 'name' ? one.name : one.x })) },
  });
  const matrix = (first: object, second: object, more: object = {}) => ({
    matrix: { generators: [first, second] },
    ...more,
  });
  const limits = { settings: { limits: { perSet: 6, applications: 9 } } };
  const OF_SET =
    'it makes more than 6 Applications, so that none of them is followed; if they are meant, raise limits.perSet in .hydrant.yaml';

  test.each([
    ['as many', [list(6)], '{{name}}'],
    ['of two generators', [list(3), matrix(list(3, 'name'), list(1, 'x'))], '{{name}}-{{x}}'],
    ['of a matrix', [matrix(list(3), list(2, 'x'))], '{{name}}-{{x}}'],
    [
      'what is selected of more',
      [matrix(list(5), list(5, 'x'), { selector: { matchLabels: { x: 'x1' } } })],
      '{{name}}',
    ],
  ])('no: %s', async (_, generators, name) => {
    const { violations, notValidated } = await follow({ generators, template: template(name) }, limits);
    expect([violations.filter(({ violation }) => violation.message === OF_SET), notValidated]).toEqual([
      [],
      [],
    ]);
  });

  test.each([
    ['a list', [list(7)]],
    ['two generators', [list(4), list(3)]],
    ['a matrix', [matrix(list(7), list(1, 'x'))]],
    ['a matrix in a matrix', [matrix(matrix(list(9), list(9, 'x')), list(9, 'y'))]],
    [
      'what is selected',
      [{ ...list(9), selector: { matchExpressions: [{ key: 'name', operator: 'Exists' }] } }],
    ],
  ])('%s: a finding, and the set is not validated', async (_, generators) => {
    const followed = await follow({ generators, template: template('{{name}}') }, limits);
    expect(followed.made).toEqual([]);
    expect(followed.violations.map(({ violation: { rule, message } }) => [rule, message])).toEqual([
      ['render/applicationset', OF_SET],
    ]);
    expect(followed.notValidated).toEqual([
      expect.objectContaining({ subject: 'ApplicationSet argocd/set', reason: OF_SET, concern: 'render' }),
    ]);
  });

  test('a matrix of which a selector takes nothing is tried for a while only', async () => {
    const nothing = { selector: { matchLabels: { x: 'none' } } };
    const fewer = matrix(list(20), { ...list(20, 'x'), ...nothing });
    const more = matrix(list(50), { ...list(50, 'x'), ...nothing });
    expect(await follow({ generators: [fewer], template: template('{{name}}') }, limits)).toMatchObject({
      violations: [],
      notValidated: [],
    });
    const { violations, notValidated } = await follow(
      { generators: [more], template: template('{{name}}') },
      limits,
    );
    const reason = expect.stringContaining('its generators give more than 600 sets of parameters');
    expect(violations).toMatchObject([{ violation: { rule: 'render/applicationset', message: reason } }]);
    expect(notValidated).toMatchObject([{ subject: 'ApplicationSet argocd/set', reason }]);
  });

  test('a matrix stops before it has filled in them all', async () => {
    const fillings = jest.spyOn(EnginePool.prototype, 'renderTemplates');
    const second = { list: { elements: numbered(30).map(({ x }) => ({ x: `${x}-{{name}}` })) } };
    const followed = await follow(
      { generators: [matrix(list(50), second)], template: template('{{name}}') },
      limits,
    );
    expect(followed.violations).toHaveLength(1);
    // The third is beyond ten times the limit, which a selector could have taken out.
    expect(fillings).toHaveBeenCalledTimes(3);
    fillings.mockRestore();
  });

  test('together: the first set beyond it is a finding, and each is listed', async () => {
    const set = (name: string, length: number) =>
      applicationSet({ generators: [list(length)], template: template(`${name}-{{name}}`) }, name);
    const followed = await follower.follow(
      {
        ...FILES,
        'a.yaml': set('a', 5),
        'b.yaml': set('b', 5),
        'c.yaml': set('c', 6),
        'd.yaml': set('d', 4),
      },
      limits,
    );
    expect(followed.made.map(({ resource }) => resource.name.slice(0, 1)).join('')).toBe('aaaaadddd');
    expect(violationsOf(followed)).toEqual([
      'render/applicationset at spec.generators: with it the ApplicationSets make more than 9 Applications together, so that none of its are followed; if they are meant, raise limits.applications in .hydrant.yaml',
    ]);
    expect(followed.notValidated.map(({ subject }) => subject)).toEqual([
      'ApplicationSet argocd/b',
      'ApplicationSet argocd/c',
    ]);
  });
});
