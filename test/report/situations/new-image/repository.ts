import { application, cluster, deployment, type Situation, service, TWO_CLUSTERS } from '../parts.ts';

const overlays = { production: 'namespace: web-prod\n', staging: 'namespace: web-staging\n' };
const made = (image: string) => ({
  ...application(
    'web',
    { 'deployment.yaml': deployment('web', { image }), 'service.yaml': service('web') },
    overlays,
  ),
  ...cluster('eu-1', { web: 'apps/web/overlays/production' }),
  ...cluster('staging-1', { web: 'apps/web/overlays/staging' }),
  '.hydrant.yaml': TWO_CLUSTERS,
});
/** A new version of an image in two clusters. */
export const situation: Situation = {
  base: made('registry.example.com/shop/web:v1.2.3'),
  change: made('registry.example.com/shop/web:v1.3.0'),
};
