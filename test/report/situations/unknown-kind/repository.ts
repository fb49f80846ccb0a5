import { application, deployment, type Situation } from '../parts.ts';

const made = (size: number) =>
  application(
    'web',
    {
      'deployment.yaml': deployment('web'),
      'cache.yaml': `apiVersion: caches.acme.example/v1
kind: CacheCluster
metadata:
  name: sessions
spec:
  size: ${size}
`,
    },
    { production: '', staging: '' },
  );
/** A kind that no schema is known of. */
export const situation: Situation = { base: made(1), change: made(3) };
