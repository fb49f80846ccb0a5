import { entriesAt, filledText, flagAt, listAt, objectAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { HELM_KEEPS } from '../../model/keptOnRemoval.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import type { DeclaredEdits, NamedPath, OperatorRecord } from '../../model/operatorRecord.ts';
import { filesNamed, placeNamed, recordOf, specWithout, valueSteps } from '../operator.ts';
import { commonMetadata } from './commonMetadata.ts';
import { namespaceOf } from './knownObjects.ts';
import { referencesOf } from './references.ts';
import { whySuspended } from './suspended.ts';

/** What following a HelmRelease has found. */
interface FollowedRelease {
  /** The target's folder. */
  readonly path: string;
  readonly layers?: OperatorRecord['layers'];
  readonly appliesTo: OperatorRecord['appliesTo'];
  readonly filesWait: OperatorRecord['filesWait'];
  /** Whether a changed chart is installed only under a new version. */
  readonly needsNewVersion?: boolean;
}

/** Fields that say when, and with what care, the release is installed. */
const APPLYING = [
  'dependsOn',
  'driftDetection',
  'interval',
  'maxHistory',
  'persistentClient',
  'rollback',
  'serviceAccountName',
  'suspend',
  'timeout',
  'uninstall',
];

/** https://helm.sh/docs/chart_best_practices/custom_resource_definitions/ */
const KEPT_DEFINITIONS = {
  which: 'ofCrdsFolder',
  reason: 'Helm deletes nothing of the folder crds/ of a chart',
} as const;

/** What a HelmRelease says of the target that it declares. */
export function releaseRecord(
  object: FoundObject,
  { path, appliesTo, filesWait, layers = [], needsNewVersion = false }: FollowedRelease,
): ReturnType<typeof recordOf> {
  const { manifest, namespace } = object.resource;
  const fieldPath = Kind.HelmRelease('spec', 'targetNamespace');
  const target = filledText(manifest, fieldPath);
  const waits = whySuspended(manifest);
  return recordOf(object, {
    // Helm deletes what a new revision of the release no longer has, but no CRD of the chart's `crds/`.
    prunes: true,
    // While it is suspended, Helm uninstalls nothing when it is deleted.
    cascades: waits === null,
    uncascaded: 'it is suspended',
    keepers: HELM_KEEPS,
    heeds: ['Helm'],
    keptDefinitions: KEPT_DEFINITIONS,
    waits,
    filesWait,
    makesObjects: false,
    appliesTo,
    decides: specWithout(manifest, APPLYING),
    places: chartPlace(manifest),
    references: referencesOf(manifest),
    forces: flagAt(manifest, Kind.HelmRelease('spec', 'upgrade', 'force')),
    namespace:
      target === undefined
        ? { value: namespaceOf(object.resource), fieldPath: ['metadata', 'namespace'] }
        : { value: target, fieldPath },
    confinedTo: target ?? namespace,
    metadata: commonMetadata(manifest),
    edits: editsOf(manifest),
    layers,
    paths: pathsOf(manifest, path),
    valueField: (value) => valueField(manifest, value),
    needsNewVersion,
  });
}

function editsOf(manifest: ManifestObject): DeclaredEdits[] {
  return entriesAt(manifest, Kind.HelmRelease('spec', 'postRenderers')).flatMap(({ index }) => {
    const fieldPath = Kind.HelmRelease('spec', 'postRenderers', index, 'kustomize');
    const fields = objectAt(manifest, fieldPath);
    return fields === undefined ? [] : [{ fields, fieldPath }];
  });
}

/** A chart of a Helm repository has a name, without any slash. */
function chartPlace(manifest: ManifestObject): string[] {
  const chart = textAt(manifest, Kind.HelmRelease('spec', 'chart', 'spec', 'chart'));
  return chart?.includes('/') ? placeNamed(chart) : [];
}

/** `valuesFile` is the older name of a first one. */
function pathsOf(manifest: ManifestObject, folder: string): NamedPath[] {
  const files = Kind.HelmRelease('spec', 'chart', 'spec', 'valuesFiles');
  const fields: FieldPath[] = [
    Kind.HelmRelease('spec', 'chart', 'spec', 'valuesFile'),
    ...listAt(manifest, files).map((_, index) => [...files, index]),
  ];
  return fields.map((fieldPath) => ({
    fieldPath,
    files: filesNamed(textAt(manifest, fieldPath) ?? '', folder),
  }));
}

function valueField(manifest: ManifestObject, value: string): FieldPath | null {
  const fieldPath = [...Kind.HelmRelease('spec', 'values'), ...valueSteps(value)];
  return valueAt(manifest, fieldPath) === undefined ? null : fieldPath;
}
