import path from 'node:path';
import type { Location } from '../model/finding.ts';
import type { FieldPath } from '../model/manifest.ts';
import type { Origin } from '../model/rendering.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { placeInDeclaration } from './declaration.ts';
import { declaredName } from './declaredName.ts';
import { placeInGenerator } from './generator.ts';
import { kustomizationOf, sourceFile } from './sources.ts';
import { placeInTransformer } from './transformers.ts';
import type { Wanted } from './wanted.ts';

/**
 * The lines of the commit that cause a field of a rendered resource: the last transformer
 * that set it, else the file that declares the resource (the field, or the nearest that
 * exists there), else the generator's entry. Null where none is found: a line is true, or
 * it is not given.
 */
export async function locate(finding: {
  readonly snapshot: Snapshot;
  readonly target: Target;
  readonly resource: Resource;
  readonly origin: Origin;
  /** Null for the resource as a whole. */
  readonly fieldPath: FieldPath | null;
}): Promise<Location | null> {
  const { snapshot, resource, origin, fieldPath } = finding;
  const source = origin.path ?? origin.configuredIn;
  const file = source === null ? null : await sourceFile(snapshot, source);
  if (file === null) return null;
  const name = declaredName(file, origin.path === null ? null : resource.kind, resource.name);
  if (name === null) return null;
  const declared = { kind: resource.kind, name };
  const set =
    fieldPath === null ? null : await lastSetter(origin, { snapshot, resource, declared, fieldPath });
  if (set !== null) return set;
  return origin.path === null
    ? placeInGenerator(file, name, fieldPath)
    : placeInDeclaration(file, declared, { resource, fieldPath });
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
