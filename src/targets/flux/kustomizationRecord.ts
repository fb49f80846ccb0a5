import { entriesAt, filledText, flagAt, listAt, objectAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { FLUX_KEEPS } from '../../model/keptOnRemoval.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import type { AwaitedResource, DeclaredEdits, OperatorRecord } from '../../model/operatorRecord.ts';
import { idOf } from '../../model/resource.ts';
import { filesNamed, placeNamed, recordOf, specWithout } from '../operator.ts';
import { commonMetadata } from './commonMetadata.ts';
import { referencesOf } from './references.ts';
import { whySuspended } from './suspended.ts';

/** What following a Kustomization has found. */
interface FollowedKustomization {
  /** The target's folder. */
  readonly path: string;
  readonly variables?: OperatorRecord['variables'];
  readonly appliesTo: OperatorRecord['appliesTo'];
  readonly waits: OperatorRecord['waits'];
  readonly filesWait: OperatorRecord['filesWait'];
}

/** Fields that say when, and with what care, the target is applied. */
const APPLYING = [
  'dependsOn',
  'deletionPolicy',
  'force',
  'healthCheckExprs',
  'healthChecks',
  'interval',
  'prune',
  'retryInterval',
  'serviceAccountName',
  'suspend',
  'timeout',
  'wait',
];

/** What a Kustomization says of the target that it declares. */
export function kustomizationRecord(
  object: FoundObject,
  { path, variables = new Map(), appliesTo, waits, filesWait }: FollowedKustomization,
): ReturnType<typeof recordOf> {
  const { manifest } = object.resource;
  const prunes = flagAt(manifest, Kind.Kustomization('spec', 'prune'));
  return recordOf(object, {
    prunes,
    // While it is suspended, it leaves everything when it is deleted.
    cascades: isCascading(manifest, prunes) && whySuspended(manifest) === null,
    uncascaded: 'it does not prune, orphans them, or is suspended',
    keepers: FLUX_KEEPS,
    heeds: ['Flux'],
    waits,
    filesWait,
    appliesTo,
    decides: specWithout(manifest, APPLYING),
    places: placeNamed(textAt(manifest, Kind.Kustomization('spec', 'path'))),
    references: referencesOf(manifest),
    forces: flagAt(manifest, Kind.Kustomization('spec', 'force')),
    confinedTo: filledText(manifest, Kind.Kustomization('spec', 'targetNamespace')) ?? null,
    metadata: commonMetadata(manifest),
    edits: editsOf(manifest),
    variables,
    paths: listAt(manifest, Kind.Kustomization('spec', 'components')).map((item, index) => ({
      fieldPath: Kind.Kustomization('spec', 'components', index),
      files: filesNamed(textAt(item, Kind.HealthCheck()) ?? '', path),
    })),
    waitsFor: awaited(manifest),
  });
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy */
function isCascading(manifest: ManifestObject, prunes: boolean): boolean {
  const policy = valueAt(manifest, Kind.Kustomization('spec', 'deletionPolicy')) ?? 'MirrorPrune';
  return policy === 'MirrorPrune' ? prunes : policy === 'Delete' || policy === 'WaitForTermination';
}

/** The fields are called as kustomize calls them, but for the namespace. */
function editsOf(manifest: ManifestObject): DeclaredEdits[] {
  const spec = Kind.Kustomization('spec');
  const { targetNamespace, ...fields } = objectAt(manifest, spec) ?? {};
  const namespace = targetNamespace === undefined ? {} : { namespace: targetNamespace };
  return [
    { fields: { ...fields, ...namespace }, fieldPath: spec, renamed: { namespace: 'targetNamespace' } },
  ];
}

/**
 * The `healthChecks`; with `wait` they do not count.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
 */
function awaited(manifest: ManifestObject): AwaitedResource[] {
  if (flagAt(manifest, Kind.Kustomization('spec', 'wait'))) return [];
  return entriesAt(manifest, Kind.Kustomization('spec', 'healthChecks')).map(({ index, item }) => {
    const { group, version } = idOf(item);
    return {
      // A check has kind, name and namespace where objects have metadata.
      resource: {
        group,
        version,
        kind: textAt(item, Kind.HealthCheck('kind')) ?? '',
        namespace: textAt(item, Kind.HealthCheck('namespace')) ?? null,
        name: textAt(item, Kind.HealthCheck('name')) ?? '',
      },
      fieldPath: Kind.Kustomization('spec', 'healthChecks', index, 'name'),
    };
  });
}
