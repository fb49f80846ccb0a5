// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of Argo CD.
import { afterAll, describe, expect, test } from '@jest/globals';
import { textAt } from '../../../src/model/manifest.ts';
import { escapeSetValue } from '../../../src/targets/argo/helmParameter.ts';
import { applicationWith, headOf, REPOSITORY, withSource } from '../../helpers/operators.ts';
import { fc } from '../../helpers/properties.ts';
import { CHART, cluster, createFollower, rendered, sourceOf, valuesIn, violationsOf } from './follow.ts';

const follower = createFollower();
afterAll(() => follower.close());

const FILES = {
  ...CHART,
  'chart/values-a.yaml': 'b: file-a\nc: file-a\nd: file-a\n',
  'chart/values-b.yaml': 'b: file-b\n',
  'shared/values.yaml': 'c: shared\n',
  'chart/motd.txt': 'hello, world\n',
};

const follow = (helm: object, files: object = {}) =>
  follower.follow({ ...FILES, ...files, 'app.yaml': withSource({ path: 'chart', helm }) });
const valuesOf = async (helm: object, files: object = {}) =>
  valuesIn(await rendered(await follow(helm, files)));
const filesOf = async (helm: object, files: object = {}) => {
  const source = sourceOf(await follow(helm, files));
  return typeof source === 'object' && 'values' in source ? source.values : source;
};

describe('helm of an Application', () => {
  test('lays parameters over values over values files, the later over the earlier', async () => {
    const helm = {
      valueFiles: ['values-a.yaml', 'values-b.yaml', '/shared/values.yaml'],
      values: 'd: values\n',
      parameters: [
        { name: 'e', value: '1' },
        { name: 'f', value: '1', forceString: true },
        { name: 'e', value: '2' },
      ],
      fileParameters: [{ name: 'motd', path: 'motd.txt' }],
    };
    expect(await valuesOf(helm)).toEqual({
      a: 'chart',
      b: 'file-b',
      c: 'shared',
      d: 'values',
      e: 2,
      f: '1',
      motd: 'hello, world\n',
    });
  });

  test('takes valuesObject before values', async () => {
    const values = await valuesOf({ values: 'a: text\nx: text\n', valuesObject: { a: { nested: true } } });
    expect(values).toEqual({ a: { nested: true }, b: 'chart', c: 'chart', d: 'chart' });
  });

  test('fills in the build environment', async () => {
    const helm = {
      valueFiles: ['values-$ARGOCD_APP_NAME.yaml', '${ARGOCD_APP_SOURCE_PATH}/../values-b.yaml'],
      parameters: [
        { name: 'n', value: '$ARGOCD_APP_NAME in $ARGOCD_APP_NAMESPACE, ${ARGOCD_APP_PROJECT_NAME}' },
        { name: 'r', value: '$ARGOCD_APP_REVISION_SHORT_8-$UNKNOWN-$$x', forceString: true },
        { name: 's', value: '$ARGOCD_APP_SOURCE_REPO_URL@$ARGOCD_APP_SOURCE_TARGET_REVISION' },
      ],
      values: 'v: $ARGOCD_APP_NAME\n',
    };
    const files = { 'chart/values-app.yaml': 'own: true\n' };
    expect(await valuesOf({ ...helm, ignoreMissingValueFiles: true }, files)).toMatchObject({
      own: true,
      n: 'app in web, default',
      r: '00000000--$x',
      s: `${REPOSITORY}.git@main`,
      v: '$ARGOCD_APP_NAME',
    });
  });

  test('expands globs without what is listed by name, and takes no file twice', async () => {
    const valueFiles = ['values-*.yaml', 'values-a.yaml', '/shared/**/*.yaml', '../shared/values.yaml'];
    expect(await filesOf({ valueFiles })).toEqual([
      { file: 'chart/values-b.yaml' },
      { file: 'chart/values-a.yaml' },
      { file: 'shared/values.yaml' },
    ]);
  });

  test('leaves a glob of nothing, and a missing file, to the renderer', async () => {
    expect(await filesOf({ valueFiles: ['none-*.yaml', 'none.yaml'] })).toEqual([
      { file: 'chart/none-*.yaml' },
      { file: 'chart/none.yaml' },
    ]);
    await expect(valuesOf({ valueFiles: ['none.yaml'] })).rejects.toThrow('none.yaml');
    await expect(valuesOf({ valueFiles: ['none-*.yaml'] })).rejects.toThrow('none-*.yaml');
    expect(
      await valuesOf({ valueFiles: ['none.yaml', 'none-*.yaml'], ignoreMissingValueFiles: true }),
    ).toMatchObject({
      a: 'chart',
    });
  });

  test('names the release and the namespace, and passes options on', async () => {
    const [own] = await rendered(await follow({}));
    expect(own).toMatchObject({ metadata: { name: 'app', namespace: 'web' } });
    const [other] = await rendered(await follow({ releaseName: 'r', namespace: 'other' }));
    expect(other).toMatchObject({ metadata: { name: 'r', namespace: 'other' } });
    expect(
      sourceOf(await follow({ skipCrds: true, skipTests: true, skipSchemaValidation: true })),
    ).toMatchObject({
      includeCrds: false,
      skipTests: true,
      skipSchemaValidation: true,
    });
  });

  test('renders for the cluster, or for what the Application says', async () => {
    const clusters = [
      cluster('eu', { kubernetesVersion: '1.35', apiVersions: ['monitoring.coreos.com/v1'] }),
    ];
    const data = async (helm: object) => {
      const app = applicationWith({
        source: { repoURL: REPOSITORY, path: 'chart', helm },
        destination: { name: 'eu' },
      });
      const [config] = await rendered(
        await follower.follow({ ...FILES, 'app.yaml': app }, { settings: { clusters } }),
      );
      return [textAt(config, ['data', 'version']), textAt(config, ['data', 'monitoring'])];
    };
    expect(await data({})).toEqual(['v1.35.0', 'true']);
    expect(await data({ kubeVersion: 'v1.30.2-eks-1', apiVersions: ['a/v1'] })).toEqual(['v1.30.2', 'false']);
  });

  test.each([
    [
      { valueFiles: ['s3://example/values.yaml'] },
      'the values file s3://example/values.yaml is remote, and Hydrant fetches those at https addresses alone',
    ],
    [{ valueFiles: ['../../values.yaml'] }, 'the values file ../../values.yaml is outside of the repository'],
    [{ kubeVersion: 'new' }, 'new is no Kubernetes version'],
  ])('%j is not followed', async (helm, reason) => {
    expect(sourceOf(await follow(helm))).toBe(reason);
  });

  test('names values files by their address', async () => {
    const url = 'https://example.com/values.yaml?a=*';
    expect(await filesOf({ valueFiles: [url, 'x.yaml'] })).toEqual([{ file: url }, expect.anything()]);
  });

  test('of a single source takes `$name` for a variable', async () => {
    expect(await filesOf({ valueFiles: ['$values/x.yaml'] })).toEqual([{ file: 'x.yaml' }]);
  });
});

