import { describe, expect, test } from '@jest/globals';
import { mayBePermitted } from '../../../src/checks/argo/destinations.ts';
import { findProjectViolations } from '../../../src/checks/argo/projects.ts';
import { isSourcePermitted } from '../../../src/checks/argo/sources.ts';
import type { Violation } from '../../../src/model/finding.ts';
import type { FoundObject } from '../../../src/model/foundObject.ts';
import type { ManifestObject } from '../../../src/model/manifest.ts';
import { toResources } from '../../../src/model/resource.ts';
import type { ClusterSettings } from '../../../src/model/settings.ts';
import type { Target } from '../../../src/model/target.ts';
import { fc } from '../../helpers/properties.ts';
import { expectAboutToTell } from '../aboutTells.ts';

const REPOSITORY = 'https://github.com/acme/gitops';

function found(
  kind: string,
  name: string,
  spec: object,
  more: Partial<FoundObject> & { namespace?: string } = {},
): FoundObject {
  const { namespace = 'argocd', ...place } = more;
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    metadata: { name, namespace },
    spec,
  } as ManifestObject;
  const [resource] = toResources([manifest]);
  if (resource === undefined) throw new Error('no resource');
  return {
    resource,
    cluster: null,
    environment: null,
    place: { in: 'file', path: 'a.yaml', document: 0 },
    ...place,
  };
}

const project = (spec: object, more: object = {}) =>
  found(
    'AppProject',
    'team',
    { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }], ...spec },
    more,
  );

const application = (spec: object = {}, more: object = {}) =>
  found(
    'Application',
    'app',
    {
      project: 'team',
      source: { repoURL: REPOSITORY, path: 'web' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
      ...spec,
    },
    more,
  );

const TARGET: Target = {
  id: 'app',
  kind: 'Application',
  path: 'web',
  cluster: null,
  environment: null,
  source: { tool: 'none', reason: '' },
};

interface Around {
  readonly resources?: object[];
  readonly clusters?: ClusterSettings[];
}

function violationsOf(
  object: FoundObject,
  objects: readonly FoundObject[],
  { resources = [], clusters = [] }: Around = {},
): Violation[] {
  const rendered = toResources(resources as ManifestObject[]);
  return findProjectViolations([{ target: TARGET, object, resources: rendered }], {
    objects,
    settings: { clusters },
    isClusterScoped: (_, kind) => ['Namespace', 'ClusterRole', 'PersistentVolume'].includes(kind),
  }).map(({ violation }) => violation);
}

function refusals(object: FoundObject, objects: readonly FoundObject[], around: Around = {}): string[] {
  return violationsOf(object, objects, around).map(
    ({ rule, severity, message, fieldPath }) => `${severity} ${rule} at ${fieldPath?.join('.')}: ${message}`,
  );
}

const resource = (kind: string, name: string, namespace?: string, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
});

