import { application, deployment, type Situation, service } from '../parts.ts';

const overlays = { production: 'namespace: web\n', staging: 'namespace: web\n' };
const files = { 'deployment.yaml': deployment('web'), 'service.yaml': service('web') };
/** A folder gets another name, and nothing else. */
export const situation: Situation = {
  base: application('web', files, overlays),
  change: { 'apps/web': null, ...application('storefront', files, overlays) },
};
