import type { FieldPath, ManifestObject, ManifestValue } from '../../model/manifest.ts';
import { isObject, textAt, valueAt } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';
import { sameValue } from '../../model/sameValue.ts';

/** A field that the API server refuses to change. */
interface ImmutableField {
  readonly path: FieldPath;
  /** What an absent one means. */
  readonly absent?: ManifestValue;
  /** It may be set where there was none, or the cluster fills it in. */
  readonly mayBeSet?: true;
  /** Left out, the cluster keeps what it has. */
  readonly mayBeLeftOut?: true;
}

const SELECTOR: ImmutableField = { path: ['spec', 'selector'] };
const ROLE_REF: ImmutableField = { path: ['roleRef'] };

/**
 * By `group/Kind`, as the update validation of the API server has them.
 * https://github.com/kubernetes/kubernetes/tree/master/pkg/apis (the Validate...Update functions)
 */
const FIELDS: Readonly<Record<string, readonly ImmutableField[]>> = {
  'apps/Deployment': [SELECTOR],
  'apps/ReplicaSet': [SELECTOR],
  'apps/DaemonSet': [SELECTOR],
  'apps/StatefulSet': [
    SELECTOR,
    { path: ['spec', 'serviceName'] },
    { path: ['spec', 'podManagementPolicy'], absent: 'OrderedReady' },
    { path: ['spec', 'volumeClaimTemplates'] },
  ],
  'batch/Job': [
    { path: ['spec', 'template'] },
    { path: ['spec', 'selector'] },
    { path: ['spec', 'completionMode'], absent: 'NonIndexed' },
    { path: ['spec', 'podFailurePolicy'] },
    { path: ['spec', 'backoffLimitPerIndex'] },
  ],
  '/Service': [
    { path: ['spec', 'clusterIP'], mayBeLeftOut: true },
    { path: ['spec', 'healthCheckNodePort'], mayBeLeftOut: true, mayBeSet: true },
  ],
  '/PersistentVolumeClaim': [
    { path: ['spec', 'storageClassName'], mayBeSet: true },
    { path: ['spec', 'accessModes'] },
    { path: ['spec', 'selector'] },
    { path: ['spec', 'volumeMode'], absent: 'Filesystem' },
    { path: ['spec', 'volumeName'], mayBeSet: true },
    { path: ['spec', 'dataSource'], mayBeSet: true },
    { path: ['spec', 'dataSourceRef'], mayBeSet: true },
  ],
  '/PersistentVolume': [
    ...['csi', 'nfs', 'hostPath', 'local', 'iscsi', 'fc', 'rbd', 'cephfs', 'awsElasticBlockStore'].map(
      (name) => ({ path: ['spec', name] }),
    ),
    ...['azureDisk', 'azureFile', 'gcePersistentDisk', 'vsphereVolume', 'glusterfs', 'cinder'].map(
      (name) => ({
        path: ['spec', name],
      }),
    ),
    { path: ['spec', 'volumeMode'], absent: 'Filesystem' },
  ],
  '/Secret': [{ path: ['type'], absent: 'Opaque' }],
  'storage.k8s.io/StorageClass': [
    { path: ['provisioner'] },
    { path: ['parameters'] },
    { path: ['reclaimPolicy'], absent: 'Delete' },
    { path: ['volumeBindingMode'], absent: 'Immediate' },
  ],
  'rbac.authorization.k8s.io/RoleBinding': [ROLE_REF],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [ROLE_REF],
  'scheduling.k8s.io/PriorityClass': [
    { path: ['value'] },
    { path: ['preemptionPolicy'], absent: 'PreemptLowerPriority' },
  ],
  'networking.k8s.io/IngressClass': [{ path: ['spec', 'controller'] }],
  'node.k8s.io/RuntimeClass': [{ path: ['handler'] }],
  'discovery.k8s.io/EndpointSlice': [{ path: ['addressType'] }],
  'apiextensions.k8s.io/CustomResourceDefinition': [{ path: ['spec', 'scope'] }],
};

/** The content of a ConfigMap or Secret with `immutable: true`. */
const SEALED: readonly ImmutableField[] = [
  { path: ['data'] },
  { path: ['binaryData'] },
  { path: ['stringData'] },
  { path: ['immutable'] },
];

/** The fields of the head that the API server would refuse to change from what the base has. */
export function refusedFields(base: Resource, head: Resource): FieldPath[] {
  return fieldsOf(base, head)
    .filter((field) => isRefused(field, base.manifest, head.manifest))
    .map(({ path }) => path);
}

function fieldsOf(base: Resource, { group, kind, manifest }: Resource): readonly ImmutableField[] {
  const name = `${group}/${kind}`;
  const fields = FIELDS[name] ?? [];
  if ((name === '/ConfigMap' || name === '/Secret') && base.manifest['immutable'] === true)
    return [...fields, ...SEALED];
  // A Service without an address of its own may get one, and give it back.
  const isExternal = [base.manifest, manifest].some(
    (service) => textAt(service, ['spec', 'type']) === 'ExternalName',
  );
  return name === '/Service' && isExternal ? [] : fields;
}

function isRefused(field: ImmutableField, base: ManifestObject, head: ManifestObject): boolean {
  const valueIn = (manifest: ManifestObject) => normalized(field, valueAt(manifest, field.path) ?? null);
  const [before, after] = [valueIn(base), valueIn(head)];
  if (before === null && field.mayBeSet) return false;
  if (after === null && field.mayBeLeftOut) return false;
  return !sameValue(before, after);
}

function normalized({ path, absent = null }: ImmutableField, value: ManifestValue): ManifestValue {
  if (value === null) return absent;
  if (path.at(-1) !== 'volumeClaimTemplates' || !Array.isArray(value)) return value;
  return value.map(claimTemplate);
}

/** What a template may say besides is nothing that the API server compares. */
function claimTemplate(template: ManifestValue): ManifestValue {
  if (!isObject(template)) return template;
  const { apiVersion: _version, kind: _kind, status: _status, spec, ...rest } = template;
  return { ...rest, spec: isObject(spec) ? { volumeMode: 'Filesystem', ...spec } : (spec ?? null) };
}