describe('the project of an Application', () => {
  test('that is not in the repository is a warning, but for the default one', () => {
    expect(refusals(application(), [])).toEqual([
      'warning argocd/project-missing at spec.project: the AppProject team is not in this repository; without it Argo CD does not sync the Application',
    ]);
    expect(refusals(application({ project: 'default' }), [])).toEqual([]);
    expect(refusals(application({ project: '' }), [])).toEqual([]);
  });

  test('is the one where Argo CD runs that reads the Application', () => {
    const strict = project({ sourceRepos: [] }, { cluster: 'eu' });
    const open = project({}, { cluster: 'us' });
    expect(refusals(application({}, { cluster: 'us' }), [strict, open])).toEqual([]);
    expect(refusals(application({}, { cluster: 'eu' }), [strict, open])).toHaveLength(1);
    expect(refusals(application({}, { cluster: 'asia' }), [strict, open])[0]).toContain(
      'is not in this repository',
    );
    // Nobody knows which of them it is: the one that refuses least counts.
    expect(refusals(application(), [strict, open])).toEqual([]);
  });

  test('that is changed counts for the default one as well', () => {
    const changed = found('AppProject', 'default', { sourceRepos: [], destinations: [] });
    expect(refusals(application({ project: 'default' }), [changed])).toHaveLength(2);
  });

  test('permits Applications of its own namespace and of sourceNamespaces', () => {
    const from = (namespace: string, sourceNamespaces: string[]) =>
      refusals(application({}, { namespace }), [project({ sourceNamespaces })]);
    expect(from('argocd', [])).toEqual([]);
    expect(from('team-a', ['team-*'])).toEqual([]);
    expect(from('team-a', ['/^team-[ab]$/'])).toEqual([]);
    expect(from('team-c', ['/^team-[ab]$/'])).toEqual([
      'error argocd/project-refuses at metadata.namespace: the project team does not permit Applications in the namespace team-c (sourceNamespaces)',
    ]);
  });

  test('refuses sources at their own lines', () => {
    const spec = {
      sources: [
        { repoURL: REPOSITORY, path: 'a' },
        { repoURL: 'https://user:secret@charts.example.com', chart: 'b' },
      ],
    };
    expect(refusals(application(spec), [project({ sourceRepos: ['https://github.com/acme/*'] })])).toEqual([
      'error argocd/project-refuses at spec.sources.1.repoURL: the project team does not permit the repository https://charts.example.com (sourceRepos)',
    ]);
    const hydrator = { sourceHydrator: { drySource: { repoURL: 'https://x/y' }, syncSource: { path: 'a' } } };
    expect(refusals(application(hydrator), [project({ sourceRepos: [] })])[0]).toContain(
      'spec.sourceHydrator.drySource.repoURL',
    );
  });

  test('refuses destinations', () => {
    const destinations = [{ server: 'https://eu.example.com', namespace: 'web-*' }];
    const to = (destination: object, clusters: ClusterSettings[] = []) =>
      refusals(application({ destination }), [project({ destinations })], { clusters });
    const eu = {
      name: 'eu',
      server: 'https://eu.example.com',
      match: [],
      apiVersions: [],
      labels: {},
      annotations: {},
      values: {},
    };
    expect(to({ server: 'https://eu.example.com', namespace: 'web-a' })).toEqual([]);
    expect(to({ server: 'https://eu.example.com', namespace: 'api' })).toEqual([
      'error argocd/project-refuses at spec.destination: the project team does not permit the destination https://eu.example.com, namespace api (destinations)',
    ]);
    // Which server the name stands for is known by the settings alone.
    expect(to({ name: 'us', namespace: 'web-a' })).toEqual([]);
    expect(to({ name: 'eu', namespace: 'web-a' }, [eu])).toEqual([]);
    expect(to({ name: 'eu', namespace: 'api' }, [eu])).toHaveLength(1);
    expect(to({ name: 'in-cluster', namespace: 'web-a' })).toHaveLength(1);
    expect(to({ namespace: 'web-a' })).toEqual([]);
  });

  test('refuses kinds, cluster-scoped ones unless it lists them', () => {
    const render = (spec: object, ...resources: object[]) =>
      refusals(application(), [project(spec)], { resources });
    const role = resource('ClusterRole', 'admin', undefined, 'rbac.authorization.k8s.io/v1');
    const secret = resource('Secret', 's', 'web');
    expect(render({}, role, secret)).toEqual([
      'error argocd/project-refuses at spec.project: the project team does not permit ClusterRole admin (clusterResourceWhitelist)',
    ]);
    expect(render({ clusterResourceWhitelist: [{ group: '*', kind: '*' }] }, role)).toEqual([]);
    expect(
      render({ clusterResourceWhitelist: [{ group: 'rbac.*', kind: 'Cluster*', name: 'a*' }] }, role),
    ).toEqual([]);
    expect(render({ clusterResourceWhitelist: [{ group: '*', kind: '*', name: 'b*' }] }, role)).toHaveLength(
      1,
    );
    expect(render({ clusterResourceWhitelist: [{ group: '', kind: 'ClusterRole' }] }, role)).toHaveLength(1);
    const denied = {
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      clusterResourceBlacklist: [{ group: '*', kind: 'ClusterRole' }],
    };
    expect(render(denied, role)).toEqual([expect.stringContaining('(clusterResourceBlacklist)')]);
    expect(render({ namespaceResourceBlacklist: [{ group: '', kind: 'Secret' }] }, secret)).toEqual([
      'error argocd/project-refuses at spec.project: the project team does not permit Secret web/s (namespaceResourceBlacklist)',
    ]);
    expect(render({ namespaceResourceWhitelist: [{ group: '', kind: 'ConfigMap' }] }, secret)).toEqual([
      expect.stringContaining('(namespaceResourceWhitelist)'),
    ]);
    expect(render({ namespaceResourceWhitelist: [] }, secret)).toHaveLength(1);
    expect(render({ namespaceResourceWhitelist: null }, secret)).toEqual([]);
  });

  test('refuses namespaces that resources go to, once each', () => {
    const spec = {
      destinations: [
        { server: '*', namespace: '*' },
        { server: '*', namespace: '!kube-system' },
      ],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    };
    const resources = [
      resource('ConfigMap', 'a', 'kube-system'),
      resource('ConfigMap', 'b', 'kube-system'),
      resource('ConfigMap', 'c', 'other'),
      resource('ConfigMap', 'd'),
      resource('Namespace', 'kube-system'),
    ];
    expect(refusals(application(), [project(spec)], { resources })).toEqual([
      'error argocd/project-refuses at spec.project: the project team does not permit the namespace kube-system, where ConfigMap kube-system/a goes (destinations)',
    ]);
  });
});

