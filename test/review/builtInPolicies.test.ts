import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/finding.ts';
import { ruleNames } from '../../src/settings/ruleNames.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { CLUSTER_CASES } from './policyCases/cluster.ts';
import { OPERATOR_CASES } from './policyCases/operators.ts';
import { POD_CASES } from './policyCases/pods.ts';
import type { PolicyCase } from './policyCases/policyCase.ts';
import { RBAC_CASES } from './policyCases/rbac.ts';
import { reviewed } from './reviewed.ts';

const SINGLE_CASES: readonly PolicyCase[] = [...OPERATOR_CASES, ...POD_CASES, ...RBAC_CASES];

/** Also those that are off by default. */
const SETTINGS = `policies:\n  enable: [${ruleNames().join(', ')}]\n  maxWorkloads: 2\n`;

/** One folder for the bad manifest, one for the good. */
function filesOf(one: PolicyCase): TestFiles {
  return {
    ...folder(folderOf(one, 'bad'), one.bad, one),
    ...folder(folderOf(one, 'good'), one.good, one),
  };
}

function folderOf({ rule, environment = 'any' }: PolicyCase, name: string): string {
  return `${rule}/${environment}/${name}`;
}

/** Each folder has its own namespace: they are all on a cluster that nobody knows. */
function folder(path: string, manifests: string, { placed = true }: PolicyCase): TestFiles {
  const namespace = placed ? `namespace: ${path.replaceAll('/', '-')}\n` : '';
  return {
    [`${path}/kustomization.yaml`]: `resources: [app.yaml]\n${namespace}`,
    [`${path}/app.yaml`]: manifests,
  };
}

describe.each([
  ['one resource', SINGLE_CASES],
  ['all resources of a cluster', CLUSTER_CASES],
])(
  'through the review, a built-in rule for %s finds the bad at its line and lets the good be:',
  (_, cases) => {
    let findings: readonly Finding[];

    beforeAll(async () => {
      const change = Object.assign({}, ...cases.map(filesOf));
      ({ findings } = await reviewed({ '.hydrant.yaml': SETTINGS }, change));
    }, 60_000);

    test.each(cases)('$rule', (one) => {
      const folders = [folderOf(one, 'bad'), folderOf(one, 'good')];
      const own = findings.filter(
        ({ rule, targets }) => rule === one.rule && targets.some((target) => folders.includes(target)),
      );
      const { file = 'app.yaml' } = one;
      const text = file === 'app.yaml' ? one.bad : 'resources:';
      const line = text.split('\n').findIndex((content) => content.includes(one.line)) + 1;
      expect(own).toEqual([
        expect.objectContaining({
          severity: one.severity,
          status: 'new',
          targets: [folderOf(one, 'bad')],
          location: expect.objectContaining({ path: `${folderOf(one, 'bad')}/${file}`, startLine: line }),
        }),
      ]);
    });
  },
);

