import { application, cluster, deployment, type Situation, TWO_CLUSTERS } from '../parts.ts';

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 20Gi } }
`;
const made = (files: Readonly<Record<string, string>>) => ({
  ...application('web', files, { production: 'namespace: web\n' }),
  ...cluster('eu-1', { web: 'apps/web/overlays/production' }),
  '.hydrant.yaml': TWO_CLUSTERS,
});
/** A claim with its data goes, and something harmless changes. */
export const situation: Situation = {
  base: made({ 'deployment.yaml': deployment('web'), 'claim.yaml': claim }),
  change: made({ 'deployment.yaml': deployment('web', { replicas: 3 }) }),
};
