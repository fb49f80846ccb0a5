import { Kind } from '../../model/kinds.ts';
import type { FieldPath, ManifestObject, ManifestValue } from '../../model/manifest.ts';
import { isObject, textAt, valueAt } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';
import { sameValue } from '../../model/sameValue.ts';
import { table } from '../../model/table.ts';

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

const SELECTOR: ImmutableField = { path: Kind.Deployment('spec', 'selector') };
const ROLE_REF: ImmutableField = { path: Kind.RoleBinding('roleRef') };

const VOLUME_SOURCES = [
  Kind.PersistentVolume('spec', 'awsElasticBlockStore'),
  Kind.PersistentVolume('spec', 'azureDisk'),
  Kind.PersistentVolume('spec', 'azureFile'),
  Kind.PersistentVolume('spec', 'cephfs'),
  Kind.PersistentVolume('spec', 'cinder'),
  Kind.PersistentVolume('spec', 'csi'),
  Kind.PersistentVolume('spec', 'fc'),
  Kind.PersistentVolume('spec', 'gcePersistentDisk'),
  Kind.PersistentVolume('spec', 'glusterfs'),
  Kind.PersistentVolume('spec', 'hostPath'),
  Kind.PersistentVolume('spec', 'iscsi'),
  Kind.PersistentVolume('spec', 'local'),
  Kind.PersistentVolume('spec', 'nfs'),
  Kind.PersistentVolume('spec', 'rbd'),
  Kind.PersistentVolume('spec', 'vsphereVolume'),
];

/**
 * By `group/Kind`, as the update validation of the API server has them.
 * https://github.com/kubernetes/kubernetes/tree/master/pkg/apis (the Validate...Update functions)
 */
const FIELDS = table<readonly ImmutableField[]>({
  'apps/Deployment': [SELECTOR],
  'apps/ReplicaSet': [SELECTOR],
  'apps/DaemonSet': [SELECTOR],
  'apps/StatefulSet': [
    SELECTOR,
    { path: Kind.StatefulSet('spec', 'serviceName') },
    { path: Kind.StatefulSet('spec', 'podManagementPolicy'), absent: 'OrderedReady' },
    { path: Kind.StatefulSet('spec', 'volumeClaimTemplates') },
  ],
  'batch/Job': [
    { path: Kind.Job('spec', 'template') },
    { path: Kind.Job('spec', 'selector') },
    { path: Kind.Job('spec', 'completionMode'), absent: 'NonIndexed' },
    { path: Kind.Job('spec', 'podFailurePolicy') },
    { path: Kind.Job('spec', 'backoffLimitPerIndex') },
  ],
  '/Service': [
    { path: Kind.Service('spec', 'clusterIP'), mayBeLeftOut: true },
    { path: Kind.Service('spec', 'healthCheckNodePort'), mayBeLeftOut: true, mayBeSet: true },
  ],
  '/PersistentVolumeClaim': [
    { path: Kind.PersistentVolumeClaim('spec', 'storageClassName'), mayBeSet: true },
    { path: Kind.PersistentVolumeClaim('spec', 'accessModes') },
    { path: Kind.PersistentVolumeClaim('spec', 'selector') },
    { path: Kind.PersistentVolumeClaim('spec', 'volumeMode'), absent: 'Filesystem' },
    { path: Kind.PersistentVolumeClaim('spec', 'volumeName'), mayBeSet: true },
    { path: Kind.PersistentVolumeClaim('spec', 'dataSource'), mayBeSet: true },
    { path: Kind.PersistentVolumeClaim('spec', 'dataSourceRef'), mayBeSet: true },
  ],
  '/PersistentVolume': [
    ...VOLUME_SOURCES.map((path) => ({ path })),
    { path: Kind.PersistentVolume('spec', 'volumeMode'), absent: 'Filesystem' },
  ],
  '/Secret': [{ path: Kind.Secret('type'), absent: 'Opaque' }],
  'storage.k8s.io/StorageClass': [
    { path: Kind.StorageClass('provisioner') },
    { path: Kind.StorageClass('parameters') },
    { path: Kind.StorageClass('reclaimPolicy'), absent: 'Delete' },
    { path: Kind.StorageClass('volumeBindingMode'), absent: 'Immediate' },
  ],
  'rbac.authorization.k8s.io/RoleBinding': [ROLE_REF],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [ROLE_REF],
  'scheduling.k8s.io/PriorityClass': [
    { path: Kind.PriorityClass('value') },
    { path: Kind.PriorityClass('preemptionPolicy'), absent: 'PreemptLowerPriority' },
  ],
  'networking.k8s.io/IngressClass': [{ path: Kind.IngressClass('spec', 'controller') }],
  'node.k8s.io/RuntimeClass': [{ path: Kind.RuntimeClass('handler') }],
  'discovery.k8s.io/EndpointSlice': [{ path: Kind.EndpointSlice('addressType') }],
  'apiextensions.k8s.io/CustomResourceDefinition': [{ path: Kind.CustomResourceDefinition('spec', 'scope') }],
});

/** The content of a ConfigMap or Secret with `immutable: true`. */
const SEALED: readonly ImmutableField[] = [
  { path: Kind.ConfigMap('data') },
  { path: Kind.ConfigMap('binaryData') },
  { path: Kind.Secret('stringData') },
  { path: Kind.ConfigMap('immutable') },
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
    (service) => textAt(service, Kind.Service('spec', 'type')) === 'ExternalName',
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
