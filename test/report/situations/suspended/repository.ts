import { application, cluster, deployment, type Situation, TWO_CLUSTERS } from '../parts.ts';

const made = (replicas: number) => ({
  ...application(
    'web',
    { 'deployment.yaml': deployment('web', { replicas }) },
    { production: 'namespace: web\n' },
  ),
  ...cluster('eu-1', { web: 'apps/web/overlays/production' }, { suspend: true }),
  '.hydrant.yaml': TWO_CLUSTERS,
});
/** What applies the change is suspended. */
export const situation: Situation = { base: made(2), change: made(3) };
