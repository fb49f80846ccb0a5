import { application, deployment, kustomization, type Situation } from '../parts.ts';

const base = application('web', { 'deployment.yaml': deployment('web') }, { production: '', staging: '' });
/** A Secret in plain. */
export const situation: Situation = {
  base,
  change: {
    'apps/web/overlays/staging/kustomization.yaml': kustomization(['../../base', 'database.yaml']),
    'apps/web/overlays/staging/database.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: database
stringData:
  password: Vq7tR2mZx9Lw4Kp8
`,
  },
};
