import { application, deployment, type Situation } from '../parts.ts';

const made = (replicas: number) => ({
  ...application(
    'web',
    {
      'deployment.yaml': deployment('web', {
        replicas,
        container: '          securityContext: { privileged: true }\n',
      }),
    },
    { production: '' },
  ),
  '.hydrant.yaml': 'gate: all\n',
});
/** Existing errors fail, too. */
export const situation: Situation = { base: made(2), change: made(3) };
