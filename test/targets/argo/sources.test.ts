import { afterAll, describe, expect, test } from '@jest/globals';
import { noRemotes, notAllowed } from '../../../src/model/remoteInputs.ts';
import type { RenderSource } from '../../../src/model/renderSource.ts';
import { applicationWith, REPOSITORY, withSource } from '../../helpers/operators.ts';
import {
  CHART,
  CLUSTER_CHARTS,
  CONFIG_MAP,
  cluster,
  createFollower,
  onlyTarget,
  renderedNames,
  sourceOf,
  violationsOf,
} from './follow.ts';

const follower = createFollower();
const { follow } = follower;
afterAll(() => follower.close());

const NOTHING: RenderSource = { tool: 'combined', sources: [] };

const WAY = 'list it in `repository.urls` instead if it is an address of this one';

const KUSTOMIZATION = {
  'web/kustomization.yaml': 'resources: [config.yaml]\n',
  'web/config.yaml': CONFIG_MAP,
};

describe('an Application of this repository', () => {
  test('is a target with its folder, cluster and environment', async () => {
    const followed = await follow({
      ...KUSTOMIZATION,
      'clusters/production/app.yaml': withSource({ path: './web/' }),
    });
    const { source: whole, ...target } = onlyTarget(followed);
    const { steps, ...source }: RenderSource = whole.tool === 'none' ? NOTHING : whole;
    expect({ ...target, source }).toEqual({
      id: 'production/Application/argocd/app',
      kind: 'Application',
      path: 'web',
      cluster: 'production',
      environment: 'production',
      source: { tool: 'kustomize', path: 'web', charts: CLUSTER_CHARTS },
    });
    expect(steps).toMatchObject([{ step: 'defaultNamespace', namespace: 'web' }]);
    expect(followed.targets[0]?.folders).toEqual(['web']);
    expect(await renderedNames(followed)).toEqual(['ConfigMap web/settings']);
  });

  test.each([
    ['git@github.com:acme/gitops.git', true],
    ['ssh://git@ssh.github.com:443/acme/gitops', true],
    ['https://user:secret@GitHub.com/Acme/GitOps/', true],
    ['https://github.com/acme/gitops-repo', false],
    ['https://gitlab.com/acme/gitops', false],
  ])('%s', async (repoURL, same) => {
    const followed = await follow({ ...KUSTOMIZATION, 'app.yaml': withSource({ path: 'web', repoURL }) });
    expect(sourceOf(followed)).toEqual(
      same ? { tool: 'kustomize', path: 'web', charts: CLUSTER_CHARTS } : `${notAllowed(repoURL)}; ${WAY}`,
    );
  });

  test('is known by its folder where nobody knows the address', async () => {
    const files = {
      ...KUSTOMIZATION,
      'a.yaml': withSource({ path: 'web', repoURL: 'https://a.example/x' }, 'a'),
      'b.yaml': withSource({ path: 'api', repoURL: 'https://b.example/y' }, 'b'),
    };
    const followed = await follow(files, { urls: [] });
    expect(
      followed.targets.map(({ target: { source } }) =>
        source.tool === 'none' ? source.reason : source.tool,
      ),
    ).toEqual([
      'kustomize',
      `this commit has no api, so https://b.example/y is taken for another repository: ${notAllowed('https://b.example/y')}; ${WAY}`,
    ]);
    const branch = await follow(
      { ...KUSTOMIZATION, 'a.yaml': withSource({ path: 'web', targetRevision: 'master' }) },
      { urls: [] },
    );
    expect(sourceOf(branch)).toMatchObject({ tool: 'kustomize' });
    expect(violationsOf(followed)).toEqual([]);
  });

  test.each([
    ['', 'main', true],
    ['HEAD', 'main', true],
    ['main', 'main', true],
    ['refs/heads/main', 'main', true],
    ['release', 'main', false],
    ['v1.2.3', 'main', false],
    ['1.*', 'main', false],
    ['refs/tags/x', null, false],
    ['>=1.0.0 <2.0.0', null, false],
    ['0123abcd', null, false],
    ['release', null, true],
    ['release-1', null, true],
    ['v1.2.3', 'v1.2.3', true],
  ])('revision %p on branch %p', async (targetRevision, branch, followed) => {
    const found = await follow(
      { ...KUSTOMIZATION, 'app.yaml': withSource({ path: 'web', targetRevision }) },
      { branch },
    );
    expect(typeof sourceOf(found) === 'object').toBe(followed);
    // A folder that is applied at another revision is reviewed on its own.
    expect(found.targets[0]?.folders).toEqual(followed ? ['web'] : []);
  });

  test('says what a pin means', async () => {
    const files = { ...KUSTOMIZATION, 'app.yaml': withSource({ path: 'web', targetRevision: 'v1.2.3' }) };
    expect(sourceOf(await follow(files))).toBe(
      'it is pinned to revision v1.2.3; this pull request does not change it until it is moved there',
    );
  });

  test('of another repository says that its tags are told apart by a prefix', async () => {
    const reasonOf = async (targetRevision: string) => {
      const repoURL = 'https://git.invalid/other';
      const source = { path: 'web', repoURL, targetRevision, tagPrefix: 'web-' };
      return sourceOf(await follow({ 'app.yaml': withSource(source) }));
    };
    const prefixed =
      'its version is looked for among tags that begin with web- (`tagPrefix`), which is not followed';
    expect(await Promise.all(['1.2.3', '>=1.0.0', 'main'].map(reasonOf))).toEqual([
      prefixed,
      prefixed,
      `${notAllowed('https://git.invalid/other')}; ${WAY}`,
    ]);
  });

  test.each([
    [
      'nothing',
      'render/missing-path at spec.source.path: the path nothing does not exist in this repository',
    ],
    [
      '/web',
      'render/invalid-application at spec.source.path: the path /web is absolute; write it from the root of the repository, without slash in front',
    ],
    [
      '../web',
      'render/invalid-application at spec.source.path: the path ../web is outside of the repository',
    ],
    [
      'web/config.yaml',
      'render/invalid-application at spec.source.path: the path web/config.yaml is not a folder',
    ],
  ])('with the path %s is a mistake', async (path, violation) => {
    const followed = await follow({ ...KUSTOMIZATION, 'app.yaml': withSource({ path }) });
    expect(violationsOf(followed)).toEqual([violation]);
    expect(onlyTarget(followed).source.tool).toBe('none');
  });

  test.each([
    [{ source: { repoURL: REPOSITORY } }, 'spec.source: the source has neither a path nor a chart'],
    [{ source: { path: 'web' } }, 'spec.source: the source has no repoURL'],
    [{}, 'spec: the Application has no source'],
    [
      { source: { repoURL: REPOSITORY, path: 'web', helm: {}, kustomize: {} } },
      'spec.source: the source has fields of several tools: kustomize, helm',
    ],
    [
      { sources: [{ repoURL: REPOSITORY, ref: 'a/b' }] },
      'spec.sources.0.ref: the ref a/b may have letters, digits, - and _ only',
    ],
    [
      {
        sources: [
          { repoURL: REPOSITORY, ref: 'a' },
          { repoURL: REPOSITORY, ref: 'a' },
        ],
      },
      'spec.sources.1.ref: several sources have the ref a',
    ],
  ])('%j is a mistake', async (spec, violation) => {
    const followed = await follow({ ...KUSTOMIZATION, 'app.yaml': applicationWith(spec) });
    expect(violationsOf(followed)).toEqual([`render/invalid-application at ${violation}`]);
  });

  test.each([
    [{ name: 'a', server: 'https://a' }, 'both a name and a server'],
    [{ namespace: 'web' }, 'neither a name nor a server'],
  ])('with the destination %j is a mistake, and rendered all the same', async (destination, what) => {
    const app = applicationWith({ source: { repoURL: REPOSITORY, path: 'web' }, destination });
    const followed = await follow({ ...KUSTOMIZATION, 'app.yaml': app });
    expect(violationsOf(followed)).toEqual([
      `render/invalid-application at spec.destination: the destination has ${what}`,
    ]);
    expect(await renderedNames(followed)).toHaveLength(1);
  });

  test('is rendered by the tool that the folder shows, or that it names', async () => {
    const both = { 'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };
    const tool = async (files: object, source: object) =>
      onlyTarget(await follow({ ...files, 'app.yaml': withSource({ path: 'web', ...source }) })).source.tool;
    expect(await tool({ 'web/config.yaml': CONFIG_MAP }, {})).toBe('directory');
    expect(await tool({ ...both }, {})).toBe('helm');
    // As in Argo CD, the last of both names decides.
    expect(await tool({ ...both, ...KUSTOMIZATION }, {})).toBe('kustomize');
    expect(await tool({ ...both, ...KUSTOMIZATION }, { helm: {} })).toBe('helm');
    expect(await tool({ ...both, ...KUSTOMIZATION }, { directory: { recurse: true } })).toBe('directory');
    expect(await tool({ 'web/kustomization.yml': '', 'web/x.yaml': CONFIG_MAP }, {})).toBe('kustomize');
    expect(await tool(KUSTOMIZATION, { plugin: { name: 'cdk8s' } })).toBe('none');
  });

  test('goes where its destination says', async () => {
    const clusters = [
      cluster('eu', { server: 'https://api.eu.example.com:443', environment: 'production' }),
      cluster('hub', { environment: 'management' }),
    ];
    const place = async (destination: object, file = 'app.yaml') => {
      const files = {
        ...KUSTOMIZATION,
        [file]: applicationWith({ source: { repoURL: REPOSITORY, path: 'web' }, destination }),
      };
      const target = onlyTarget(await follow(files, { settings: { clusters } }));
      return [target.cluster, target.environment];
    };
    expect(await place({ name: 'eu' })).toEqual(['eu', 'production']);
    expect(await place({ server: 'https://API.eu.example.com/' })).toEqual(['eu', 'production']);
    expect(await place({ server: 'https://api.us.example.com:6443' })).toEqual(['api.us.example.com', null]);
    expect(await place({ name: 'in-cluster' })).toEqual([null, null]);
    expect(await place({ server: 'https://kubernetes.default.svc' }, 'clusters/hub/app.yaml')).toEqual([
      'hub',
      'management',
    ]);
    expect(await place({ server: 'https://kubernetes.default.svc' }, 'staging/app.yaml')).toEqual([
      null,
      'staging',
    ]);
    expect(await place({})).toEqual([null, null]);
  });

  test('keeps what is cluster-scoped out of the namespace', async () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: realms.example.com}
spec: {group: example.com, scope: Cluster, names: {kind: Realm, plural: realms}}
`;
    const files = {
      'web/issuer.yaml':
        'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: letsencrypt}\n',
      'web/realm.yaml': 'apiVersion: example.com/v1\nkind: Realm\nmetadata: {name: main}\n',
      'web/settings.yaml': CONFIG_MAP,
      'crds/realm.yaml': crd,
      'app.yaml': withSource({ path: 'web' }),
    };
    const first = await follow(files);
    const target = onlyTarget(first);
    expect(await renderedNames(first)).toContain('Realm web/main');
    // The kinds that a target renders are known in the next round.
    const rendering = await first.render(target);
    const objects = (rendering.status === 'rendered' ? rendering.resources : []).map((resource) => ({
      resource,
      cluster: null,
      environment: null,
      place: { in: 'rendering', target } as const,
    }));
    const second = await follow(files, { objects });
    expect(await renderedNames(second)).toEqual([
      'ClusterIssuer letsencrypt',
      'Realm main',
      'ConfigMap web/settings',
    ]);
  });
});

describe('several sources', () => {
  test('are one target, of which the later resource wins', async () => {
    const other = CONFIG_MAP.replace('a: b', 'a: later');
    const followed = await follow({
      'one/a.yaml': CONFIG_MAP,
      'two/b.yaml': other,
      ...CHART,
      'values/web.yaml': 'a: referred\n',
      'app.yaml': applicationWith({
        sources: [
          { repoURL: REPOSITORY, path: 'one' },
          { repoURL: REPOSITORY, path: 'two' },
          { repoURL: REPOSITORY, path: 'chart', helm: { valueFiles: ['$values/values/web.yaml'] } },
          { repoURL: `${REPOSITORY}.git`, targetRevision: 'main', ref: 'values' },
        ],
      }),
    });
    expect(followed.targets[0]?.folders).toEqual(['one', 'two', 'chart']);
    expect(onlyTarget(followed).path).toBe('one');
    expect(sourceOf(followed)).toMatchObject({
      tool: 'combined',
      sources: [{ path: 'one' }, { path: 'two' }, { values: [{ file: 'values/web.yaml' }] }],
    });
    const names = await renderedNames(followed);
    expect(names.toSorted()).toEqual(['ConfigMap web/app', 'ConfigMap web/settings']);
  });

  test('of which one cannot be followed are rendered without it, and that is said', async () => {
    const followed = await follow({
      'one/a.yaml': CONFIG_MAP,
      'app.yaml': applicationWith({
        sources: [
          { repoURL: REPOSITORY, path: 'one' },
          { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.2.3' },
        ],
      }),
    });
    expect(sourceOf(followed)).toEqual({ tool: 'directory', path: 'one', recurse: false });
    expect(followed.notValidated).toEqual([
      {
        subject: 'Application/argocd/app',
        reason:
          'one of its sources is left out: https://charts.example.com is remote, and the settings do not allow it; list it in `remotes.allow` of .hydrant.yaml to have it fetched',
        concern: 'render',
      },
    ]);
  });

  test.each([
    [
      { repoURL: 'https://github.com/acme/values', ref: 'values' },
      `its values files in $values are not read: ${notAllowed('https://github.com/acme/values')}; ${WAY}`,
    ],
    [
      { repoURL: REPOSITORY, ref: 'values', targetRevision: '1.0.0' },
      'its values files in $values are not read: it is pinned to revision 1.0.0; this pull request does not change it until it is moved there',
    ],
    [
      { repoURL: REPOSITORY, ref: 'other' },
      'chart/x.yaml refers to $values, and no source has the ref values'.replace('chart/', '$values/'),
    ],
    [
      { repoURL: 'https://charts.example.com', chart: 'x', targetRevision: '1', ref: 'values' },
      '$values is a chart, and values files cannot be taken of one',
    ],
  ])('with values in %j', async (values, reason) => {
    const followed = await follow({
      ...CHART,
      'x.yaml': 'a: b\n',
      'app.yaml': applicationWith({
        sources: [{ repoURL: REPOSITORY, path: 'chart', helm: { valueFiles: ['$values/x.yaml'] } }, values],
      }),
    });
    const { source } = onlyTarget(followed);
    expect(source.tool === 'none' ? source.reason.split('; https')[0] : source.tool).toBe(reason);
  });
});

describe('a chart from elsewhere', () => {
  const archive = { name: 'web-1.2.3.tgz', sha256: '0'.repeat(64) };

  test.each([
    [
      { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.*' },
      { repository: 'https://charts.example.com', chart: 'web', version: '1.*' },
    ],
    [
      { repoURL: 'registry.example.com/charts', chart: 'web', targetRevision: '1.2.3' },
      { repository: 'oci://registry.example.com/charts', chart: 'web', version: '1.2.3' },
    ],
    [
      { repoURL: 'oci://registry.example.com/charts/web', path: '.', targetRevision: '1.2.3' },
      { repository: 'oci://registry.example.com/charts', chart: 'web', version: '1.2.3' },
    ],
  ])('%j is fetched', async (source, wanted) => {
    const asked: unknown[] = [];
    const remote = {
      ...noRemotes(),
      chart: async (question: unknown) => {
        asked.push(question);
        return { place: { archive }, version: '1.2.3' };
      },
    };
    const helm = { valueFiles: ['values-ha.yaml', '/values.yaml'], values: 'a: b\n' };
    const followed = await follow(
      { 'app.yaml': applicationWith({ source: { ...source, helm } }) },
      { remote },
    );
    expect(asked).toEqual([wanted]);
    expect(sourceOf(followed)).toMatchObject({
      tool: 'helm',
      chart: { archive },
      releaseName: 'app',
      values: [{ chartFile: 'values-ha.yaml' }, { chartFile: 'values.yaml' }, { text: 'a: b\n' }],
    });
    expect(followed.targets[0]?.folders).toEqual([]);
  });
});

describe('directories', () => {
  test('are read as their fields say', async () => {
    const files = { 'web/a.yaml': CONFIG_MAP, 'web/sub/b.yaml': CONFIG_MAP.replace('settings', 'more') };
    const names = async (directory: object) =>
      renderedNames(await follow({ ...files, 'app.yaml': withSource({ path: 'web', directory }) }));
    expect(await names({})).toEqual(['ConfigMap web/settings']);
    expect(await names({ recurse: true })).toEqual(['ConfigMap web/settings', 'ConfigMap web/more']);
    expect(await names({ recurse: true, exclude: '{a.*,x}' })).toEqual(['ConfigMap web/more']);
    expect(await names({ recurse: true, include: 'a*' })).toEqual(['ConfigMap web/settings']);
  });

  test('with Jsonnet are not followed', async () => {
    const files = { 'web/a.yaml': CONFIG_MAP, 'web/sub/b.jsonnet': '{}' };
    const source = async (directory: object) =>
      sourceOf(await follow({ ...files, 'app.yaml': withSource({ path: 'web', directory }) }));
    expect(await source({})).toMatchObject({ tool: 'directory' });
    expect(await source({ recurse: true })).toBe(
      'web/sub/b.jsonnet is Jsonnet, which Hydrant does not evaluate',
    );
    expect(await source({ recurse: true, exclude: '*.jsonnet' })).toMatchObject({ tool: 'directory' });
    expect(await source({ jsonnet: { tlas: [{ name: 'a', value: 'b' }] } })).toBe(
      'directory.jsonnet is Jsonnet, which Hydrant does not evaluate',
    );
  });
});

describe('a source hydrator', () => {
  test('is reviewed as what it hydrates', async () => {
    const files = {
      ...KUSTOMIZATION,
      'app.yaml': applicationWith({
        sourceHydrator: {
          drySource: { repoURL: REPOSITORY, path: 'web', targetRevision: 'HEAD' },
          syncSource: { targetBranch: 'environments/dev', path: 'web' },
        },
      }),
    };
    expect(sourceOf(await follow(files))).toEqual({ tool: 'kustomize', path: 'web', charts: CLUSTER_CHARTS });
  });
});
