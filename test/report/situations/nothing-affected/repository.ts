import { application, deployment, type Situation } from '../parts.ts';

/** Words alone. */
export const situation: Situation = {
  base: {
    ...application('web', { 'deployment.yaml': deployment('web') }, { production: '' }),
    'README.md': 'Hello\n',
  },
  change: { 'README.md': 'Hello there\n' },
};
