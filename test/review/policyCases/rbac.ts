import type { PolicyCase } from './policyCase.ts';

/** Rules on roles and bindings. */
export const RBAC_CASES: readonly PolicyCase[] = [
  {
    rule: 'rbac/wildcard',
    severity: 'warning',
    bad: role('verbs: ["*"]', 'pods'),
    line: 'verbs: ["*"]',
    good: role('verbs: [get]', 'pods'),
  },
  {
    rule: 'rbac/escalation',
    severity: 'warning',
    bad: role('verbs: [impersonate]', 'users'),
    line: 'verbs: [impersonate]',
    good: role('verbs: [impersonate]\n    resourceNames: [ci]', 'users'),
  },
  {
    rule: 'rbac/cluster-admin-binding',
    severity: 'warning',
    bad: binding('cluster-admin'),
    line: 'name: cluster-admin',
    good: binding('view'),
  },
];

function role(verbs: string, resource: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: app
rules:
  - apiGroups: [""]
    resources: [${resource}]
    ${verbs}
`;
}

function binding(name: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: ci
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ci
    namespace: ci
`;
}
