import { isObject, type ManifestObject } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';
import { POD_PATHS, relevantPartOf } from './relevantPart.ts';

/**
 * The part of a resource that any rule looks at when it judges another target: of a workload what
 * tells who it is and what policies look at nearby, of all else the whole, because operators, admission
 * policies and hosts may.
 */
export function keptPart(resource: Resource): Resource {
  if (!isCut(resource)) return resource;
  const part = relevantPartOf(resource);
  const { metadata = {} } = resource.manifest;
  const manifest: ManifestObject = isObject(part) ? { ...part, metadata } : { metadata };
  return { ...resource, manifest };
}

/** Whether only a part is kept of such a resource. */
export function isCut({ group, kind }: Resource): boolean {
  return POD_PATHS[`${group}/${kind}`] !== undefined;
}
