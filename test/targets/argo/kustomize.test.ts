// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of Argo CD.
import { afterAll, describe, expect, test } from '@jest/globals';
import { textAt, valueAt } from '../../../src/model/manifest.ts';
import { parseKustomizeImage } from '../../../src/targets/argo/kustomizeImage.ts';
import { withSource } from '../../helpers/operators.ts';
import { fc } from '../../helpers/properties.ts';
import { CLUSTER_CHARTS, createFollower, DEPLOYMENT, rendered, sourceOf, violationsOf } from './follow.ts';

const follower = createFollower();
afterAll(() => follower.close());

const FILES = {
  'web/kustomization.yaml': `resources: [deployment.yaml]
commonLabels: {team: web}
commonAnnotations: {owner: web}
images: [{name: nginx, newName: registry.example.com/nginx, newTag: "2.0"}]
`,
  'web/deployment.yaml': DEPLOYMENT,
  'components/debug/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches: [{target: {kind: Deployment}, patch: '[{"op": "add", "path": "/spec/paused", "value": true}]'}]
`,
};

const follow = (kustomize: object, files: object = {}) =>
  follower.follow({ ...FILES, ...files, 'app.yaml': withSource({ path: 'web', kustomize }) });

const image = ['spec', 'template', 'spec', 'containers', 0, 'image'];

describe('kustomize of an Application', () => {
  test('without fields changes nothing', async () => {
    expect(sourceOf(await follow({}))).toEqual({ tool: 'kustomize', path: 'web', charts: CLUSTER_CHARTS });
  });

  test('changes names, namespace, replicas, patches and components', async () => {
    const [deployment] = await rendered(
      await follow({
        namePrefix: 'my-',
        nameSuffix: '-v2',
        namespace: 'other',
        replicas: [
          { name: 'web', count: 2 },
          { name: 'web', count: '3' },
        ],
        patches: [
          { target: { kind: 'Deployment' }, patch: '- {op: add, path: /spec/minReadySeconds, value: 5}' },
        ],
        components: ['../components/debug'],
      }),
    );
    expect(deployment).toMatchObject({
      metadata: { name: 'my-web-v2', namespace: 'other' },
      spec: { replicas: 3, minReadySeconds: 5, paused: true },
    });
  });

  test('leaves out components that are missing where it may', async () => {
    const followed = await follow({
      components: ['../components/none', '../components/debug'],
      ignoreMissingComponents: true,
    });
    const [deployment] = await rendered(followed);
    expect(valueAt(deployment, ['spec', 'paused'])).toBe(true);
  });

  test.each([
    ['nginx:3.0', 'nginx:3.0'],
    ['nginx=mirror.example.com:5000/nginx:3.0', 'mirror.example.com:5000/nginx:3.0'],
    ['nginx=mirror/nginx:3.0@sha256:abc', 'mirror/nginx:3.0@sha256:abc'],
    ['nginx@sha256:abc', 'nginx@sha256:abc'],
    ['nginx=*:3.0', 'registry.example.com/nginx:3.0'],
    ['nginx=mirror/nginx:*', 'mirror/nginx:2.0'],
    ['nginx:${ARGOCD_APP_NAME}', 'nginx:app'],
  ])('sets the image %s', async (text, expected) => {
    const [deployment] = await rendered(await follow({ images: [text] }));
    expect(textAt(deployment, image)).toBe(expected);
  });

  test('adds labels and annotations as kustomize edit does', async () => {
    const labels = async (options: object) => {
      const [deployment] = await rendered(
        await follow({ commonLabels: { app: '$ARGOCD_APP_NAME' }, ...options }),
      );
      return [
        textAt(deployment, ['metadata', 'labels', 'app']),
        textAt(deployment, ['spec', 'template', 'metadata', 'labels', 'app']),
        textAt(deployment, ['spec', 'selector', 'matchLabels', 'app']),
      ];
    };
    expect(await labels({})).toEqual(['app', 'app', 'app']);
    expect(await labels({ labelWithoutSelector: true })).toEqual(['app', 'web', 'web']);
    expect(await labels({ labelWithoutSelector: true, labelIncludeTemplates: true })).toEqual([
      'app',
      'app',
      'web',
    ]);
    const annotations = { commonAnnotations: { rev: '$ARGOCD_APP_REVISION_SHORT', quoted: '"yes"' } };
    const [plain] = await rendered(await follow(annotations));
    expect(valueAt(plain, ['metadata', 'annotations'])).toEqual({
      owner: 'web',
      rev: '$ARGOCD_APP_REVISION_SHORT',
      quoted: 'yes',
    });
    const [filled] = await rendered(await follow({ ...annotations, commonAnnotationsEnvsubst: true }));
    expect(textAt(filled, ['metadata', 'annotations', 'rev'])).toBe('0000000');
  });

  test('replaces labels and annotations of the kustomization only by force', async () => {
    const taken = { commonLabels: { team: 'api' }, commonAnnotations: { owner: 'api' } };
    const [deployment] = await rendered(
      await follow({ ...taken, forceCommonLabels: true, forceCommonAnnotations: true }),
    );
    expect(deployment).toMatchObject({
      metadata: { labels: { team: 'api' }, annotations: { owner: 'api' } },
    });
    expect(violationsOf(await follow({ ...taken, forceCommonLabels: true }))).toEqual([
      'render/invalid-application at spec.source.kustomize.commonAnnotations.owner: the annotation owner is already in the kustomization; set forceCommonAnnotations to replace it',
    ]);
    expect(violationsOf(await follow({ ...taken, forceCommonAnnotations: true }))).toEqual([
      'render/invalid-application at spec.source.kustomize.commonLabels.team: the label team is already in the kustomization; set forceCommonLabels to replace it',
    ]);
  });

  test.each([
    [
      { images: ['nginx:1', 'nginx'] },
      'images.1: the image nginx has neither a new name, nor a tag, nor a digest; write name=newName, name:tag or name@digest',
    ],
    [
      { replicas: [{ name: 'web', count: 'two' }] },
      'replicas.0.count: the replica count of web must be an integer',
    ],
    [
      { commonLabels: { a: 'b' }, labelIncludeTemplates: true },
      'labelIncludeTemplates: labelIncludeTemplates needs labelWithoutSelector',
    ],
  ])('%j is a mistake', async (kustomize, violation) => {
    expect(violationsOf(await follow(kustomize))).toEqual([
      `render/invalid-application at spec.source.kustomize.${violation}`,
    ]);
  });
});

describe('charts of a kustomization are told', () => {
  const options = { kubeVersion: '1.30', apiVersions: ['a/v1'] };

  test('what the Application says, and else what the cluster has', async () => {
    expect(sourceOf(await follow(options))).toMatchObject({
      charts: { kubeVersion: '1.30', apiVersions: ['a/v1'] },
    });
    expect(sourceOf(await follow({ namePrefix: 'a-' }))).toMatchObject({ charts: CLUSTER_CHARTS });
    expect(violationsOf(await follow({ kubeVersion: 'new' }))).toEqual([
      'render/invalid-application at spec.source.kustomize.kubeVersion: new is no Kubernetes version',
    ]);
  });

  test('the same in a base', async () => {
    const files = {
      'web/kustomization.yaml': 'resources: [../base]\n',
      'base/kustomization.yaml': 'helmCharts: [{name: c, releaseName: r}]\n',
      'base/charts/c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'base/charts/c/values.yaml': '',
      'base/charts/c/templates/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: told}\ndata: {version: '{{ .Capabilities.KubeVersion.Version }}', has: '{{ .Capabilities.APIVersions.Has "a/v1" }}'}\n`,
    };
    const [told] = await rendered(await follow(options, files));
    expect(told).toMatchObject({ data: { version: 'v1.30.0', has: 'true' } });
  });
});

