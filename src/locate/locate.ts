import path from 'node:path';
import type { Location } from '../model/finding.ts';
import { type FieldPath, isObject, type ManifestObject, valueAt } from '../model/manifest.ts';
import type { Origin } from '../model/rendering.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { declaredField, placeInDeclaration } from './declaration.ts';
import { declaredName, generatorName } from './declaredName.ts';
import { generatesNamespace, placeInGenerator } from './generator.ts';
import { kustomizationOf, sourceFile } from './kustomizationFiles.ts';
import { namesOf } from './names.ts';
import { placeOfEntry } from './remoteEntry.ts';
import { isLineKnown, isTemplate, lineInTemplates, placeInTemplate } from './template.ts';
import { placeInTransformer } from './transformers.ts';
import type { Wanted } from './wanted.ts';

/**
 * The lines of the commit that cause a field of a rendered resource: the last transformer
 * that set it, else the file that declares the resource (the field, or the nearest that
 * exists there), else the generator's entry; of a chart the template's line, or the one where
 * the template begins the resource; of what another place declares the entry that leads there.
 * Null where none is found: a line is true, or
 * it is not given.
 */
export async function locate(finding: ToLocate): Promise<Location | null> {
  const { snapshot, resource, origin } = finding;
  const names = await namesOf(snapshot, resource, origin);
  const declaration = await declarationOf(finding, names);
  if (declaration === null) return null;
  return (await lastSetter(origin, wantedOf(finding, names, declaration.isDeclared))) ?? declaration.place;
}

/**
 * Whether the commit's files give a resource its namespace: the one that declares it, or a
 * transformer. True as well where nobody can tell.
 */
export async function isNamespaceGiven(finding: Omit<ToLocate, 'fieldPath'>): Promise<boolean> {
  const { snapshot, resource, origin } = finding;
  const toLocate = { ...finding, fieldPath: ['metadata', 'namespace'] };
  const names = await namesOf(snapshot, resource, origin);
  const declaration = await declarationOf(toLocate, names);
  if (declaration === null || declaration.isWritten) return true;
  return (await lastSetter(origin, wantedOf(toLocate, names, declaration.isDeclared))) !== null;
}

/** What {@link locate} is asked for. */
export interface ToLocate {
  readonly snapshot: Snapshot;
  readonly resource: Resource;
  readonly origin: Origin;
  /** Null for the resource as a whole. */
  readonly fieldPath: FieldPath | null;
  /** What the finding says: it may name fields that are missing. */
  readonly message?: string;
}

/** A field as those that look for its setter want it. */
export async function wantedFor(finding: ToLocate): Promise<Wanted> {
  const names = await namesOf(finding.snapshot, finding.resource, finding.origin);
  const declaration = await declarationOf(finding, names);
  return wantedOf(finding, names, declaration?.isDeclared ?? false);
}

function wantedOf(
  { snapshot, resource, origin, fieldPath, message = '' }: ToLocate,
  names: readonly string[],
  isDeclared: boolean,
): Wanted {
  return {
    snapshot,
    resource,
    names,
    namespaceWasSet: origin.transformations.some(({ transformer }) => transformer === 'NamespaceTransformer'),
    fieldPath: fieldPath ?? [],
    isDeclared,
    missing: missingBelow(resource.manifest, fieldPath ?? [], message),
  };
}

interface Declaration {
  readonly place: Location;
  /** Whether a mapping that is wanted stands there. */
  readonly isDeclared: boolean;
  /** Whether the field that is wanted stands there, or nobody can tell; of generators, whether a namespace does. */
  readonly isWritten: boolean;
}

/** Where a resource is declared. */
async function declarationOf(
  { snapshot, resource, origin, fieldPath }: ToLocate,
  names: readonly string[],
): Promise<Declaration | null> {
  if (origin.path !== null && isTemplate(origin.path)) {
    const line = lineInTemplates(origin, fieldPath ?? ['kind']);
    const place = line ?? (await placeInTemplate(snapshot, origin.path, resource));
    return place && { place, isDeclared: line !== null, isWritten: isLineKnown(origin, fieldPath ?? []) };
  }
  const source = origin.path ?? origin.configuredIn;
  const file = source === null ? null : await sourceFile(snapshot, source);
  if (file === null) return null;
  if (origin.remote !== undefined) {
    const place = placeOfEntry(file, origin.remote.entry);
    return place && { place, isDeclared: false, isWritten: true };
  }
  const generated = origin.path === null;
  const name = (generated ? generatorName : declaredName)(file, resource.kind, names);
  if (name === null) return null;
  const declared = { kind: resource.kind, name };
  if (generated) {
    const place = placeInGenerator(file, declared, fieldPath);
    return place && { place, isDeclared: false, isWritten: generatesNamespace(file, declared) };
  }
  const place = placeInDeclaration(file, declared, { resource, fieldPath });
  const { isMapping, isWritten } = declaredField(file, declared, { resource, fieldPath: fieldPath ?? [] });
  return place && { place, isDeclared: isMapping, isWritten };
}

/** The fields below one that a sentence names and that do not exist. */
function missingBelow(manifest: ManifestObject, fieldPath: FieldPath, message: string): FieldPath[] {
  if (!isObject(valueAt(manifest, fieldPath))) return [];
  const words = message.match(/[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*/g) ?? [];
  return [...new Set(words)]
    .map((word) => [...fieldPath, ...word.split('.')])
    .filter((path) => valueAt(manifest, path) === undefined);
}

async function lastSetter(origin: Origin, wanted: Wanted): Promise<Location | null> {
  for (const { configuredIn, transformer } of origin.transformations.toReversed()) {
    const file =
      (await sourceFile(wanted.snapshot, configuredIn)) ??
      (await kustomizationOf(wanted.snapshot, path.posix.dirname(configuredIn)));
    const place = file === null ? null : await placeInTransformer(file, transformer, wanted);
    if (place !== null) return place;
  }
  return null;
}
