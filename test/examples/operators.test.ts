import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { changesOf, type Edit, reviewEdits } from './changed.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const EDITS: [what: string, edit: Edit, changes: string[]][] = [
  [
    'one Helm value',
    { path: 'charts/myapp/values-production.yaml', from: 'maxReplicas: 20', to: 'maxReplicas: 30' },
    ['production/Application/argocd/myapp-helm: changed HorizontalPodAutoscaler/myapp'],
  ],
  [
    'one Application parameter',
    { path: 'argocd/production/myapp-helm.yaml', from: 'value: v1.2.3', to: 'value: v1.2.4' },
    [
      'production/Application/argocd/apps: changed Application/myapp-helm',
      'production/Application/argocd/myapp-helm: changed Deployment/myapp',
    ],
  ],
  [
    'one postBuild variable',
    { path: 'clusters/staging/cluster-config.yaml', from: 'staging.example.com', to: 'stage.example.com' },
    [
      'staging/HelmRelease/status-page/status-page: changed Ingress/status-page',
      'staging/Kustomization/flux-system/flux-system: changed ConfigMap/cluster-config',
      'staging/Kustomization/flux-system/infrastructure: changed HelmRelease/status-page',
    ],
  ],
  [
    'one ApplicationSet file',
    {
      path: 'argocd/staging/applications.yaml',
      from: 'path: "{{ .path.path }}"\n',
      to: 'path: "{{ .path.path }}"\n        kustomize:\n          images: [myregistry/another-app:v9.9.9]\n',
    },
    [
      'staging/Application/argocd/another-app: changed Deployment/another-app',
      'staging/Application/argocd/apps: changed ApplicationSet/applications',
    ],
  ],
  [
    'one chart template',
    { path: 'charts/status-page/templates/status-page.yaml', from: 'replicas: 1', to: 'replicas: 2' },
    [
      'development/HelmRelease/status-page/status-page: changed Deployment/status-page',
      'production/HelmRelease/status-page/status-page: changed Deployment/status-page',
      'staging/HelmRelease/status-page/status-page: changed Deployment/status-page',
    ],
  ],
];

describe('a pull request on the example that changes', () => {
  test.each(EDITS)('%s shows exactly the resources that change, per cluster', async (_, edit, changes) => {
    const review = await reviewEdits(engine, [edit]);
    expect(changesOf(review)).toEqual(changes);
  });
});
