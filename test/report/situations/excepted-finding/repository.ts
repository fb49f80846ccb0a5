import { application, deployment, type Situation } from '../parts.ts';

const made = (container: string) => ({
  ...application('web', { 'deployment.yaml': deployment('web', { container }) }, { production: '' }),
  '.hydrant.yaml': `exceptions:
  - rule: security/privileged
    resource: Deployment/web
    reason: The driver needs it until the next release.
    expires: 2099-12-31
`,
});
/** What the settings accept. */
export const situation: Situation = {
  base: made(''),
  change: made('          securityContext: { privileged: true }\n'),
};
