import type { Document } from 'yaml';
import {
  entries,
  field,
  items,
  linesOf,
  type SourceFile,
  textField,
  textOf,
} from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { type FieldPath, textAt } from '../model/manifest.ts';
import { placeInPatches } from './patches.ts';
import { placeInReplacements } from './replacements.ts';
import type { Wanted } from './wanted.ts';

/**
 * The place in a kustomization, or in a patch that it names, that sets the field by this
 * transformer; null where it does not.
 */
export async function placeInTransformer(
  file: SourceFile,
  transformer: string,
  wanted: Wanted,
): Promise<Location | null> {
  const [document] = file.documents;
  if (document === undefined) return null;
  if (transformer.startsWith('Patch')) return placeInPatches(file, document, { transformer, wanted });
  if (transformer === 'ReplacementTransformer') return placeInReplacements(file, document, wanted);
  const { fieldPath } = wanted;
  switch (transformer) {
    case 'ImageTagTransformer':
      return fieldPath.at(-1) === 'image' ? imageEntry(file, document, wanted) : null;
    case 'ReplicaCountTransformer':
      return fieldPath.join('.') === 'spec.replicas' ? named(file, document, 'replicas', wanted.names) : null;
    case 'NamespaceTransformer':
      return fieldPath.at(-1) === 'namespace' ? entryOf(file, document, 'namespace') : null;
    case 'PrefixTransformer':
      return affix(file, document, 'namePrefix', fieldPath);
    case 'SuffixTransformer':
      return affix(file, document, 'nameSuffix', fieldPath);
    case 'LabelTransformer':
      return keyed(file, document, ['commonLabels'], wanted);
    case 'AnnotationsTransformer':
      return keyed(file, document, ['commonAnnotations'], wanted);
    default:
      return null;
  }
}

function imageEntry(file: SourceFile, document: Document, { resource, fieldPath }: Wanted): Location | null {
  const image = textAt(resource.manifest, fieldPath);
  if (image === undefined) return null;
  const found = items(document, field(document, document.contents, 'images')).find((entry) => {
    const name = textField(document, entry, 'newName') ?? textField(document, entry, 'name') ?? '';
    return image === name || image.startsWith(`${name}:`) || image.startsWith(`${name}@`);
  });
  if (found === undefined) return null;
  const tag = ['digest', 'newTag', 'newName', 'name']
    .map((name) => field(document, found, name))
    .find((node) => node !== undefined);
  return linesOf(file, tag ?? found);
}

function named(
  file: SourceFile,
  document: Document,
  list: string,
  names: readonly string[],
): Location | null {
  const found = items(document, field(document, document.contents, list)).find((entry) =>
    names.includes(textField(document, entry, 'name') ?? ''),
  );
  return found === undefined ? null : linesOf(file, field(document, found, 'count') ?? found);
}

/** A name is what its declaration says, unless what is put around it can stand in no name. */
function affix(file: SourceFile, document: Document, field: string, fieldPath: FieldPath): Location | null {
  const own = textField(document, document.contents, field) ?? '';
  return fieldPath.join('.') === 'metadata.name' && /[^a-z0-9.-]/.test(own)
    ? entryOf(file, document, field)
    : null;
}

function entryOf(file: SourceFile, document: Document, name: string): Location | null {
  const found = entries(document, document.contents).find(({ key }) => key === name);
  return found === undefined ? null : linesOf(file, found.at, found.value);
}

/** A common label or annotation: the last step of the path is its key. */
function keyed(
  file: SourceFile,
  document: Document,
  fields: readonly string[],
  { resource, fieldPath }: Wanted,
): Location | null {
  const key = fieldPath.at(-1);
  const maps = [
    ...fields.map((name) => field(document, document.contents, name)),
    ...items(document, field(document, document.contents, 'labels')).map((entry) =>
      field(document, entry, 'pairs'),
    ),
  ];
  const found = maps.flatMap((map) => entries(document, map)).find((entry) => entry.key === key);
  if (found === undefined || textOf(document, found.value) !== textAt(resource.manifest, fieldPath))
    return null;
  return linesOf(file, found.at, found.value);
}
