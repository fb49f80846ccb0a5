import { application, cluster, deployment, type Situation, TWO_CLUSTERS } from '../parts.ts';

const base = {
  ...application('web', { 'deployment.yaml': deployment('web') }, { production: 'namespace: web\n' }),
  ...cluster('eu-1', { web: 'apps/web/overlays/production' }),
  '.hydrant.yaml': `${TWO_CLUSTERS}`.replace(
    'clusters:\n',
    'clusters:\n  - { name: us-1, environment: production }\n',
  ),
};
/** An application goes to one more cluster. */
export const situation: Situation = {
  base,
  change: cluster('us-1', { web: 'apps/web/overlays/production' }),
};
