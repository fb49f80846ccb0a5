import { describe, expect, test } from '@jest/globals';
import { follow, GIT_REPOSITORY, kustomization, reasonOf, sourceOf, violationsOf } from './follow.ts';

const APP = { 'apps/web/kustomization.yaml': 'resources: [a.yaml]', 'apps/web/a.yaml': 'kind: ConfigMap' };

describe('a Kustomization', () => {
  test('is a target of its cluster, built from its path', async () => {
    const { targets, violations } = await follow({
      ...APP,
      'clusters/production/flux-system/gotk-sync.yaml': GIT_REPOSITORY,
      'clusters/production/apps.yaml': kustomization('apps', 'path: ./apps/web/'),
    });
    expect(violations).toEqual([]);
    expect(targets.map(({ target, folders }) => ({ ...target, folders }))).toEqual([
      {
        id: 'production/Kustomization/flux-system/apps',
        kind: 'Kustomization',
        path: 'apps/web',
        cluster: 'production',
        environment: 'production',
        source: { tool: 'kustomize', path: 'apps/web', generate: true },
        folders: ['apps/web'],
      },
    ]);
  });

  test('of a path in a submodule is not validated, and nobody is at fault', async () => {
    const { targets, violations } = await follow({
      vendor: { submodule: '1'.repeat(40) },
      'vendored/kustomization.yaml': 'resources: []',
      'git.yaml': GIT_REPOSITORY,
      'inside.yaml': kustomization('inside', 'path: ./vendor/apps/web'),
      'beside.yaml': kustomization('beside', 'path: ./vendored'),
    });
    expect(violations).toEqual([]);
    expect(
      targets.map(({ target: { id, source } }) => [
        id.split('/').at(-1),
        source.tool === 'none' ? source.reason : '',
      ]),
    ).toEqual([
      ['beside', ''],
      [
        'inside',
        'vendor/apps/web lies in the submodule vendor, whose files are in another repository, which is not fetched',
      ],
    ]);
  });

  test('without a cluster has its environment, or nothing, in its id', async () => {
    const { targets } = await follow({
      ...APP,
      'git.yaml': GIT_REPOSITORY,
      'one.yaml': kustomization('one', 'path: apps/web'),
      'overlays/staging/two.yaml': kustomization('two', 'path: apps/web'),
    });
    expect(targets.map(({ target: { id, cluster, environment } }) => [id, cluster, environment])).toEqual([
      ['Kustomization/flux-system/one', null, null],
      ['staging/Kustomization/flux-system/two', null, 'staging'],
    ]);
  });

  test("takes its environment from the settings, else from its path's folder, else from where it stands", async () => {
    const files = {
      'apps/overlays/qa/kustomization.yaml': '',
      'clusters/one/k.yaml': GIT_REPOSITORY + kustomization('a', 'path: apps/overlays/qa'),
    };
    const environment = async (clusters: { name: string; environment?: string }[]) => {
      const all = clusters.map((cluster) => ({
        match: [],
        apiVersions: [],
        labels: {},
        annotations: {},
        values: {},
        ...cluster,
      }));
      const { targets } = await follow(files, { settings: { clusters: all } });
      return targets[0]?.target.environment;
    };
    expect(await environment([{ name: 'one', environment: 'live' }])).toBe('live');
    expect(await environment([{ name: 'one' }])).toBe('qa');
  });

  test('with a kubeConfig is applied to the cluster that its Secret is called after', async () => {
    const remote = (name: string) =>
      kustomization(name, `path: apps/web, kubeConfig: {secretRef: {name: ${name}-kubeconfig}}`);
    const known = {
      name: 'edge',
      match: [],
      apiVersions: [],
      labels: {},
      annotations: {},
      values: {},
      environment: 'field',
    };
    const { targets } = await follow(
      { ...APP, 'clusters/hub/k.yaml': GIT_REPOSITORY + remote('edge') + remote('far') },
      { settings: { clusters: [known] } },
    );
    expect(targets.map(({ target: { id, cluster, environment } }) => [id, cluster, environment])).toEqual([
      ['hub/Kustomization/flux-system/edge', 'edge', 'field'],
      ['hub/Kustomization/flux-system/far', 'far-kubeconfig', 'hub'],
    ]);
  });

  test('edits the kustomization as its spec says', async () => {
    const spec = `path: apps/web, targetNamespace: web, namePrefix: a-, nameSuffix: -z, ignoreMissingComponents: true,
      components: [../tls], images: [{name: nginx, newName: mirror/nginx, newTag: "1"}, {name: redis, digest: "sha256:0"}],
      patches: [{patch: "- op: remove", target: {kind: Deployment, labelSelector: "a=b", unknown: x}}, {patch: "kind: X"}],
      patchesStrategicMerge: [{kind: Service, metadata: {name: web}}],
      patchesJson6902: [{target: {version: v1, kind: Service, name: web}, patch: [{op: remove, path: /spec/ports}]}]`;
    const source = sourceOf(await follow({ ...APP, 'k.yaml': GIT_REPOSITORY + kustomization('web', spec) }));
    expect(source).toEqual({
      tool: 'kustomize',
      path: 'apps/web',
      generate: true,
      edits: {
        namespace: 'web',
        namePrefix: 'a-',
        nameSuffix: '-z',
        images: [
          { name: 'nginx', newName: 'mirror/nginx', newTag: '1' },
          { name: 'redis', digest: 'sha256:0' },
        ],
        patches: [
          { patch: '- op: remove', target: { kind: 'Deployment', labelSelector: 'a=b' } },
          { patch: 'kind: X' },
        ],
        patchesStrategicMerge: [{ kind: 'Service', metadata: { name: 'web' } }],
        patchesJson6902: [
          {
            patch: '[{"op":"remove","path":"/spec/ports"}]',
            target: { version: 'v1', kind: 'Service', name: 'web' },
          },
        ],
        components: ['../tls'],
        ignoreMissingComponents: true,
      },
    });
  });

  test('substitutes variables first and then adds common metadata', async () => {
    const spec =
      'path: apps/web, postBuild: {substitute: {A: x}}, commonMetadata: {labels: {team: web}, annotations: {note: "1"}}';
    const source = sourceOf(await follow({ ...APP, 'k.yaml': GIT_REPOSITORY + kustomization('web', spec) }));
    expect(source).toMatchObject({
      steps: [
        { step: 'substitute', variables: { A: 'x' } },
        { step: 'metadata', labels: { team: 'web' }, annotations: { note: '1' } },
      ],
    });
  });

  test('without a kustomization in its path applies those of the folders below', async () => {
    const { targets } = await follow({
      'apps/a/kustomization.yaml': '',
      'apps/b/overlays/x/kustomization.yaml': '',
      'apps/c.yaml': '',
      'other/kustomization.yaml': '',
      'k.yaml': GIT_REPOSITORY + kustomization('apps', 'path: /apps'),
    });
    expect(targets.map(({ folders }) => folders)).toEqual([['apps', 'apps/a', 'apps/b/overlays/x']]);
  });

  test('without a path applies the whole repository', async () => {
    const followed = await follow({ 'k.yaml': GIT_REPOSITORY + kustomization('all', 'timeout: 1m') });
    expect(sourceOf(followed)).toEqual({ tool: 'kustomize', path: '.', generate: true });
    expect(followed.targets[0]?.target.path).toBe('.');
  });

  test('whose path is no folder is not followed, and a finding', async () => {
    const link = { 'apps/link': { symlink: 'web' } };
    for (const path of ['apps/wbe', 'apps/web/a.yaml', 'apps/link']) {
      const followed = await follow({
        ...APP,
        ...link,
        'k.yaml': GIT_REPOSITORY + kustomization('web', `path: ./${path}`),
      });
      const message = `${path} is not a folder of GitRepository flux-system/flux-system`;
      expect(violationsOf(followed)).toEqual([`error render/missing-path at spec.path: ${message}`]);
      expect(reasonOf(followed)).toBe(message);
      expect(followed.targets[0]?.folders).toEqual([]);
    }
  });

  test('cannot leave the repository', async () => {
    const followed = await follow({
      ...APP,
      'k.yaml': GIT_REPOSITORY + kustomization('web', 'path: ../../apps/web'),
    });
    expect(sourceOf(followed)).toMatchObject({ path: 'apps/web' });
  });
});

describe('of older API versions', () => {
  test('is followed, with what to write instead', async () => {
    const old = kustomization('web', 'path: apps/web').replace('io/v1', 'io/v1beta2');
    const followed = await follow({ ...APP, 'k.yaml': GIT_REPOSITORY.replace('io/v1', 'io/v1beta1') + old });
    expect(sourceOf(followed)).toMatchObject({ tool: 'kustomize' });
    expect(violationsOf(followed)).toEqual([
      'warning flux/deprecated-api at apiVersion: GitRepository flux-system is of source.toolkit.fluxcd.io/v1beta1, which Flux has deprecated; use source.toolkit.fluxcd.io/v1',
      'warning flux/deprecated-api at apiVersion: Kustomization web is of kustomize.toolkit.fluxcd.io/v1beta2, which Flux has deprecated; use kustomize.toolkit.fluxcd.io/v1',
    ]);
  });
});
