import { describe, expect, test } from '@jest/globals';
import { fluxDocument } from '../../helpers/operators.ts';
import {
  artifactGenerator,
  follow,
  GIT_REPOSITORY,
  kustomization,
  reasonOf,
  sourceOf,
  violationsOf,
} from './follow.ts';

const APP = { 'apps/web/kustomization.yaml': 'resources: [a.yaml]', 'apps/web/a.yaml': 'kind: ConfigMap' };
const WEB = kustomization('web', 'path: apps/web');
const ref = (text: string) => GIT_REPOSITORY.replace('ref: {branch: main}', text);

describe('the GitRepository', () => {
  test.each([
    'https://github.com/acme/gitops',
    'https://user@github.com/Acme/GitOps.git',
    'ssh://git@github.com/acme/gitops',
  ])('%s is the repository under review', async (url) => {
    const files = {
      ...APP,
      'k.yaml': GIT_REPOSITORY.replace('ssh://git@github.com/acme/gitops.git', url) + WEB,
    };
    expect(sourceOf(await follow(files))).toMatchObject({ tool: 'kustomize' });
  });

  test('of another repository is not followed, with the way out', async () => {
    const followed = await follow({
      ...APP,
      'k.yaml': GIT_REPOSITORY.replace('acme/gitops', 'acme/apps') + WEB,
    });
    expect(reasonOf(followed)).toBe(
      'GitRepository flux-system/flux-system is another repository: ssh://github.com/acme/apps.git is remote, and the settings do not allow it; list it in `remotes.allow` of .hydrant.yaml to have it fetched; if it is an address of this one, list it in `repository.urls` instead',
    );
    expect(followed.targets[0]?.target.path).toBe('.');
    expect(violationsOf(followed)).toEqual([]);
  });

  test('of some folders has nothing else', async () => {
    const sparse = GIT_REPOSITORY.replace('interval: 1m,', 'interval: 1m, sparseCheckout: [./apps/web],');
    const of = (path: string) =>
      follow({
        ...APP,
        'apps/more/a.yaml': 'a: b\n',
        'k.yaml': sparse + kustomization('web', `path: ${path}`),
      });
    expect(sourceOf(await of('apps/web'))).toMatchObject({
      path: 'apps/web',
      mounts: [{ from: 'apps/web/**', to: 'apps/web' }],
    });
    expect(violationsOf(await of('apps/more'))).toEqual([
      expect.stringContaining('apps/more is not a folder of GitRepository flux-system/flux-system'),
    ]);
  });

  test('counts as this repository where no address is known, as long as the path exists', async () => {
    const files = (path: string) => ({
      ...APP,
      'k.yaml': GIT_REPOSITORY + kustomization('web', `path: ${path}`),
    });
    expect(sourceOf(await follow(files('apps/web'), { urls: [] }))).toMatchObject({ tool: 'kustomize' });
    const missing = await follow(files('apps/other'), { urls: [] });
    expect(sourceOf(missing)).toMatchObject({ tool: 'none' });
    expect(missing.violations).toEqual([]);
  });

  test.each([
    ['ref: {branch: main}', 'main', null],
    ['ref: {branch: main}', null, null],
    ['ref: {name: refs/heads/main, tag: v1}', 'main', null],
    ['ref: {branch: release}', 'main', 'branch release, not main'],
    ['ref: {name: refs/heads/release}', 'main', 'branch release, not main'],
    ['timeout: 1m', 'main', 'branch master, not main'],
    ['timeout: 1m', 'master', null],
    ['ref: {branch: main, tag: v1.2.3}', 'main', 'tag v1.2.3'],
    ['ref: {tag: v1.2.3, semver: ">=1.0.0"}', 'main', 'the newest tag in >=1.0.0'],
    ['ref: {name: refs/tags/v1}', 'main', 'reference refs/tags/v1'],
    ['ref: {branch: main, commit: abc}', 'main', 'commit abc'],
  ])('with %s for a change of %s takes %s', async (text, branch, other) => {
    const followed = await follow({ ...APP, 'k.yaml': ref(text) + WEB }, { branch });
    if (other === null) expect(sourceOf(followed)).toMatchObject({ tool: 'kustomize' });
    else {
      expect(reasonOf(followed)).toBe(
        `GitRepository flux-system/flux-system takes ${other}, so that this change does not reach it yet`,
      );
      expect(followed.targets[0]?.target.path).toBe('apps/web');
    }
  });

  test('that bootstrap makes need not be in the repository', async () => {
    const followed = await follow({ ...APP, 'clusters/a/k.yaml': WEB });
    expect(sourceOf(followed)).toMatchObject({ tool: 'kustomize', path: 'apps/web' });
    expect(violationsOf(followed)).toEqual([]);
  });

  test('that does not exist is a finding', async () => {
    const web = kustomization(
      'web',
      'path: apps/web, sourceRef: {kind: GitRepository, name: fleet, namespace: infra}',
    );
    const followed = await follow({ ...APP, 'k.yaml': web });
    expect(violationsOf(followed)).toEqual([
      'error flux/reference at spec.sourceRef.name: GitRepository infra/fleet does not exist in the repository, so Kustomization web never gets its source',
    ]);
    expect(reasonOf(followed)).toBe(
      'GitRepository infra/fleet is not in the repository, so nobody knows what it holds',
    );
  });

  test('of another cluster is none of this one', async () => {
    const fleet = GIT_REPOSITORY.replace('name: flux-system', 'name: fleet');
    const web = kustomization('web', 'path: apps/web, sourceRef: {kind: GitRepository, name: fleet}');
    const other = await follow({ ...APP, 'clusters/a/git.yaml': fleet, 'clusters/b/k.yaml': web });
    expect(violationsOf(other)).toHaveLength(1);
    const unknown = await follow({ ...APP, 'shared/git.yaml': fleet, 'clusters/b/k.yaml': web });
    expect(violationsOf(unknown)).toEqual([]);
  });

  test('tells the engine what it leaves out', async () => {
    const ignore = ref('ref: {branch: main}, ignore: "/*\\n!/apps\\n"');
    const followed = await follow({ ...APP, 'k.yaml': ignore + WEB });
    expect(sourceOf(followed)).toMatchObject({ ignore: '/*\n!/apps\n' });
  });

  test('that includes this repository elsewhere is a tree of parts', async () => {
    const shared = GIT_REPOSITORY.replace('name: flux-system', 'name: shared');
    const include = ref(
      'ref: {branch: main}, include: [{repository: {name: shared}, fromPath: ./apps, toPath: vendor}, {repository: {name: shared}}]',
    );
    const followed = await follow({
      ...APP,
      'k.yaml': shared + include + kustomization('web', 'path: vendor/web'),
    });
    expect(sourceOf(followed)).toEqual({
      tool: 'kustomize',
      path: 'vendor/web',
      generate: true,
      mounts: [
        { from: '**', to: '.' },
        { from: 'apps/**', to: 'vendor' },
        { from: '**', to: 'shared' },
      ],
    });
    expect(followed.targets[0]?.folders).toEqual(['apps/web']);
  });

  test('that includes another repository is not followed, and one that does not exist a finding', async () => {
    const include = ref('ref: {branch: main}, include: [{repository: {name: shared}}]');
    const followed = await follow({ ...APP, 'k.yaml': include + WEB });
    expect(reasonOf(followed)).toBe(
      'GitRepository flux-system/flux-system includes flux-system/shared, which is not this repository',
    );
    expect(violationsOf(followed)).toEqual([
      'error flux/reference at spec.include.0.repository.name: GitRepository flux-system/shared does not exist in the repository, so GitRepository flux-system never gets its source',
    ]);
  });
});

