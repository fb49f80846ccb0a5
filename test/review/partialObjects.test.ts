import { describe, expect, test } from '@jest/globals';
import { findingsOf } from './operatorsReview.ts';
import { reviewed } from './reviewed.ts';

/** A part of a Deployment, without what one has to have; its replicas may be of the wrong type. */
function part(annotations: string, replicas: string = '3'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: router
  annotations: { ${annotations} }
spec:
  replicas: ${replicas}
`;
}

const BASE = { 'web/kustomization.yaml': 'namespace: web\nresources: []\n' };

async function findings(text: string, more = {}): Promise<string[]> {
  const review = await reviewed(BASE, {
    'web/kustomization.yaml': 'namespace: web\nresources: [router.yaml]\n',
    'web/router.yaml': text,
    ...more,
  });
  return findingsOf(review).filter((line) => line.includes('schema/'));
}

const LACKS = ['selector', 'template'].map(
  (field) => `web/router.yaml:6 spec lacks the required field ${field}`,
);
const ONLY_WARNED = LACKS.map((lack) =>
  expect.stringContaining(`new warning schema/required ${lack}; an error only where no object is there yet`),
);
const REFUSED = LACKS.map((lack) => `new error schema/required ${lack}`);

describe('a part of an object that another has made', () => {
  test.each([
    ['Argo CD', 'argocd.argoproj.io/sync-options: "Prune=false,ServerSideApply=true"'],
    ['Flux', 'kustomize.toolkit.fluxcd.io/ssa: Merge'],
    ['Flux, where there is none', 'kustomize.toolkit.fluxcd.io/ssa: IfNotPresent'],
  ])('may lack fields, as its annotation tells %s', async (_, annotation) => {
    expect(await findings(part(annotation))).toEqual(ONLY_WARNED);
  });

  test('may have a pod of which the other selects', async () => {
    const found = await findings(
      `${part('kustomize.toolkit.fluxcd.io/ssa: Merge')}  template:
    metadata: { labels: { app: router } }
    spec: { containers: [{ name: router, resources: { limits: { memory: 1Gi } } }] }
`,
    );
    expect(found).toEqual(found.map(() => expect.stringMatching(/^new warning /)));
  });

  test('has the types of its kind all the same', async () => {
    const found = await findings(part('kustomize.toolkit.fluxcd.io/ssa: Merge', '"three"'));
    expect(found).toContainEqual(expect.stringMatching(/^new error schema\/wrong-type/));
  });

  test('may lack fields, as its Application says of all', async () => {
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  destination: { server: https://kubernetes.default.svc, namespace: web }
  source: { repoURL: https://github.com/acme/gitops, path: web, targetRevision: main }
  syncPolicy: { syncOptions: [ServerSideApply=true] }
`;
    const more = { 'apps/web.yaml': application };
    expect(await findings(part(''), more)).toEqual(ONLY_WARNED);
    const refused = await findings(part('argocd.argoproj.io/sync-options: ServerSideApply=false'), more);
    expect(refused).toEqual(REFUSED);
  });
});

test('an object that is applied as a whole has to be whole', async () => {
  const found = await findings(part('kustomize.toolkit.fluxcd.io/ssa: Override'));
  expect(found).toEqual(REFUSED);
});
