import { application, deployment, kustomization, type Situation } from '../parts.ts';

/** An overlay that does not render any more, beside one that changes. */
export const situation: Situation = {
  base: application('web', { 'deployment.yaml': deployment('web') }, { production: '', staging: '' }),
  change: {
    'apps/web/overlays/production/kustomization.yaml': kustomization(['../../base', 'ingress.yaml']),
    'apps/web/overlays/staging/kustomization.yaml': kustomization(
      ['../../base'],
      'replicas:\n  - { name: web, count: 5 }\n',
    ),
  },
};
