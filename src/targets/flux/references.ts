import { entriesAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, type ManifestObject, textAt } from '../../model/manifest.ts';
import type { ObjectReference, ReferredPart } from '../../model/operatorRecord.ts';
import type { Resource } from '../../model/resource.ts';
import { specWithout } from '../operator.ts';
import { copySource } from './dataHolder.ts';
import { FluxKind } from './fields.ts';
import { GROUPS } from './knownObjects.ts';

/** Fields with one reference; `spec.sourceRef` is a HelmChart's as well. */
const SINGLE: readonly FieldPath[] = [
  Kind.Kustomization('spec', 'sourceRef'),
  Kind.HelmRelease('spec', 'chart', 'spec', 'sourceRef'),
  Kind.HelmRelease('spec', 'chartRef'),
];

/** Fields with a list of them. */
const LISTS: readonly FieldPath[] = [
  Kind.Kustomization('spec', 'postBuild', 'substituteFrom'),
  Kind.HelmRelease('spec', 'valuesFrom'),
  FluxKind.ArtifactGenerator('spec', 'sources'),
  FluxKind.ResourceSet('spec', 'inputsFrom'),
];

/** A field with the name of another object of its own kind. */
const INCLUDED = Kind.GitInclude('repository', 'name');

/** Fields that say when a source is looked at again. They decide nothing of what it gives. */
const FETCHING = ['interval', 'timeout', 'suspend'];

/** The objects that an object of Flux takes its source, its values or its variables from. */
export function referencesOf(manifest: ManifestObject): ObjectReference[] {
  const listed = LISTS.flatMap((list) => entriesAt(manifest, list).map(({ index }) => [...list, index]));
  const includes = entriesAt(manifest, Kind.GitRepository('spec', 'include')).flatMap(({ item }) => {
    const name = textAt(item, INCLUDED);
    return name === undefined ? [] : [{ kind: 'GitRepository', name, namespace: undefined }];
  });
  return [...[...SINGLE, ...listed].flatMap((at) => referenceAt(manifest, at)), ...includes];
}

/** What decides what a source gives; null for what is none of Flux's objects. */
export function referredPart({ group, kind, manifest }: Resource): ReferredPart | null {
  const copied = group === '' ? copySource(manifest) : null;
  if (copied !== null) {
    const { metadata: _, status: __, ...contents } = manifest;
    return { decides: { ...contents, copied: { ...copied } }, references: [{ kind, ...copied }] };
  }
  if (!group.endsWith('.fluxcd.io') && group !== GROUPS.operator) return null;
  return { decides: specWithout(manifest, FETCHING), references: referencesOf(manifest) };
}

function referenceAt(manifest: ManifestObject, at: FieldPath): ObjectReference[] {
  const kind = textAt(manifest, [...at, ...Kind.HealthCheck('kind')]);
  const name = textAt(manifest, [...at, ...Kind.HealthCheck('name')]);
  if (kind === undefined || name === undefined) return [];
  return [{ kind, name, namespace: textAt(manifest, [...at, ...Kind.HealthCheck('namespace')]) }];
}
