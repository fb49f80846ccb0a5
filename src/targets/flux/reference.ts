import type { FoundObject } from '../../model/foundObject.ts';
import { type FieldPath, textAt } from '../../model/manifest.ts';
import { filledText } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { BOOTSTRAP, GROUPS, namespaceOf } from './knownObjects.ts';

/** A field that names another object. */
export interface Reference {
  /** The object that has the field. */
  readonly from: FoundObject;
  /** Path of the mapping with kind, name and namespace. */
  readonly path: FieldPath;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Reads a mapping with kind, name and namespace; the namespace is the object's own by default. */
export function readReference(from: FoundObject, path: FieldPath): Reference {
  const { manifest } = from.resource;
  return {
    from,
    path,
    kind: textAt(manifest, [...path, 'kind']) ?? '',
    namespace: filledText(manifest, [...path, 'namespace']) ?? namespaceOf(from.resource),
    name: textAt(manifest, [...path, 'name']) ?? '',
  };
}

/** The source that is referred to; a reference to nothing is a finding, and undefined. */
export function findSource(context: FluxContext, reference: Reference): FoundObject | undefined {
  const { from, path } = reference;
  const found = context.known.find(from, { group: GROUPS.source, ...reference });
  // `flux bootstrap` makes its own source; with Flux Operator it may be of any kind.
  if (found === undefined && !isBootstrap(reference)) {
    context.notes.error(
      'flux/reference',
      from,
      [...path, 'name'],
      `${title(reference)} does not exist in the repository, so ${from.resource.kind} ${from.resource.name} never gets its source`,
    );
  }
  return found;
}

/** `flux bootstrap` makes a source and a Kustomization of this name for the repository that it commits to. */
export function isBootstrap({ namespace, name }: Pick<Reference, 'namespace' | 'name'>): boolean {
  return namespace === BOOTSTRAP && name === BOOTSTRAP;
}

export function title({ kind, namespace, name }: Pick<Reference, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}
