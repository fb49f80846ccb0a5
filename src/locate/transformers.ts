import {
  entries,
  field,
  items,
  linesOf,
  type SourceDocument,
  type SourceFile,
  textField,
  textOf,
} from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { textAt } from '../model/manifest.ts';
import { configures, placeInOwnFile } from './ownFile.ts';
import { placeInPatches } from './patches.ts';
import { placeInReplacements } from './replacements.ts';
import type { Wanted } from './wanted.ts';

/**
 * The place in a kustomization, in the transformer's own file, or in a patch that one of them
 * names, that sets the field by this transformer; null where it does not.
 */
export async function placeInTransformer(
  file: SourceFile,
  transformer: string,
  wanted: Wanted,
): Promise<Location | null> {
  for (const document of file.documents.filter((one) => configures(one, transformer))) {
    const own = { file, document };
    const place = transformer.startsWith('Patch')
      ? await placeInPatches(own, transformer, wanted)
      : placeInOwnFile(own, transformer, wanted);
    if (place !== null) return place;
  }
  const [document] = file.documents;
  if (document === undefined) return null;
  const kustomization = { file, document };
  if (transformer.startsWith('Patch')) return placeInPatches(kustomization, transformer, wanted);
  if (transformer === 'ReplacementTransformer') return placeInReplacements(kustomization, wanted);
  const { fieldPath } = wanted;
  switch (transformer) {
    case 'ImageTagTransformer':
      return fieldPath.at(-1) === 'image' ? imageEntry(kustomization, wanted) : null;
    case 'ReplicaCountTransformer':
      return fieldPath.join('.') === 'spec.replicas' ? replicasEntry(kustomization, wanted) : null;
    case 'NamespaceTransformer':
      return fieldPath.at(-1) === 'namespace' ? entryOf(kustomization, 'namespace') : null;
    case 'PrefixTransformer':
      return affix(kustomization, 'namePrefix', wanted);
    case 'SuffixTransformer':
      return affix(kustomization, 'nameSuffix', wanted);
    case 'LabelTransformer':
      return pairOf(kustomization, 'commonLabels', wanted);
    case 'AnnotationsTransformer':
      return pairOf(kustomization, 'commonAnnotations', wanted);
    default:
      return null;
  }
}

function imageEntry({ file, document }: SourceDocument, { resource, fieldPath }: Wanted): Location | null {
  const image = textAt(resource.manifest, fieldPath);
  if (image === undefined) return null;
  const found = items(field(document.contents, 'images')).find((entry) => {
    const name = textField(entry, 'newName') ?? textField(entry, 'name') ?? '';
    return image === name || image.startsWith(`${name}:`) || image.startsWith(`${name}@`);
  });
  if (found === undefined) return null;
  const tag = ['digest', 'newTag', 'newName', 'name']
    .map((name) => field(found, name))
    .find((node) => node !== undefined);
  return linesOf(file, tag ?? found);
}

function replicasEntry({ file, document }: SourceDocument, { names }: Wanted): Location | null {
  const found = items(field(document.contents, 'replicas')).find((entry) =>
    names.includes(textField(entry, 'name') ?? ''),
  );
  return found === undefined ? null : linesOf(file, field(found, 'count') ?? found);
}

/** A name is what its declaration says, unless what is put around it can stand in no name. */
function affix(
  kustomization: SourceDocument,
  name: 'namePrefix' | 'nameSuffix',
  { fieldPath }: Wanted,
): Location | null {
  const { document } = kustomization;
  const own = textField(document.contents, name) ?? '';
  return fieldPath.join('.') === 'metadata.name' && /[^a-z0-9.-]/.test(own)
    ? entryOf(kustomization, name)
    : null;
}

function entryOf({ file, document }: SourceDocument, name: string): Location | null {
  const found = entries(document.contents).find(({ key }) => key === name);
  return found === undefined ? null : linesOf(file, found.at, found.value);
}

/** A common label or annotation: the last step of the path is its key. */
function pairOf(
  { file, document }: SourceDocument,
  name: 'commonLabels' | 'commonAnnotations',
  { resource, fieldPath }: Wanted,
): Location | null {
  const key = fieldPath.at(-1);
  const maps = [
    field(document.contents, name),
    ...items(field(document.contents, 'labels')).map((entry) => field(entry, 'pairs')),
  ];
  const found = maps.flatMap((map) => entries(map)).find((entry) => entry.key === key);
  if (found === undefined || textOf(found.value) !== textAt(resource.manifest, fieldPath)) return null;
  return linesOf(file, found.at, found.value);
}
