import { describe, expect, test } from '@jest/globals';
import { formatFieldPath } from '../../src/model/manifest.ts';
import type { Review } from '../../src/model/review.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

interface PolicyOptions {
  readonly constraints?: string;
  readonly more?: string;
  readonly expression?: string;
}

/** A policy for ConfigMaps, which must be small. */
function policy({
  constraints = '',
  more = '',
  expression = 'object.data.size == "small"',
}: PolicyOptions = {}): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: sizes }
spec:
  matchConstraints:
${constraints}    resourceRules:
    - { apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps] }
  validations:
  - expression: '${expression}'
    messageExpression: '"is " + object.data.size'
${more}`;
}

function binding(spec = 'validationActions: [Deny]'): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: everywhere }
spec:
  policyName: sizes
  ${spec}
`;
}

function configMap(size: string, name = 'c', labels = '{}'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, labels: ${labels} }\ndata: { size: ${size} }\n`;
}

/** A target with the policies and one that they judge. */
function files(policies: string, app: string, extra: TestFiles = {}): TestFiles {
  return {
    'cluster/kustomization.yaml': 'resources: [policies.yaml]\n',
    'cluster/policies.yaml': policies,
    'app/kustomization.yaml': 'namespace: shop\nresources: [app.yaml]\n',
    'app/app.yaml': app,
    ...extra,
  };
}

function found({ findings }: Review): string[] {
  return findings
    .filter(({ rule }) => rule.startsWith('admission/') || rule.startsWith('schema/'))
    .map(({ status, severity, rule, location, fieldPath, message, targets }) =>
      [
        `${status} ${severity} ${rule}`,
        location === null ? '-' : `${location.path}:${location.startLine}`,
        ...(fieldPath === null ? [] : [formatFieldPath(fieldPath)]),
        message,
        targets.join(),
      ].join(' | '),
    );
}

function unchecked({ notValidated }: Review): string[] {
  return notValidated
    .filter(({ subject }) => subject.includes('AdmissionPolicy'))
    .map(({ subject, reason }) => `${subject}: ${reason}`);
}

const BOUND = `${policy()}---\n${binding()}`;
const IS_LARGE = 'app/app.yaml:2 | is large (ValidatingAdmissionPolicy sizes, bound by everywhere) | app';

describe('the ValidatingAdmissionPolicies of a cluster', () => {
  test('refuse a resource in their words', async () => {
    const review = await reviewed(files(BOUND, configMap('small')), { 'app/app.yaml': configMap('large') });
    expect(found(review)).toEqual([`new error admission/sizes | ${IS_LARGE}`]);
    expect(review.verdicts.policies).toBe('failure');
    expect(unchecked(review)).toEqual([]);
  });

  test('warn, or say nothing, as they are bound', async () => {
    const bound = (actions: string) =>
      files(`${policy()}---\n${binding(`validationActions: [${actions}]`)}`, configMap('small'));
    const change = { 'app/app.yaml': configMap('large') };
    const review = await reviewed(bound('Warn, Audit'), change);
    expect(found(review)).toEqual([`new warning admission/sizes | ${IS_LARGE}`]);
    expect(review.verdicts.policies).toBe('success');
    expect(found(await reviewed(bound('Audit'), change))).toEqual([]);
    expect(found(await reviewed(files(policy(), configMap('small')), change))).toEqual([]);
  });

  test('know what was broken before, and what is mended', async () => {
    const base = files(BOUND, configMap('large'));
    const review = await reviewed(base, { 'app/app.yaml': `${configMap('large')}immutable: true\n` });
    expect(found(review)).toEqual([`existing error admission/sizes | ${IS_LARGE}`]);
    expect(review.verdict).toBe('success');
    const mended = await reviewed(base, { 'app/app.yaml': configMap('small') });
    expect(found(mended)).toEqual([
      'fixed error admission/sizes | - | is large (ValidatingAdmissionPolicy sizes, bound by everywhere) | app',
    ]);
  });

  test('cannot be switched off by what they judge', async () => {
    const base = files(BOUND, configMap('small'));
    const large = { 'app/app.yaml': configMap('large') };
    const ways = [
      { 'cluster/policies.yaml': policy() },
      { 'cluster/policies.yaml': `${policy({ expression: 'true' })}---\n${binding()}` },
      { 'cluster/policies.yaml': `${policy()}---\n${binding('validationActions: [Audit]')}` },
      { 'cluster/kustomization.yaml': null, 'cluster/policies.yaml': null },
    ];
    for (const way of ways) {
      expect(found(await reviewed(base, { ...large, ...way }))).toEqual([
        `new error admission/sizes | ${IS_LARGE}`,
      ]);
    }
  });

  test('judge all that the cluster has where the head adds them', async () => {
    const base = files(policy(), configMap('large'), {
      'other/kustomization.yaml': 'namespace: shop\nresources: [c.yaml]\n',
      'other/c.yaml': configMap('small'),
    });
    const review = await reviewed(base, { 'cluster/policies.yaml': BOUND });
    expect(review.targets.filter(({ affected }) => affected).map(({ id }) => id)).toEqual(['cluster']);
    expect(found(review)).toEqual([`new error admission/sizes | ${IS_LARGE}`]);
  });

  test('of another cluster say nothing', async () => {
    const placed = (clusterOfApp: string) => ({
      ...files(BOUND, configMap('small')),
      'clusters/one/policies.yaml': application('policies', 'cluster'),
      [`clusters/${clusterOfApp}/app.yaml`]: application('app', 'app'),
      '.hydrant.yaml': `repository: { urls: ["https://github.com/acme/gitops"] }
