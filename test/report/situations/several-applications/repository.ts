import { application, deployment, kustomization, type Situation, service } from '../parts.ts';

const app = (name: string, fields: Parameters<typeof deployment>[1]) =>
  application(
    name,
    { 'deployment.yaml': deployment(name, fields), 'service.yaml': service(name, fields?.replicas) },
    { production: `namespace: ${name}\n`, staging: `namespace: ${name}-staging\n` },
  );
/** Three applications, each with its own change. */
export const situation: Situation = {
  base: { ...app('api', {}), ...app('mail', {}), ...app('web', {}) },
  change: {
    ...app('api', { image: 'registry.example.com/shop/web:v1.2.4' }),
    ...app('mail', { replicas: 3 }),
    'apps/web/overlays/staging/kustomization.yaml': kustomization(
      ['../../base'],
      'namespace: web-staging\nreplicas:\n  - { name: web, count: 1 }\n',
    ),
  },
};
