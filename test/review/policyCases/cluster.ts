import type { PolicyCase } from './policyCase.ts';

const REFERENCES: readonly PolicyCase[] = [
  {
    rule: 'references/config-missing',
    severity: 'warning',
    bad: deployment('', 'envFrom: [{ configMapRef: { name: config } }]'),
    line: 'configMapRef',
    good: `${deployment('', 'envFrom: [{ configMapRef: { name: config } }]')}---\n${object('v1', 'ConfigMap', 'config', 'data: { A: b }')}`,
  },
  {
    rule: 'references/config-key-missing',
    severity: 'error',
    bad: `${deployment('', variable('gone'))}---\n${object('v1', 'ConfigMap', 'config', 'data: { A: b }')}`,
    line: 'key: gone',
    good: `${deployment('', variable('A'))}---\n${object('v1', 'ConfigMap', 'config', 'data: { A: b }')}`,
  },
  {
    rule: 'references/account-missing',
    severity: 'warning',
    bad: deployment('serviceAccountName: web'),
    line: 'serviceAccountName: web',
    good: `${deployment('serviceAccountName: web')}---\n${object('v1', 'ServiceAccount', 'web', 'automountServiceAccountToken: false')}`,
  },
  {
    rule: 'references/claim-missing',
    severity: 'warning',
    bad: deployment('volumes:\n        - name: data\n          persistentVolumeClaim: { claimName: data }'),
    line: 'claimName: data',
    good: `${deployment('volumes:\n        - name: data\n          persistentVolumeClaim: { claimName: data }')}---\n${object('v1', 'PersistentVolumeClaim', 'data', 'spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }')}`,
  },
  {
    rule: 'references/backend-missing',
    severity: 'warning',
    bad: ingress('shop', 80),
    line: 'name: shop',
    good: `${ingress('shop', 80)}---\n${service('shop', 'app: web')}---\n${deployment()}`,
  },
  {
    rule: 'references/backend-port-missing',
    severity: 'error',
    bad: `${ingress('shop', 8080)}---\n${service('shop', 'app: web')}---\n${deployment()}`,
    line: 'number: 8080',
    good: `${ingress('shop', 80)}---\n${service('shop', 'app: web')}---\n${deployment()}`,
  },
  {
    rule: 'references/selector-without-pods',
    severity: 'warning',
    bad: `${service('shop', 'app: wbe')}---\n${deployment()}`,
    line: 'selector:',
    good: `${service('shop', 'app: web')}---\n${deployment()}`,
  },
  {
    rule: 'references/scale-target-missing',
    severity: 'warning',
    bad: autoscaler('wbe'),
    line: 'name: wbe',
    good: `${autoscaler('web')}---\n${deployment()}`,
  },
];

const OTHERS: readonly PolicyCase[] = [
  {
    rule: 'availability/disruption-budget',
    severity: 'warning',
    bad: `${budget(2)}---\n${deployment().replace('spec:', 'spec:\n  replicas: 2')}`,
    line: 'minAvailable: 2',
    good: `${budget(1)}---\n${deployment().replace('spec:', 'spec:\n  replicas: 2')}`,
  },
  {
    rule: 'availability/autoscaled-replicas',
    severity: 'warning',
    bad: `${autoscaler('web')}---\n${deployment().replace('spec:', 'spec:\n  replicas: 2')}`,
    line: 'replicas: 2',
    good: `${autoscaler('web')}---\n${deployment()}`,
  },
  {
    rule: 'security/default-service-account-token',
    severity: 'warning',
    bad: deployment('automountServiceAccountToken: true'),
    line: 'automountServiceAccountToken: true',
    good: deployment('automountServiceAccountToken: false'),
  },
  {
    rule: 'structure/monolith',
    severity: 'warning',
    bad: ['one', 'two', 'three'].map((name) => deployment().replaceAll('web', name)).join('---\n'),
    line: 'resources:',
    file: 'kustomization.yaml',
    good: ['one', 'two'].map((name) => deployment().replaceAll('web', name)).join('---\n'),
    placed: false,
  },
  {
    rule: 'structure/namespace-missing',
    severity: 'warning',
    placed: false,
    bad: `${service('one', 'app: web').replace('name: one', 'name: one\n  namespace: here')}---\n${service('two', 'app: web')}`,
    line: 'metadata: # of two',
    good: service('one', 'app: web'),
  },
];

/** Rules on all resources of a target, and those around them. */
export const CLUSTER_CASES: readonly PolicyCase[] = [...REFERENCES, ...OTHERS];

function object(apiVersion: string, kind: string, name: string, rest: string): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata: # of ${name}
  name: ${name}
${rest}
`;
}

function deployment(spec = '', container = ''): string {
  return object(
    'apps/v1',
    'Deployment',
    'web',
    `spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      ${spec}
      containers:
        - name: web
          image: example.com/web:1.2.3
          ${container}`,
  );
}

function variable(key: string): string {
  return `env:
            - name: A
              valueFrom:
                configMapKeyRef:
                  name: config
                  key: ${key}`;
}

function service(name: string, selector: string): string {
  return object('v1', 'Service', name, `spec:\n  ports: [{ port: 80 }]\n  selector: { ${selector} }`);
}

function ingress(name: string, port: number): string {
  return object(
    'networking.k8s.io/v1',
    'Ingress',
    'web',
    `spec:
  defaultBackend:
    service:
      name: ${name}
      port:
        number: ${port}`,
  );
}

function autoscaler(name: string): string {
  return object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'web',
    `spec:
  maxReplicas: 4
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}`,
  );
}

function budget(available: number): string {
  return object(
    'policy/v1',
    'PodDisruptionBudget',
    'web',
    `spec:\n  minAvailable: ${available}\n  selector: { matchLabels: { app: web } }`,
  );
}
