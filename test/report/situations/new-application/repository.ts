import { application, deployment, type Situation, service } from '../parts.ts';

/** An application that was not there. */
export const situation: Situation = {
  base: application('web', { 'deployment.yaml': deployment('web') }, { production: '' }),
  change: application(
    'blog',
    { 'deployment.yaml': deployment('blog'), 'service.yaml': service('blog') },
    { production: 'namespace: blog\n', staging: 'namespace: blog\n' },
  ),
};