test('what a project refuses is recognised by what it is, the project and the field that refuses', () => {
  const closed = project({ sourceRepos: [], destinations: [], namespaceResourceWhitelist: [] });
  const resources = [
    resource('Secret', 's', 'web'),
    resource('Secret', 's', 'other'),
    resource('Secret', 's'),
    resource('ConfigMap', 's', 'third'),
    resource('ClusterRole', 's', undefined, 'rbac.authorization.k8s.io/v1'),
  ];
  const elsewhere = { destination: { name: 'eu', namespace: '' } };
  const found = [
    ...violationsOf(application({}, { namespace: 'team-a' }), [closed], { resources }),
    ...violationsOf(application(elsewhere, { namespace: 'team-b' }), [closed], { resources }),
    ...violationsOf(
      application(),
      [project({ namespaceResourceBlacklist: [{ group: '', kind: 'Secret' }] })],
      {
        resources,
      },
    ),
    ...violationsOf(application({ project: 'gone' }), []),
    ...violationsOf(application(), []),
  ];
  expectAboutToTell(found);
  expect(found[0]?.about).toEqual({
    what: 'applications',
    namespace: 'team-a',
    project: 'team',
    by: 'sourceNamespaces',
  });
});

// Argo CD's own cases: pkg/apis/application/v1alpha1/types_test.go (TestAppProject_IsSourcePermitted).
describe('a source', () => {
  test.each([
    [['*'], 'https://github.com/argoproj/test.git', true],
    [['https://github.com/argoproj/*'], 'https://github.com/argoproj/test.git', true],
    [['https://github.com/argoproj/*'], 'https://github.com/argoproj/a/b.git', false],
    [['https://github.com/argoproj/**'], 'https://github.com/argoproj/a/b.git', true],
    [
      ['https://github.com/test1/test.git', 'https://github.com/test2/test.git'],
      'https://github.com/test2/test',
      true,
    ],
    [['https://github.com/argoproj/*'], 'https://github.com/Argoproj/test', true],
    [['https://github.com/argoproj/test'], 'https://github.com/argoproj/test1', false],
    [['ssh://git@GITHUB.com:argoproj/test'], 'ssh://git@github.com:argoproj/test', true],
    [['git@github.com:argoproj/*'], 'git@github.com:argoproj/test.git', true],
    [['git@github.com:argoproj/*'], 'https://github.com/argoproj/test.git', false],
    [['https://github.com/argoproj/*.git'], 'https://github.com/argoproj1/test2.git', false],
    [['!https://github.com/argoproj/test'], 'https://github.com/argoproj/test', false],
    [['!https://github.com/argoproj/test'], 'https://github.com/argoproj/other', true],
    [['*', '!https://github.com/argoproj/**'], 'https://github.com/argoproj/a', false],
    [['*', '!https://github.com/argoproj/**'], 'https://gitlab.com/argoproj/a', true],
    [[], 'https://github.com/argoproj/test', false],
  ])('%j takes %s: %p', (patterns, url, permitted) =>
    expect(isSourcePermitted(url, patterns)).toBe(permitted),
  );
});

