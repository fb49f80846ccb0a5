import { application, deployment, type Situation } from '../parts.ts';

const made = (level: string) =>
  application(
    'web',
    {
      'deployment.yaml': deployment('web', {
        container: '          envFrom:\n            - configMapRef: { name: settings }\n',
      }),
    },
    { production: `configMapGenerator:\n  - name: settings\n    literals: [LOG_LEVEL=${level}]\n` },
  );
/** A generated ConfigMap gets another hash, and the Pods with it. */
export const situation: Situation = { base: made('info'), change: made('debug') };
