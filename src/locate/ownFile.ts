import type { Document, Node } from 'yaml';
import {
  entries,
  field,
  items,
  linesOf,
  type SourceDocument,
  textField,
  textOf,
} from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { textAt } from '../model/manifest.ts';
import type { Wanted } from './wanted.ts';

/** True for a document that configures a transformer itself, as `transformers` of a kustomization name it. */
export function configures(document: Document, transformer: string): boolean {
  return textField(document.contents, 'kind') === transformer;
}

/**
 * The place in a transformer's own document that sets the field; null where it does not.
 * https://kubectl.docs.kubernetes.io/references/kustomize/builtins/
 */
export function placeInOwnFile(
  { file, document }: SourceDocument,
  transformer: string,
  wanted: Wanted,
): Location | null {
  const { fieldPath, resource, names } = wanted;
  const { contents } = document;
  const value = textAt(resource.manifest, fieldPath);
  const lines = (node: Node | undefined) => (node === undefined ? null : linesOf(file, node));
  switch (transformer) {
    case 'ImageTagTransformer': {
      const image = field(contents, 'imageTag');
      return fieldPath.at(-1) === 'image' && isImage(image, value) ? lines(tagOf(image)) : null;
    }
    case 'ReplicaCountTransformer': {
      const replica = field(contents, 'replica');
      const isOf = names.includes(textField(replica, 'name') ?? '');
      return isOf && fieldPath.join('.') === 'spec.replicas' ? lines(field(replica, 'count')) : null;
    }
    case 'NamespaceTransformer': {
      const namespace = field(field(contents, 'metadata'), 'namespace');
      return fieldPath.at(-1) === 'namespace' && textOf(namespace) === value ? lines(namespace) : null;
    }
    case 'LabelTransformer':
    case 'AnnotationsTransformer': {
      const pairs = field(contents, transformer === 'LabelTransformer' ? 'labels' : 'annotations');
      const pair = entries(pairs).find(({ key }) => key === fieldPath.at(-1));
      const isSame = pair !== undefined && textOf(pair.value) === value;
      return isSame ? linesOf(file, pair.at, pair.value) : null;
    }
    default:
      return null;
  }
}

/** The patches of a transformer's own document: itself, or the files that it lists. */
export function ownPatches(document: Document): Node[] {
  const { contents } = document;
  const paths = items(field(contents, 'paths'));
  return paths.length > 0 || contents === null ? paths : [contents];
}

function isImage(image: Node | undefined, value: string | undefined): boolean {
  const name = textField(image, 'newName') ?? textField(image, 'name');
  if (name === undefined || value === undefined) return false;
  return value === name || value.startsWith(`${name}:`) || value.startsWith(`${name}@`);
}

function tagOf(image: Node | undefined): Node | undefined {
  return ['digest', 'newTag', 'newName', 'name']
    .map((name) => field(image, name))
    .find((node) => node !== undefined);
}
