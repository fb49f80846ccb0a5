import path from 'node:path';
import type { Node } from 'yaml';
import { field, items, linesOf, type SourceFile, textOf } from '../dialects/sourceFile.ts';
import { append } from '../model/append.ts';
import type { Location } from '../model/finding.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { objectsIn } from './declaration.ts';
import type { Failed } from './failed.ts';
import { kustomizationOf, sourceFile } from './kustomizationFiles.ts';
import { type ResourceName, readResourceName } from './resourceName.ts';

/**
 * Where a resource is added for the second time: its second declaration, or where one
 * declaration comes in by two ways, the target's entry that leads to it again.
 */
export async function placeOfDuplicate(failed: Failed): Promise<Location | null> {
  const { snapshot, target, problem } = failed;
  const name = readResourceName(problem.subject ?? '');
  if (name === null) return null;
  const found: { place: Location; entry: Location }[] = [];
  for await (const { file, entry } of loaded(snapshot, target.path)) {
    append(
      found,
      declarationsOf(file, name).map((place) => ({ place, entry })),
    );
    if (found.length > 1) break;
  }
  const [first] = found;
  const second = found[1];
  if (first === undefined || second === undefined) return null;
  return isSame(first.place, second.place) ? second.entry : second.place;
}

function declarationsOf(file: SourceFile, name: ResourceName): Location[] {
  return objectsIn(file)
    .filter((object) => {
      const given = object.namespace === null || name.namespace === null;
      return (
        object.kind === name.kind &&
        object.name === name.name &&
        (given || object.namespace === name.namespace)
      );
    })
    .map(({ node }) => linesOf(file, field(node, 'kind') ?? node));
}

/** How a folder's kustomization is reached from the target's. */
interface Way {
  /** The target's entry that leads there; null at the target itself. */
  readonly entry: Location | null;
  readonly folders: readonly string[];
}

/** The files of resources in the order in which they are added, with the target's entry for each. */
async function* loaded(
  snapshot: Snapshot,
  folder: string,
  way: Way = { entry: null, folders: [] },
): AsyncGenerator<{ file: SourceFile; entry: Location }> {
  const kustomization = await kustomizationOf(snapshot, folder);
  if (kustomization === null || way.folders.includes(folder)) return;
  for (const { node, text } of resourcesOf(kustomization)) {
    const at = path.posix.join(folder, text);
    const entry = way.entry ?? linesOf(kustomization, node);
    const file = await sourceFile(snapshot, at);
    const next = { entry, folders: [...way.folders, folder] };
    if (file === null) yield* loaded(snapshot, at.replace(/\/$/, ''), next);
    else yield { file, entry };
  }
}

function resourcesOf({ documents: [document] }: SourceFile): { node: Node; text: string }[] {
  if (document === undefined) return [];
  return ['resources', 'components']
    .flatMap((name) => items(field(document.contents, name)))
    .flatMap((node) => {
      const text = textOf(node);
      return text === undefined ? [] : [{ node, text }];
    });
}

function isSame(one: Location, other: Location): boolean {
  return one.path === other.path && one.startLine === other.startLine;
}
