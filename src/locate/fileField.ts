import { field, linesOf, textOf } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { sourceFile } from './kustomizationFiles.ts';

/** The text of a field at the top of a YAML file, and its line; null where there is none. */
export async function fileField(
  snapshot: Snapshot,
  path: string,
  name: string,
): Promise<{ readonly text: string; readonly location: Location } | null> {
  const file = await sourceFile(snapshot, path);
  const [document] = file?.documents ?? [];
  if (file === null || document === undefined) return null;
  const node = field(document.contents, name);
  const text = textOf(node);
  return node === undefined || text === undefined ? null : { text, location: linesOf(file, node) };
}
