import { application, deployment, type Situation } from '../parts.ts';

const made = (first: string, second: string) =>
  application(
    'web',
    {
      'deployment.yaml': deployment('web', {
        container: `          env:\n            - { name: ${first}, value: '${first}' }\n            - { name: ${second}, value: '${second}' }\n`,
      }),
    },
    { production: '' },
  );
/** A list in another order. */
export const situation: Situation = { base: made('ALPHA', 'BETA'), change: made('BETA', 'ALPHA') };
