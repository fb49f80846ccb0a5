import { afterAll, describe, expect, test } from '@jest/globals';
import { compilePolicies } from '../../../src/checks/policies/compilePolicies.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { formatFieldPath, type ManifestObject, valueAt } from '../../../src/model/manifest.ts';
import { toResources } from '../../../src/model/resource.ts';
import { kustomizeTarget } from '../../../src/targets/findTargets.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** Rules of the restricted level, which no pod here keeps. */
const RESTRICTED = ['drop-capabilities', 'privilege-escalation', 'seccomp-profile', 'volume-types'];
const disable = RESTRICTED.map((name) => `security/${name}`);
const compiled = compilePolicies({ engine, cacheDir: null, profile: 'strict', disable });

const target = kustomizeTarget('a');

/** Each finding as one line: severity, rule, field, message. */
async function findings(manifest: ManifestObject): Promise<string[]> {
  const { policies } = await compiled;
  const { violations, problems } = await policies.evaluate(toResources([manifest]), { target });
  expect(problems).toEqual([]);
  return (violations[0] ?? []).map(({ severity, rule, fieldPath, message }) => {
    expect(valueAt(manifest, fieldPath ?? [])).toBeDefined();
    return `${severity} ${rule} ${formatFieldPath(fieldPath ?? [])}: ${message}`;
  });
}

/** A container that no rule objects to. */
const SOUND = {
  name: 'app',
  image: 'example.com/app:1.2.3',
  resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
  readinessProbe: { httpGet: { path: '/', port: 80 } },
  livenessProbe: { httpGet: { path: '/', port: 80 } },
  securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true },
};

function podSpec(container: ManifestObject, spec: ManifestObject = {}): ManifestObject {
  return { automountServiceAccountToken: false, containers: [{ ...SOUND, ...container }], ...spec };
}

function workload(apiVersion: string, kind: string, spec: ManifestObject): ManifestObject {
  const base = { apiVersion, kind, metadata: { name: 'app' } };
  if (kind === 'Pod') return { ...base, spec };
  const ofTemplate = { template: { spec } };
  return { ...base, spec: kind === 'CronJob' ? { jobTemplate: { spec: ofTemplate } } : ofTemplate };
}

const KINDS: readonly (readonly [string, string, string])[] = [
  ['v1', 'Pod', 'spec'],
  ['v1', 'ReplicationController', 'spec.template.spec'],
  ['apps/v1', 'Deployment', 'spec.template.spec'],
  ['apps/v1', 'StatefulSet', 'spec.template.spec'],
  ['apps/v1', 'DaemonSet', 'spec.template.spec'],
  ['apps/v1', 'ReplicaSet', 'spec.template.spec'],
  ['batch/v1', 'Job', 'spec.template.spec'],
  ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template.spec'],
  ['argoproj.io/v1alpha1', 'Rollout', 'spec.template.spec'],
];

