import { isObject, type ManifestObject } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';
import { POD_PATHS, relevantPartOf } from './relevantPart.ts';

/**
 * The part of a resource that any rule looks at when it judges another target: of a workload what
 * tells who it is and what policies look at nearby, of all else the whole, because operators, admission
 * policies and hosts may.
 */
export function keptPart(resource: Resource): Resource {
  if (POD_PATHS[`${resource.group}/${resource.kind}`] === undefined) return resource;
  const part = relevantPartOf(resource);
  const { metadata = {} } = resource.manifest;
  const manifest: ManifestObject = isObject(part) ? { ...part, metadata } : { metadata };
  return { ...resource, manifest };
}