test.each([
  ['OCIRepository', 'url: oci://ghcr.io/acme/manifests', 'oci://ghcr.io/acme/manifests'],
  ['Bucket', 'endpoint: minio.example.com', 'minio.example.com'],
])('a %s holds what was uploaded', async (kind, spec, address) => {
  const source = fluxDocument(kind, spec, { name: 'm' });
  const web = kustomization('web', `path: apps/web, sourceRef: {kind: ${kind}, name: m}`);
  const followed = await follow({ ...APP, 'k.yaml': source + web });
  expect(reasonOf(followed)).toBe(
    `${kind} flux-system/m holds what was uploaded to ${address}, not the files of a commit; where those come from this repository, they are reviewed where they stand in it`,
  );
});

describe('an ExternalArtifact', () => {
  const web = kustomization('web', 'path: ./production, sourceRef: {kind: ExternalArtifact, name: apps}');
  const files = {
    'apps/base/kustomization.yaml': '',
    'apps/production/kustomization.yaml': 'resources: [../base]',
  };

  test('is a tree of the parts that an ArtifactGenerator copies', async () => {
    const copies =
      '{from: "@repo/apps/base/**", to: "@artifact/base/"}, {from: "@repo/apps/production/**", to: "@artifact/production/", exclude: ["*.md"]}';
    const followed = await follow({ ...files, 'clusters/one/k.yaml': artifactGenerator(copies) + web });
    expect(violationsOf(followed)).toEqual([]);
    expect(followed.targets[0]?.target).toMatchObject({ path: 'apps/production', environment: 'production' });
    expect(followed.targets[0]?.folders).toEqual(['apps/production']);
    expect(sourceOf(followed)).toEqual({
      tool: 'kustomize',
      path: 'production',
      generate: true,
      mounts: [
        { from: 'apps/base/**', to: 'base/' },
        { from: 'apps/production/**', to: 'production/', exclude: ['*.md'] },
      ],
    });
  });

  test.each([
    ['{from: "@repo/apps/production", to: "@artifact/"}', 'apps/production'],
    ['{from: "@repo/apps/*", to: "@artifact/x/"}', null],
    ['{from: "@repo/apps/production/kustomization.yaml", to: "@artifact/production/"}', 'apps/production'],
    [
      '{from: "@repo/apps/production/kustomization.yaml", to: "@artifact/production/kustomization.yaml"}',
      'apps/production',
    ],
    ['{from: "@repo/apps/production/**", to: "@artifact/"}', null],
  ])('made by %s has production at %s', async (copy, folder) => {
    const followed = await follow({ ...files, 'k.yaml': artifactGenerator(copy) + web });
    if (folder === null) {
      expect(violationsOf(followed)).toEqual([
        'error render/missing-path at spec.path: production is not a folder of ExternalArtifact flux-system/apps',
      ]);
    } else expect(followed.targets[0]?.folders).toEqual([folder]);
  });

  test.each([
    [
      artifactGenerator('{from: "@repo/apps/**", to: "@artifact/", strategy: Merge}'),
      'ArtifactGenerator flux-system/parts: the copy strategy Merge is not followed',
    ],
    [
      artifactGenerator('{from: "@repo/{app}/**", to: "@artifact/"}', ', pathPattern: "@repo/{app}"'),
      'ArtifactGenerator flux-system/parts makes one artifact per folder (`pathPattern`), which Hydrant does not follow',
    ],
    [
      artifactGenerator('{from: "@other/apps/**", to: "@artifact/"}'),
      'ArtifactGenerator flux-system/parts copies from @other, which none of its sources is called',
    ],
  ])('is not followed where %s', async (text, reason) => {
    expect(reasonOf(await follow({ ...files, 'k.yaml': text + web }))).toBe(reason);
  });

  test('of nobody is said to be so, but other controllers make some too', async () => {
    const followed = await follow({ ...files, 'k.yaml': web });
    expect(violationsOf(followed)).toEqual([
      'warning flux/reference at spec.sourceRef.name: ExternalArtifact flux-system/apps is made by no ArtifactGenerator in the repository',
    ]);
    expect(reasonOf(followed)).toBe(
      'ExternalArtifact flux-system/apps is not made of this repository by an ArtifactGenerator in it',
    );
  });

  test('made of a source that does not exist is a finding on the generator', async () => {
    const text = artifactGenerator('{from: "@repo/apps/**", to: "@artifact/"}').replace(
      'name: flux-system}]',
      'name: fleet}]',
    );
    expect(violationsOf(await follow({ ...files, 'k.yaml': text }))).toEqual([
      'error flux/reference at spec.sources.0.name: GitRepository flux-system/fleet does not exist in the repository, so ArtifactGenerator parts never gets its source',
    ]);
  });
});
