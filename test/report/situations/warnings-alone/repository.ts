import { application, deployment, type Situation } from '../parts.ts';

const role = (verbs: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - apiGroups: ['']
    resources: [secrets]
    verbs: [${verbs}]
`;
const made = (verbs: string, replicas: number) =>
  application(
    'web',
    { 'deployment.yaml': deployment('web', { replicas }), 'role.yaml': role(verbs) },
    { production: 'namespace: web\n', staging: 'namespace: web\n' },
  );
/** Nothing that fails, and things to look at. */
export const situation: Situation = { base: made('get', 2), change: made("get, list, '*'", 0) };
