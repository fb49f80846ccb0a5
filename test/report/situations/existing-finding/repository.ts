import { application, deployment, type Situation } from '../parts.ts';

const made = (replicas: number) =>
  application(
    'web',
    {
      'deployment.yaml': deployment('web', {
        replicas,
        container: '          securityContext: { privileged: true }\n',
      }),
    },
    { production: '', staging: '' },
  );
/** What is wrong was so before. */
export const situation: Situation = { base: made(2), change: made(3) };