describe('an image', () => {
  const part = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/);
  const name = fc
    .record({
      registry: fc.option(fc.tuple(part, fc.option(fc.nat(9999)))),
      folders: fc.array(part, { minLength: 1, maxLength: 3 }),
    })
    .map(({ registry, folders }) => {
      const host =
        registry === null ? [] : [`${registry[0]}${registry[1] === null ? '' : `:${registry[1]}`}`];
      return [...host, ...folders].join('/');
    });
  const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,8}$/), { nil: undefined });
  const digest = fc.option(fc.stringMatching(/^sha256:[0-9a-f]{8}$/), { nil: undefined });
  const text = (parts: { tag?: string | undefined; digest?: string | undefined }) =>
    `${parts.tag === undefined ? '' : `:${parts.tag}`}${parts.digest === undefined ? '' : `@${parts.digest}`}`;

  test('with a new name is read back in its parts', () => {
    fc.assert(
      fc.property(name, name, tag, digest, (old, newName, newTag, hash) => {
        expect(parseKustomizeImage(`${old}=${newName}${text({ tag: newTag, digest: hash })}`)).toEqual({
          name: old,
          newName,
          ...(newTag === undefined ? {} : { newTag }),
          ...(hash === undefined ? {} : { digest: hash }),
        });
      }),
    );
  });

  test('without a new name needs a tag or a digest', () => {
    fc.assert(
      fc.property(name, tag, digest, (old, newTag, hash) => {
        const parsed = parseKustomizeImage(`${old}${text({ tag: newTag, digest: hash })}`);
        if (newTag === undefined && hash === undefined) expect(parsed).toBeNull();
        else expect(parsed).toMatchObject({ name: old });
      }),
    );
  });

  test('of any text is read without failing', () => {
    fc.assert(fc.property(fc.string(), (any) => void parseKustomizeImage(any)));
  });
});
