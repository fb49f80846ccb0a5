import { filledText } from '../../model/fields.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import { type FieldPath, textAt } from '../../model/manifest.ts';
import { told } from '../../model/told.ts';
import { mistake } from '../refusal.ts';
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

/** The source that is referred to; undefined where the repository has none of that name. */
export function findSource({ known }: FluxContext, reference: Reference): FoundObject | undefined {
  return known.find(reference.from, { group: GROUPS.source, ...reference });
}

/** What is wrong with a reference to a source that is not there. */
export function missingSource(reference: Reference): ObjectViolation | undefined {
  // `flux bootstrap` makes its own source; with Flux Operator it may be of any kind.
  if (isBootstrap(reference)) return undefined;
  const { from: object, path, namespace } = reference;
  const { kind, name } = object.resource;
  const missing = told('no-source', {
    source: title(reference),
    user: `${kind} ${name}`,
  })`${'source'} does not exist in the repository, so ${'user'} never gets its source`;
  const place = { rule: 'flux/reference', object, fieldPath: [...path, 'name'] };
  return { ...mistake(place, missing), absent: { namespace } };
}

/** `flux bootstrap` makes a source and a Kustomization of this name for the repository that it commits to. */
export function isBootstrap({ namespace, name }: Pick<Reference, 'namespace' | 'name'>): boolean {
  return namespace === BOOTSTRAP && name === BOOTSTRAP;
}

export function title({ kind, namespace, name }: Pick<Reference, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}