describe('a destination', () => {
  const at = (server: string | null, name: string | null = null) => ({ server, name });
  const item = (server: string, namespace: string, name = '') => ({ server, name, namespace });

  // TestAppProject_IsDestinationPermitted and TestAppProject_IsNegatedDestinationPermitted there.
  test.each([
    [
      [item('https://kubernetes.default.svc', 'default')],
      at('https://kubernetes.default.svc'),
      'default',
      true,
    ],
    [
      [item('https://kubernetes.default.svc', 'default')],
      at('https://kubernetes.default.svc'),
      'kube-system',
      false,
    ],
    [[item('https://team1-*', 'default')], at('https://team1-something-dev'), 'default', true],
    [[item('https://team1-*', 'default')], at('https://team2-x', 'x'), 'default', false],
    [[item('', '*', 'test')], at('https://x', 'test'), 'default', true],
    [[item('', '*', 'test')], at('https://x', 'test-cluster'), 'default', false],
    [
      [item('https://kubernetes.default.svc', 'test-*')],
      at('https://kubernetes.default.svc'),
      'test-foo',
      true,
    ],
    [
      [item('!https://kubernetes.default.svc', 'default')],
      at('https://kubernetes.default.svc'),
      'default',
      false,
    ],
    [[item('!https://kubernetes.default.svc', 'default')], at('https://my-cluster'), 'default', true],
    [
      [item('https://kubernetes.default.svc', '!kube-system')],
      at('https://kubernetes.default.svc'),
      'kube-system',
      false,
    ],
    [
      [item('https://kubernetes.default.svc', '!kube-system')],
      at('https://kubernetes.default.svc'),
      'default',
      true,
    ],
    [[item('*', '*'), item('*', '!kube-system')], at('https://any'), 'kube-system', false],
    // A denied name counts whatever the entry's namespace, a denied server does not.
    [[item('*', '*'), item('', 'web', '!any')], at('https://any', 'any'), 'other', false],
    [[item('*', '*'), item('!https://any', 'web')], at('https://any', 'any'), 'other', true],
    [[item('*', '*'), item('!https://any', '*')], at('https://any'), 'default', false],
    [[item('', '*', '!prod')], at('https://x', 'prod'), 'default', false],
    // What is not known is taken for permitted, but not what is refused wherever it is.
    [[item('https://a', '*')], at(null, 'b'), 'default', true],
    [[item('', '*', 'a')], at(null, 'b'), 'default', false],
    [[item('*', '*'), item('https://a', '!kube-system')], at(null, 'b'), 'kube-system', true],
    [[item('*', '*'), item('*', '!kube-system')], at(null, 'b'), 'kube-system', false],
  ])('%j takes %j, %s: %p', (destinations, cluster, namespace, permitted) =>
    expect(mayBePermitted(cluster, namespace, destinations)).toBe(permitted),
  );

  test('is refused by knowledge only: what is permitted with all known is never refused with less', () => {
    const text = fc.constantFrom('a', 'b', '*', '!a', '');
    const items = fc.array(
      fc.record({ server: text, name: text, namespace: fc.constantFrom('x', '*', '!x') }),
      { maxLength: 4 },
    );
    const known = fc.constantFrom('a', 'b');
    fc.assert(
      fc.property(items, known, known, fc.constantFrom('x', 'y'), (destinations, server, name, namespace) => {
        if (!mayBePermitted({ server, name }, namespace, destinations)) return;
        expect(mayBePermitted({ server: null, name }, namespace, destinations)).toBe(true);
        expect(mayBePermitted({ server, name: null }, namespace, destinations)).toBe(true);
      }),
    );
  });
});
