import { type PolicyCase, pod, secured } from './policyCase.ts';

const BASELINE: readonly PolicyCase[] = [
  {
    rule: 'security/privileged',
    severity: 'error',
    bad: secured('privileged: true'),
    line: 'privileged: true',
    good: secured('privileged: false'),
  },
  {
    rule: 'security/added-capabilities',
    severity: 'error',
    bad: secured('capabilities: { add: [SYS_ADMIN] }'),
    line: 'SYS_ADMIN',
    good: secured('capabilities: { add: [CHOWN] }'),
  },
  {
    rule: 'security/host-namespaces',
    severity: 'error',
    bad: pod('hostPID: true'),
    line: 'hostPID: true',
    good: pod('hostPID: false'),
  },
  {
    rule: 'security/host-path',
    severity: 'error',
    bad: pod('volumes:\n  - name: logs\n    hostPath: { path: /var/log }'),
    line: 'hostPath:',
    good: pod('volumes:\n  - name: logs\n    emptyDir: {}'),
  },
  {
    rule: 'security/host-ports',
    severity: 'error',
    bad: pod('', 'ports:\n  - containerPort: 80\n    hostPort: 80'),
    line: 'hostPort: 80',
    good: pod('', 'ports:\n  - containerPort: 80'),
  },
  {
    rule: 'security/unsafe-sysctls',
    severity: 'error',
    bad: pod('securityContext:\n  sysctls:\n    - name: kernel.msgmax\n      value: "1"'),
    line: 'name: kernel.msgmax',
    good: pod('securityContext:\n  sysctls:\n    - name: net.ipv4.tcp_syncookies\n      value: "1"'),
  },
  {
    rule: 'security/proc-mount',
    severity: 'error',
    bad: secured('procMount: Unmasked'),
    line: 'procMount: Unmasked',
    good: secured('procMount: Default'),
  },
  {
    rule: 'security/selinux',
    severity: 'error',
    bad: secured('seLinuxOptions: { type: spc_t }'),
    line: 'spc_t',
    good: secured('seLinuxOptions: { type: container_t }'),
  },
  {
    rule: 'security/app-armor',
    severity: 'error',
    bad: secured('appArmorProfile: { type: Unconfined }'),
    line: 'Unconfined',
    good: secured('appArmorProfile: { type: RuntimeDefault }'),
  },
  {
    rule: 'security/seccomp-unconfined',
    severity: 'error',
    bad: secured('seccompProfile: { type: Unconfined }'),
    line: 'Unconfined',
    good: secured('seccompProfile: { type: RuntimeDefault }'),
  },
  {
    rule: 'security/host-process',
    severity: 'error',
    bad: pod('securityContext:\n  windowsOptions:\n    hostProcess: true'),
    line: 'hostProcess: true',
    good: pod('securityContext:\n  windowsOptions:\n    hostProcess: false'),
  },
];

const RESTRICTED: readonly PolicyCase[] = [
  {
    rule: 'security/run-as-non-root',
    severity: 'warning',
    bad: secured('runAsUser: 0'),
    line: 'runAsUser: 0',
    good: secured('runAsNonRoot: true'),
  },
  {
    rule: 'security/privilege-escalation',
    severity: 'warning',
    bad: secured('allowPrivilegeEscalation: true'),
    line: 'allowPrivilegeEscalation: true',
    good: secured('allowPrivilegeEscalation: false'),
  },
  {
    rule: 'security/drop-capabilities',
    severity: 'warning',
    bad: secured('capabilities: { drop: [NET_RAW] }'),
    line: 'NET_RAW',
    good: secured('capabilities: { drop: [ALL] }'),
  },
  {
    rule: 'security/seccomp-profile',
    severity: 'warning',
    bad: secured('runAsNonRoot: true'),
    line: 'securityContext:',
    good: pod('securityContext:\n  seccompProfile: { type: RuntimeDefault }'),
  },
  {
    rule: 'security/volume-types',
    severity: 'warning',
    bad: pod('volumes:\n  - name: data\n    nfs: { server: nfs.example.com, path: / }'),
    line: 'nfs: {',
    good: pod('volumes:\n  - name: data\n    emptyDir: {}'),
  },
  {
    rule: 'security/writable-root',
    severity: 'warning',
    bad: secured('readOnlyRootFilesystem: false'),
    line: 'readOnlyRootFilesystem: false',
    good: secured('readOnlyRootFilesystem: true'),
  },
];

const CONTAINERS: readonly PolicyCase[] = [
  {
    rule: 'images/latest-tag',
    severity: 'warning',
    bad: pod('').replace('1.2.3', 'latest'),
    line: 'image: example.com/app:latest',
    good: pod(''),
  },
  {
    rule: 'images/digest-in-production',
    severity: 'warning',
    environment: 'production',
    bad: pod(''),
    line: 'image: example.com/app:1.2.3',
    good: pod('').replace('1.2.3', `1.2.3@sha256:${'0'.repeat(64)}`),
  },
  {
    rule: 'containers/resources-required',
    severity: 'warning',
    bad: pod('', 'resources: { requests: { cpu: 1, memory: 1Gi } }'),
    line: 'resources:',
    good: pod('', 'resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }'),
  },
  {
    rule: 'containers/probes-required',
    severity: 'warning',
    bad: deployment(''),
    line: 'name: app # container',
    good: deployment(
      '\n          readinessProbe: { tcpSocket: { port: 80 } }\n          livenessProbe: { tcpSocket: { port: 80 } }',
    ),
  },
];

/** Rules on pods and their containers. */
export const POD_CASES: readonly PolicyCase[] = [...BASELINE, ...RESTRICTED, ...CONTAINERS];

function deployment(container: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  selector:
    matchLabels: { app: app }
  template:
    metadata:
      labels: { app: app }
    spec:
      containers:
        - name: app # container
          image: example.com/app:1.2.3${container}
`;
}
