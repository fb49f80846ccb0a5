import { isObject, type ManifestObject, type ManifestValue } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';
import { table } from '../../model/table.ts';

const POD = ['spec', 'template'];
/** Where workloads keep their pods, by group and kind, as policies/lib/workloads.rego has it. */
export const POD_PATHS = table<readonly string[]>({
  '/Pod': [],
  '/PodTemplate': ['template'],
  '/ReplicationController': POD,
  'apps/DaemonSet': POD,
  'apps/Deployment': POD,
  'apps/ReplicaSet': POD,
  'apps/StatefulSet': POD,
  'argoproj.io/Rollout': POD,
  'batch/CronJob': ['spec', 'jobTemplate', ...POD],
  'batch/Job': POD,
});

/** What the built-in policies look at of other resources of these kinds. */
const FIELDS = table<readonly (readonly string[])[]>({
  '/ConfigMap': [],
  '/Secret': [],
  '/PersistentVolumeClaim': [],
  '/Service': [['spec', 'ports']],
  '/ServiceAccount': [['automountServiceAccountToken']],
  'apps/StatefulSet': [['spec', 'volumeClaimTemplates']],
  'autoscaling/HorizontalPodAutoscaler': [
    ['spec', 'scaleTargetRef'],
    ['spec', 'minReplicas'],
  ],
  'keda.sh/ScaledObject': [
    ['spec', 'scaleTargetRef'],
    ['spec', 'minReplicaCount'],
  ],
});

/**
 * Groups whose resources have an operator make nothing that others name, or that declare targets:
 * what those make is rendered. As `makers` of policies/lib/cluster.rego has it.
 */
const MAKE_NOTHING =
  /^(?:argoproj\.io|fluxcd\.controlplane\.io|keda\.sh|monitoring\.coreos\.com|traefik\.io)$|(?:toolkit\.fluxcd|istio)\.io$/;

/**
 * The part of a resource that the built-in policies look at when they judge others: small, and
 * the same after most changes. Null where they look at nothing; a custom resource as a whole,
 * because any of its fields may name what its operator makes.
 */
export function relevantPartOf({ group, kind, name, manifest }: Resource): ManifestValue | null {
  const key = `${group}/${kind}`;
  const pod = POD_PATHS[key];
  const fields = [...(FIELDS[key] ?? []), ...(pod === undefined ? [] : fieldsOfPod(pod, kind))];
  if (FIELDS[key] === undefined && pod === undefined) return isMaker(group) ? manifest : null;
  const kept = fields.reduce<ManifestObject>(
    (whole, path) => withPath(whole, path, manifest),
    withKeys(manifest, key),
  );
  const { apiVersion = '' } = manifest;
  return { ...kept, apiVersion, kind, metadata: { name } };
}

/** A Job may be told the name of what it makes. */
function fieldsOfPod(path: readonly string[], kind: string): (readonly string[])[] {
  const labels = [...path, 'metadata', 'labels'];
  const containers = ['initContainers', 'containers'].map((list) => [...path, 'spec', list]);
  return kind === 'Job' || kind === 'CronJob' ? [labels, ...containers] : [labels];
}

function isMaker(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io') && !MAKE_NOTHING.test(group);
}

/** The keys of a ConfigMap or Secret, without what they hold. */
function withKeys(manifest: ManifestObject, key: string): ManifestObject {
  if (key !== '/ConfigMap' && key !== '/Secret') return {};
  const maps = ['data', 'binaryData', 'stringData'].map((field) => [field, manifest[field]] as const);
  return Object.fromEntries(
    maps.flatMap(([field, map]) =>
      isObject(map) ? [[field, Object.fromEntries(Object.keys(map).map((name) => [name, '']))]] : [],
    ),
  );
}

function withPath(whole: ManifestObject, path: readonly string[], from: ManifestObject): ManifestObject {
  const [step = '', ...rest] = path;
  const value = from[step];
  if (value === undefined) return whole;
  if (rest.length === 0) return { ...whole, [step]: value };
  if (!isObject(value)) return whole;
  const inner = whole[step];
  return { ...whole, [step]: withPath(isObject(inner) ? inner : {}, rest, value) };
}
