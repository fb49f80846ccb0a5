import { application, deployment, type Situation } from '../parts.ts';

const made = (container: string) =>
  application(
    'web',
    { 'deployment.yaml': deployment('web', { container }) },
    { production: '', staging: '' },
  );
/** The pull request takes out what was wrong before. */
export const situation: Situation = {
  base: made('          securityContext: { privileged: true }\n'),
  change: made(''),
};
