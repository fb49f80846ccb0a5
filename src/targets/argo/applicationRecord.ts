import { entriesAt, filledText, flagAt, listAt, objectAt, textsAt } from '../../model/fields.ts';
import type { FieldOrigin, FoundObject } from '../../model/foundObject.ts';
import { ARGO_KEEPS, HELM_KEEPS } from '../../model/keptOnRemoval.ts';
import { Kind } from '../../model/kinds.ts';
import {
  type FieldPath,
  type ManifestObject,
  type ManifestValue,
  textAt,
  valueAt,
} from '../../model/manifest.ts';
import type { DeclaredEdits, NamedPath } from '../../model/operatorRecord.ts';
import { filesNamed, placeNamed, recordOf, specWithout, valueSteps } from '../operator.ts';
import { RESOURCES_FINALIZER, setAsMaker } from './applicationSet/setAsMaker.ts';
import type { DeclaredSource } from './declaredSources.ts';
import { ignoredDifferences } from './ignoredDifferences.ts';
import { generatePaths, readBeside } from './readBeside.ts';

/** Make Argo CD delete what an Application applied when the Application goes. https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/ */
const FINALIZERS = ['', '/background', '/foreground'].map((policy) => `${RESOURCES_FINALIZER}${policy}`);

/** What following an Application's sources has found. */
interface FollowedSources {
  readonly sources: readonly DeclaredSource[];
  /** Those of them whose files the commit decides. */
  readonly read: readonly DeclaredSource[];
  /** The target's folder. */
  readonly path: string;
  readonly layers: readonly (FieldOrigin | null)[];
}

/** Fields that say when, and with what care, the Application is synced. */
const APPLYING = ['ignoreDifferences', 'info', 'project', 'revisionHistoryLimit', 'syncPolicy'];

/** https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/ */
const KEPT_DEFINITIONS = {
  which: 'allWithTheObject',
  reason: 'Argo CD deletes no CustomResourceDefinition with an Application',
} as const;

/** What an Application says of the target that it declares. */
export function applicationRecord(
  application: FoundObject,
  { sources, read, path, layers }: FollowedSources,
): ReturnType<typeof recordOf> {
  const { manifest } = application.resource;
  const fieldPath = Kind.Application('spec', 'destination', 'namespace');
  const namespace = filledText(manifest, fieldPath) ?? null;
  const isChart = filledText(manifest, Kind.Application('spec', 'source', 'chart')) !== undefined;
  return recordOf(application, {
    prunes: flagAt(manifest, Kind.Application('spec', 'syncPolicy', 'automated', 'prune')),
    unpruned: 'has no automated.prune',
    uncascaded: `it has no finalizer ${RESOURCES_FINALIZER}`,
    keepers: [...ARGO_KEEPS, ...HELM_KEEPS],
    heeds: ['Argo CD', 'Helm'],
    keptDefinitions: KEPT_DEFINITIONS,
    decides: specWithout(manifest, APPLYING),
    merges: textsAt(manifest, Kind.Application('spec', 'syncPolicy', 'syncOptions')).includes(
      'ServerSideApply=true',
    ),
    cascades: textsAt(manifest, ['metadata', 'finalizers']).some((text) => FINALIZERS.includes(text)),
    maker: application.place.in === 'object' ? setAsMaker(application.place.object) : null,
    places: placesOf(manifest, read),
    namespace: namespace === null ? null : { value: namespace, fieldPath },
    confinedTo: isChart ? namespace : null,
    ignores: ignoredDifferences(manifest),
    edits: sources.flatMap(editsOf),
    layers,
    paths: read.flatMap((source) => pathsOf(source, { folder: path, read })),
    valueField: (value) =>
      sources.map((source) => valueField(source, value)).find((at) => at !== null) ?? null,
    addresses: sources.flatMap(({ source }) => {
      const url = textAt(source, Kind.ApplicationSource('repoURL'));
      return url === undefined || textAt(source, Kind.ApplicationSource('chart')) !== undefined ? [] : [url];
    }),
  });
}

/** Where its sources are, what they may read besides, and what it says itself. */
function placesOf(manifest: ManifestObject, read: readonly DeclaredSource[]): string[] {
  const folders = read.flatMap(({ source }) => placeNamed(textAt(source, Kind.ApplicationSource('path'))));
  return [
    ...folders,
    ...read.flatMap(({ source }) => readBeside(source)),
    ...generatePaths(manifest, folders),
  ];
}

function editsOf({ source, fieldPath }: DeclaredSource): DeclaredEdits[] {
  const fields = objectAt(source, Kind.ApplicationSource('kustomize'));
  if (fields === undefined) return [];
  return [{ fields: withImages(fields), fieldPath: [...fieldPath, 'kustomize'] }];
}

/** Argo CD's images are texts: `name=newName:tag`, `name@digest`. */
function withImages(fields: ManifestObject): ManifestObject {
  if (fields['images'] === undefined) return fields;
  const images = listAt(fields, Kind.ApplicationKustomize('images')).map((image): ManifestValue => {
    const text = typeof image === 'string' ? image : '';
    const renamed = text.slice(text.indexOf('=') + 1);
    const [newName = ''] = renamed.split(/@|:(?=[^/]*$)/);
    return { name: newName };
  });
  return { ...fields, images };
}

function pathsOf(
  { source, fieldPath }: DeclaredSource,
  { folder, read }: { readonly folder: string; readonly read: readonly DeclaredSource[] },
): NamedPath[] {
  const texts = (list: FieldPath, below: FieldPath = []) =>
    listAt(source, list).map((item, index) => ({
      text: textAt(item, below) ?? '',
      fieldPath: [...fieldPath, ...list, index, ...below],
    }));
  return [
    ...texts(Kind.ApplicationSource('helm', 'valueFiles')),
    ...texts(Kind.ApplicationSource('helm', 'fileParameters'), Kind.HelmFileParameter('path')),
    ...texts(Kind.ApplicationSource('kustomize', 'components')),
  ].map(({ text, ...named }) => ({
    ...named,
    files: [...filesNamed(text, folder), ...referred(text, read)],
  }));
}

/** `$name/...` is a file of the source of that `ref`. */
function referred(text: string, read: readonly DeclaredSource[]): string[] {
  const [, ref, file] = /^\$([^/]*)\/(.*)$/s.exec(text) ?? [];
  const isRead = read.some(({ source }) => textAt(source, Kind.ApplicationSource('ref')) === ref);
  return file !== undefined && isRead ? [file] : [];
}

function valueField({ source, fieldPath }: DeclaredSource, value: string): FieldPath | null {
  const parameters = Kind.ApplicationSource('helm', 'parameters');
  const last = entriesAt(source, parameters).findLast(
    ({ item }) => textAt(item, Kind.HelmParameter('name')) === value,
  );
  if (last !== undefined) return [...fieldPath, ...parameters, last.index];
  const given = [...Kind.ApplicationSource('helm', 'valuesObject'), ...valueSteps(value)];
  return valueAt(source, given) === undefined ? null : [...fieldPath, ...given];
}