describe('a built-in policy finds, at its field, in', () => {
  test.each(KINDS)('%s %s', async (apiVersion, kind, path) => {
    expect(await findings(workload(apiVersion, kind, podSpec({})))).toEqual([]);
    const bad = podSpec(
      {
        image: 'example.com/app',
        resources: { limits: { cpu: 1 } },
        securityContext: {
          privileged: true,
          procMount: 'Unmasked',
          capabilities: { add: ['CHOWN', 'NET_ADMIN'] },
          seccompProfile: { type: 'Unconfined' },
          appArmorProfile: { type: 'Unconfined' },
          seLinuxOptions: { type: 'spc_t' },
          windowsOptions: { hostProcess: true },
        },
        ports: [{ containerPort: 80, hostPort: 80 }],
      },
      {
        hostNetwork: true,
        securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
        initContainers: [{ name: 'init', image: 'init:latest', securityContext: { runAsNonRoot: true } }],
        volumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'docker', hostPath: { path: '/var/run' } },
        ],
      },
    );
    expect(await findings(workload(apiVersion, kind, bad))).toEqual([
      `warning containers/resources-required ${path}.containers[0].resources: container app has no resources.requests.memory, resources.limits.memory`,
      `warning images/latest-tag ${path}.containers[0].image: container app uses example.com/app, whose tag is not fixed; name a version or a digest`,
      `warning images/latest-tag ${path}.initContainers[0].image: container init uses init:latest, whose tag is not fixed; name a version or a digest`,
      `error security/added-capabilities ${path}.containers[0].securityContext.capabilities.add[1]: container app adds the capability NET_ADMIN`,
      `error security/app-armor ${path}.containers[0].securityContext.appArmorProfile.type: container app runs without an AppArmor profile; use RuntimeDefault`,
      `error security/host-namespaces ${path}.hostNetwork: the pod shares its node's namespaces: hostNetwork`,
      `error security/host-path ${path}.volumes[1].hostPath: volume docker mounts /var/run of the node`,
      `error security/host-ports ${path}.containers[0].ports[0].hostPort: container app takes port 80 of its node`,
      `error security/host-process ${path}.containers[0].securityContext.windowsOptions.hostProcess: container app runs as a process of its node`,
      `error security/privileged ${path}.containers[0].securityContext.privileged: container app is privileged`,
      `error security/proc-mount ${path}.containers[0].securityContext.procMount: container app sees an unmasked /proc`,
      `warning security/run-as-non-root ${path}.containers[0].securityContext: container app may run as root; set securityContext.runAsNonRoot: true`,
      `error security/seccomp-unconfined ${path}.containers[0].securityContext.seccompProfile.type: container app runs without a seccomp filter; use RuntimeDefault`,
      `error security/selinux ${path}.containers[0].securityContext.seLinuxOptions.type: container app runs with the SELinux type spc_t`,
      `error security/unsafe-sysctls ${path}.securityContext.sysctls[0].name: the pod sets the unsafe sysctl kernel.msgmax`,
    ]);
  });

  test('a Deployment without probes', async () => {
    const { readinessProbe, livenessProbe, ...bare } = SOUND;
    expect({ readinessProbe, livenessProbe }).toBeDefined();
    expect(
      await findings(
        workload('apps/v1', 'Deployment', { automountServiceAccountToken: false, containers: [bare] }),
      ),
    ).toEqual([
      'warning containers/probes-required spec.template.spec.containers[0]: container app has no readinessProbe and no livenessProbe',
    ]);
  });

  test('roles and bindings', async () => {
    const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'all' } };
    const binding = {
      ...rbac,
      kind: 'ClusterRoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'ci', namespace: 'ci' }],
    };
    expect(await findings(binding)).toEqual([
      'warning rbac/cluster-admin-binding roleRef.name: ServiceAccount ci gets every right by cluster-admin',
    ]);
    const rules = [{ apiGroups: [''], resources: ['pods', '*'], verbs: ['*'] }];
    expect(await findings({ ...rbac, kind: 'Role', rules })).toEqual([
      'warning rbac/wildcard rules[0].verbs: the role may do everything with all resources of the group core; name the verbs and the resources',
    ]);
  });

  test("Argo CD's Applications", async () => {
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'myapp' },
      spec: {
        source: { path: 'apps/myapp/overlays/production' },
        destination: { namespace: 'myapp' },
        syncPolicy: { automated: { prune: true, selfHeal: false } },
      },
    };
    expect(await findings(application)).toEqual([
      'warning argocd/automated-prune-production spec.syncPolicy.automated.prune: Application myapp deletes from production by itself what leaves Git',
      'warning argocd/default-project-production spec: the Application deploys to production from the project default, which allows everything',
      'warning argocd/finalizer-missing metadata: deleting the Application would leave its resources in the cluster; if they should go with it, add the finalizer resources-finalizer.argocd.argoproj.io',
      'warning argocd/retry-missing spec.syncPolicy.automated: the Application says nothing of retries: a sync that fails for some minutes is not tried again; set syncPolicy.retry',
      'warning argocd/self-heal-off spec.syncPolicy.automated.selfHeal: Application myapp syncs by itself, but does not undo manual changes; set selfHeal: true',
    ]);
  });

  test("Flux's Kustomizations", async () => {
    const kustomization = {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'myapp' },
      spec: { path: './apps/myapp' },
    };
    expect(await findings(kustomization)).toEqual([
      'warning flux/health-checks-required spec: Kustomization myapp is ready as soon as it is applied; set wait: true or name healthChecks',
    ]);
  });

  test('nothing where a manifest is not as its kind should be, and does not fail', async () => {
    const spec: ManifestObject = {
      containers: [null, 'app', { image: 3, securityContext: [], resources: 'none' }],
      initContainers: 'none',
      volumes: { a: 1 },
      hostPID: 'yes',
      automountServiceAccountToken: false,
    };
    expect(await findings(workload('apps/v1', 'Deployment', spec))).toEqual([
      'warning containers/probes-required spec.template.spec.containers[2]: container 2 has no readinessProbe and no livenessProbe',
      'warning containers/resources-required spec.template.spec.containers[2]: container 2 has no resources.requests.cpu, resources.requests.memory, resources.limits.memory',
      'warning security/run-as-non-root spec.template.spec.containers[2]: container 2 may run as root; set securityContext.runAsNonRoot: true',
      'warning security/writable-root spec.template.spec.containers[2].securityContext: container 2 can write to its root filesystem; set securityContext.readOnlyRootFilesystem: true',
    ]);
    expect(await findings({ apiVersion: 'v1', kind: 'Pod' })).toEqual([]);
    expect(await findings({ kind: 'Deployment', spec: null })).toEqual([]);
  });
});
