import { application, cluster, deployment, type Situation, service, TWO_CLUSTERS } from '../parts.ts';

const blog = application(
  'blog',
  { 'deployment.yaml': deployment('blog'), 'service.yaml': service('blog') },
  { production: 'namespace: blog\n' },
);
/** An application goes, with what applied it. */
export const situation: Situation = {
  base: {
    ...blog,
    ...application('web', { 'deployment.yaml': deployment('web') }, { production: 'namespace: web\n' }),
    ...cluster('eu-1', { blog: 'apps/blog/overlays/production', web: 'apps/web/overlays/production' }),
    '.hydrant.yaml': TWO_CLUSTERS,
  },
  change: {
    'apps/blog': null,
    ...cluster('eu-1', { web: 'apps/web/overlays/production' }),
  },
};