describe('.argocd-source.yaml', () => {
  test('changes the source, and the one of the Application changes both', async () => {
    const files = {
      'chart/.argocd-source.yaml': 'helm: {parameters: [{name: a, value: all}], releaseName: all}\n',
      'chart/.argocd-source-app.yaml':
        'helm: {releaseName: own, values: null}\npath: elsewhere\nrepoURL: x\n',
      'chart/.argocd-source-other.yaml': 'helm: {releaseName: other}\n',
    };
    const followed = await follow(
      { values: 'b: removed\n', parameters: [{ name: 'a', value: 'app' }] },
      files,
    );
    expect(sourceOf(followed)).toMatchObject({
      tool: 'helm',
      chart: { path: 'chart' },
      releaseName: 'own',
      values: [{ set: 'a=all' }],
    });
  });

  test('says so where it is no YAML', async () => {
    expect(violationsOf(await follow({}, { 'chart/.argocd-source.yaml': 'a: [' }))).toEqual([
      expect.stringMatching(
        /^render\/invalid-application at spec\.source: chart\/\.argocd-source\.yaml is not valid YAML: /,
      ),
    ]);
  });

  test("is named with the namespace of an Application outside of Argo CD's", async () => {
    const source = { repoURL: REPOSITORY, path: 'chart', helm: {} };
    const followed = await follower.follow({
      ...FILES,
      'project.yaml': headOf('AppProject', 'a'),
      'chart/.argocd-source-team_app.yaml': 'helm: {releaseName: team}\n',
      'app.yaml': applicationWith({ source }, 'app', { namespace: 'team' }),
    });
    expect(sourceOf(followed)).toMatchObject({ releaseName: 'team' });
  });
});

describe('a parameter', () => {
  test.each([
    ['a,b', 'a\\,b'],
    ['a\\,b', 'a\\,b'],
    ['{a,b}', '{a,b}'],
    ['{a},{b}', '{a},{b}'],
    [',,', '\\,\\,'],
  ])('%s is escaped', (value, expected) => expect(escapeSetValue(value)).toBe(expected));

  test('is escaped once however often that is done', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        expect(escapeSetValue(escapeSetValue(text))).toBe(escapeSetValue(text)),
      ),
    );
  });
});