clusters:
- { name: one, match: [clusters/one] }
- { name: two, match: [clusters/two] }
`,
    });
    const change = { 'app/app.yaml': configMap('large') };
    const other = await reviewed(placed('two'), change);
    expect(other.targets.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'one/Application/argocd/policies rendered',
      'two/Application/argocd/app rendered',
    ]);
    expect(found(other)).toEqual([]);
    const same = await reviewed(placed('one'), change);
    expect(found(same)).toEqual([
      `new error admission/sizes | ${IS_LARGE.replace(/app$/, 'one/Application/argocd/app')}`,
    ]);
  });

  test('select by the labels of the object and of its namespace', async () => {
    const constraints = `    objectSelector: { matchLabels: { tier: web } }
    namespaceSelector: { matchLabels: { team: shop } }
`;
    const namespace = (team: string) => ({
      'ns/kustomization.yaml': 'resources: [ns.yaml]\n',
      'ns/ns.yaml': `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: ${team} } }\n`,
    });
    const bound = `${policy({ constraints })}---\n${binding()}`;
    const change = {
      'app/app.yaml': `${configMap('large', 'c', '{ tier: web }')}---\n${configMap('large', 'd', '{ tier: api }')}`,
    };
    const base = (extra: TestFiles) => files(bound, configMap('small', 'c', '{ tier: web }'), extra);
    expect(found(await reviewed(base(namespace('shop')), change))).toEqual([
      `new error admission/sizes | ${IS_LARGE}`,
    ]);
    expect(found(await reviewed(base(namespace('other')), change))).toEqual([]);
    const unknown = await reviewed(base({}), change);
    expect(found(unknown)).toEqual([]);
    expect(unchecked(unknown)).toEqual([
      'ValidatingAdmissionPolicy sizes: it is not known what it says of ConfigMap shop/c: the labels of the namespace shop are not known, as no such Namespace is rendered',
    ]);
    expect(unknown.verdicts.policies).toBe('neutral');
  });

  test('see the defaults of the API server', async () => {
    const deployment = (spec: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec:\n${spec}  selector: { matchLabels: { a: b } }\n  template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: c, image: "x:1" }] } }\n`;
    const replicated = policy({ expression: 'object.spec.replicas > 1' })
      .replace('apiGroups: [""]', 'apiGroups: [apps]')
      .replace('configmaps', 'deployments')
      .replace(/messageExpression: .*/, 'message: one is too few');
    const review = await reviewed(files(`${replicated}---\n${binding()}`, deployment('  replicas: 2\n')), {
      'app/app.yaml': deployment(''),
    });
    expect(found(review)).toEqual([
      'new error admission/sizes | app/app.yaml:2 | one is too few (ValidatingAdmissionPolicy sizes, bound by everywhere) | app',
    ]);
    expect(unchecked(review)).toEqual([]);
  });

  test('ask only where their conditions hold', async () => {
    const more = '  matchConditions:\n  - { name: named, expression: \'object.metadata.name != "c"\' }\n';
    const review = await reviewed(files(`${policy({ more })}---\n${binding()}`, configMap('small')), {
      'app/app.yaml': `${configMap('large')}---\n${configMap('large', 'd')}`,
    });
    expect(found(review)).toEqual([
      'new error admission/sizes | app/app.yaml:7 | is large (ValidatingAdmissionPolicy sizes, bound by everywhere) | app',
    ]);
  });

  test('take their parameters from what is rendered, the base for the base', async () => {
    const settings =
      'paramRef: { name: allowed, namespace: policies, parameterNotFoundAction: Deny }\n  validationActions: [Deny]';
    const parameterized = policy({
      more: '  paramKind: { apiVersion: v1, kind: ConfigMap }\n',
      expression: 'request.namespace == "policies" || object.data.size == params.data.size',
    });
    const allowed = (size: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: allowed, namespace: policies }\ndata: { size: ${size} }\n`;
    const bound = (size: string) => `${parameterized}---\n${binding(settings)}---\n${allowed(size)}`;
    const base = files(bound('small'), configMap('small'));
    const large = { 'app/app.yaml': configMap('large') };
    expect(found(await reviewed(base, large))).toEqual([`new error admission/sizes | ${IS_LARGE}`]);
    expect(found(await reviewed(base, { ...large, 'cluster/policies.yaml': bound('large') }))).toEqual([
      `new error admission/sizes | ${IS_LARGE}`,
    ]);
    const missing = await reviewed(
      files(`${parameterized}---\n${binding(settings)}`, configMap('small')),
      large,
    );
    expect(unchecked(missing)).toEqual([
      'ValidatingAdmissionPolicy sizes: it is not known what it says of ConfigMap shop/c: the parameters of the binding everywhere (ConfigMap) are not rendered',
    ]);
  });

  test('compare with the base where they look at what was', async () => {
    const expression = 'oldObject == null || object.data.size == oldObject.data.size';
    const review = await reviewed(files(`${policy({ expression })}---\n${binding()}`, configMap('small')), {
      'app/app.yaml': `${configMap('large')}---\n${configMap('large', 'added')}`,
    });
    expect(found(review)).toEqual([`new error admission/sizes | ${IS_LARGE}`]);
  });

  test('that do not compile are a finding at their expression, and judge nothing', async () => {
    const review = await reviewed(files(BOUND, configMap('small')), {
      'cluster/policies.yaml': `${policy({ expression: 'object.nope(' })}---\n${binding()}`,
      'app/app.yaml': configMap('large'),
    });
    // The base's policy still counts.
    expect(found(review)).toEqual([
      `new error admission/sizes | ${IS_LARGE}`,
      expect.stringMatching(
        /^new error schema\/invalid-value \| cluster\/policies.yaml:9 \| spec.validations\[0\].expression \| .*compilation failed: .* \| cluster$/,
      ),
    ]);
    expect(unchecked(review)).toEqual([
      'ValidatingAdmissionPolicy sizes: it is not known what it says of ConfigMap shop/c: it does not compile',
    ]);
  });

  test('see no value of a Secret', async () => {
    const secrets = policy({ expression: 'object.stringData.password.startsWith("x")' }).replace(
      '[configmaps]',
      '[secrets]',
    );
    const secret = (value: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: ${value} }\n`;
    const review = await reviewed(files(`${secrets}---\n${binding()}`, secret('canary-admission-1')), {
      'app/app.yaml': secret('canary-admission-2'),
    });
    expect(found(review)).toEqual([]);
    expect(unchecked(review)).toEqual([
      'ValidatingAdmissionPolicy sizes: it is not known what it says of Secret shop/s: it looks at values that are hidden here',
    ]);
    expect(JSON.stringify(review)).not.toContain('canary-');
  });

  test('of which the cluster has nobody knows which form are not validated', async () => {
    const base = files(BOUND, configMap('small'), {
      'more/kustomization.yaml': 'resources: [policies.yaml]\n',
      'more/policies.yaml': policy({ expression: 'object.data.size == "large"' }),
    });
    const review = await reviewed(base, { 'app/app.yaml': configMap('large') });
    expect(found(review)).toEqual([]);
    expect(unchecked(review)).toEqual([
      'ValidatingAdmissionPolicy sizes: it is not known what it says of ConfigMap shop/c: its forms for this cluster differ',
    ]);
  });

  test('matter only for what the merge changes, where nobody knows what they say', async () => {
    const same = configMap('small', 'same');
    const base = files(BOUND, `${same}---\n${configMap('small')}`, {
      'more/kustomization.yaml': 'resources: [policies.yaml]\n',
      'more/policies.yaml': policy({ expression: 'object.data.size == "large"' }),
    });
    const changed = await reviewed(base, { 'app/app.yaml': `${same}---\n${configMap('large')}` });
    expect(unchecked(changed)).toEqual([
      'ValidatingAdmissionPolicy sizes: it is not known what it says of ConfigMap shop/c: its forms for this cluster differ',
    ]);
    expect(unchecked(await reviewed(base, { 'app/app.yaml': same }))).toEqual([]);
  });

  test('that mutate are named, not applied', async () => {
    const mutating = `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: { name: sidecars }
spec:
  reinvocationPolicy: Never
  matchConstraints:
    resourceRules:
    - { apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }
  mutations:
  - patchType: JSONPatch
    jsonPatch: { expression: '[]' }
`;
    const review = await reviewed(files(policy(), configMap('small')), { 'cluster/policies.yaml': mutating });
    expect(unchecked(review)).toEqual([
      'MutatingAdmissionPolicy sidecars: what it changes when objects are applied is not looked at',
    ]);
  });
});

function application(name: string, path: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: apps
  source: { repoURL: "https://github.com/acme/gitops", path: ${path}, targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: shop }
`;
}
