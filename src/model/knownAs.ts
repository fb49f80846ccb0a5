import type { FoundObject } from './foundObject.ts';
import { identityOf } from './resource.ts';

/**
 * What tells objects of a commit apart. Where the cluster is not known, the same name in two
 * files may well be of two clusters.
 */
export function knownAs({ resource, cluster, environment, place }: FoundObject): string {
  const where = cluster ?? environment ?? (place.in === 'file' ? place.path : '');
  return `${where}\n${identityOf(resource)}`;
}