describe('one overlay for several environments', () => {
  const URL = 'https://git.example.com/gitops.git';
  const base = {
    '.hydrant.yaml': `repository: { urls: [${URL}] }\npolicies: { profile: strict }\n`,
    'apps/shop/kustomization.yaml': 'configMapGenerator: [{ name: c, literals: [a=b] }]\n',
    'clusters/staging/shop.yaml': application('apps/shop', 'staging'),
  };

  async function found(change: TestFiles) {
    const { findings } = await reviewed(base, change);
    return findings.filter(({ rule }) => rule === 'structure/environment-separation');
  }

  test('is found at the Application of production', async () => {
    expect(await found({ 'clusters/production/shop.yaml': application('apps/shop', 'production') })).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message:
          'production is made from apps/shop with the same inputs as staging, and changes with it; give it an overlay or values of its own',
        location: expect.objectContaining({ path: 'clusters/production/shop.yaml' }),
      }),
    ]);
  });

  test('is none where production has inputs of its own', async () => {
    const own = application('apps/shop', 'production').replace(
      'path:',
      'kustomize: { images: ["app:1.2.3"] }\n    path:',
    );
    expect(await found({ 'clusters/production/shop.yaml': own })).toEqual([]);
  });

  function application(path: string, environment: string): string {
    return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  namespace: argocd
spec:
  project: ${environment}
  source:
    repoURL: ${URL}
    path: ${path}
  destination: { server: https://kubernetes.default.svc, namespace: shop-${environment} }
`;
  }
});

describe('what a target refers to, in another one', () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n';
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;
  const base = {
    'a/kustomization.yaml': 'resources: [s.yaml]\n',
    'a/s.yaml': service,
    'b/kustomization.yaml': 'resources: [i.yaml]\n',
    'b/i.yaml': ingress,
  };

  async function found(change: TestFiles, from: TestFiles = base) {
    const { findings } = await reviewed(from, change);
    return findings
      .filter(({ rule }) => rule.startsWith('references/'))
      .map(({ rule, status, location }) => `${status} ${rule} ${location?.path}`);
  }

  test('is found missing once it is taken away, though nothing changes where it is named', async () => {
    expect(await found({ 'a/s.yaml': service.replaceAll('web', 'other') })).toEqual([
      'new references/backend-missing b/i.yaml',
    ]);
    expect(await found({ 'a/s.yaml': service.replace('80', '8080') })).toEqual([
      'new references/backend-port-missing b/i.yaml',
    ]);
    expect(await found({ 'a/s.yaml': `${service}---\n${service.replaceAll('web', 'other')}` })).toEqual([]);
  });

  test('is neither missing nor mended while something does not render', async () => {
    const broken = { 'c/kustomization.yaml': 'resources: [none.yaml]\n' };
    expect(await found({ ...broken, 'a/s.yaml': service.replaceAll('web', 'other') })).toEqual([]);
    expect(await found(broken, { ...base, 'a/s.yaml': service.replaceAll('web', 'other') })).toEqual([]);
  });
});

describe('an Application that no target renders', () => {
  const STRICT = { '.hydrant.yaml': 'policies: { profile: strict }\n' };
  const application = (prune: boolean) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
  finalizers: [resources-finalizer.argocd.argoproj.io]
spec:
  project: shop
  source: { repoURL: https://git.example.com/shop.git, targetRevision: v1.0.0, path: overlays/production }
  destination: { name: in-cluster, namespace: shop }
  syncPolicy:
    automated:
      prune: ${prune}
      selfHeal: true
    retry: { limit: 5 }
`;

  test('is judged where it stands', async () => {
    const { findings } = await reviewed(
      { ...STRICT, 'argocd/shop.yaml': application(false) },
      { 'argocd/shop.yaml': application(true) },
    );
    const line = application(true).split('\n').indexOf('      prune: true') + 1;
    expect(findings.filter(({ rule }) => rule === 'argocd/automated-prune-production')).toEqual([
      expect.objectContaining({
        rule: 'argocd/automated-prune-production',
        status: 'new',
        location: { path: 'argocd/shop.yaml', startLine: line, endLine: line },
      }),
    ]);
  });

  test('keeps what it had, and loses what is mended', async () => {
    const moved = application(true).replace('metadata:', '# Moved.\nmetadata:');
    const statuses = async (after: string) =>
      (
        await reviewed({ ...STRICT, 'argocd/shop.yaml': application(true) }, { 'argocd/shop.yaml': after })
      ).findings
        .filter(({ rule }) => rule === 'argocd/automated-prune-production')
        .map(({ rule, status }) => `${status} ${rule}`);
    expect(await statuses(moved)).toEqual(['existing argocd/automated-prune-production']);
    expect(await statuses(application(false))).toEqual(['fixed argocd/automated-prune-production']);
  });
});

test('every built-in rule has a case', () => {
  const rules = [...SINGLE_CASES, ...CLUSTER_CASES].map(({ rule }) => rule);
  expect([...rules, 'structure/environment-separation'].toSorted()).toEqual(ruleNames());
});
