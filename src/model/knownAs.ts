import type { FoundObject } from './foundObject.ts';
import { identityOf, type ResourceId } from './resource.ts';

/**
 * What tells objects of a commit apart. Where the cluster is not known, the same name in two
 * files may well be of two clusters.
 */
export function knownAs(object: FoundObject): string {
  return knownAsIn(object.place.in === 'file' ? object.place.path : '', object);
}

/** @param where stands for the cluster where that is unknown, such as the object's file. */
export function knownAsIn(
  where: string,
  {
    resource,
    cluster,
    environment,
  }: Pick<FoundObject, 'cluster' | 'environment'> & { readonly resource: ResourceId },
): string {
  return `${cluster ?? environment ?? where}\n${identityOf(resource)}`;
}
