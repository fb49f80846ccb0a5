import { decodeText } from '../dialects/decodeText.ts';
import { readDocuments, type SourceFile } from '../dialects/sourceFile.ts';
import { KUSTOMIZATION_FILES } from '../model/entryFiles.ts';
import { followLinks } from '../model/followLinks.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Files that were read for one snapshot: many findings ask for the same ones. */
const read = new WeakMap<Snapshot, Map<string, Promise<SourceFile | null>>>();

/** A file's documents, through symlinks; null where the commit has no such file. */
export function sourceFile(snapshot: Snapshot, path: string): Promise<SourceFile | null> {
  const files = read.get(snapshot) ?? new Map<string, Promise<SourceFile | null>>();
  read.set(snapshot, files);
  const file = files.get(path) ?? open(snapshot, path);
  files.set(path, file);
  return file;
}

/** True for the name of a kustomization file. */
export function isKustomization(path: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path);
}

/** The kustomization file of a folder; null where it has none. */
export async function kustomizationOf(snapshot: Snapshot, folder: string): Promise<SourceFile | null> {
  for (const name of KUSTOMIZATION_FILES) {
    const file = await sourceFile(snapshot, folder === '.' || folder === '' ? name : `${folder}/${name}`);
    if (file !== null) return file;
  }
  return null;
}

async function open(snapshot: Snapshot, path: string): Promise<SourceFile | null> {
  const file = await followLinks(snapshot, path);
  return file === null ? null : readDocuments(file, decodeText(await snapshot.read(file)));
}
