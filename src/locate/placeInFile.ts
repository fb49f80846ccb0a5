import type { Location } from '../model/finding.ts';
import type { FieldPath } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { placeInDeclaration } from './declaration.ts';
import { sourceFile } from './kustomizationFiles.ts';

/** The lines of a plain file's document that hold a field of an object, or the nearest that exist. */
export async function placeInFile(
  snapshot: Snapshot,
  { path, document }: { readonly path: string; readonly document: number },
  { resource, fieldPath }: { readonly resource: Resource; readonly fieldPath: FieldPath | null },
): Promise<Location | null> {
  const file = await sourceFile(snapshot, path);
  const own = file?.documents[document];
  if (file === null || own === undefined) return null;
  const declared = { kind: resource.kind, name: resource.name };
  return placeInDeclaration({ ...file, documents: [own] }, declared, { resource, fieldPath });
}
