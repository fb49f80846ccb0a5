import { nearest } from '../../dialects/nearest.ts';
import { apiVersionOf, type ResourceId } from '../../model/resource.ts';

/**
 * What may have been meant by a kind that has no schema: the versions in which it is
 * served, or the kind of the same apiVersion whose name is near. Undefined where nothing is near.
 * @param kinds names such as `apps/v1 Deployment`.
 * @param minor the Kubernetes version that the kinds are of.
 */
export function servedVersions(
  id: Pick<ResourceId, 'group' | 'version' | 'kind'>,
  kinds: readonly string[],
  minor: string,
): string | undefined {
  const known = kinds.map(parts).filter(({ kind }) => kind === id.kind);
  const sameGroup = known.filter(({ apiVersion }) => groupOf(apiVersion) === id.group);
  // Groups without a dot are Kubernetes' own: a kind of theirs may have moved to another group.
  const candidates = sameGroup.length > 0 || id.group.includes('.') ? sameGroup : known;
  if (candidates.length > 0) {
    const versions = candidates.map(({ apiVersion }) => apiVersion).join(' and ');
    return `Kubernetes ${minor} serves ${id.kind} as ${versions}`;
  }
  const siblings = kinds.map(parts).filter(({ apiVersion }) => apiVersion === apiVersionOf(id));
  const near = nearest(
    id.kind,
    siblings.map(({ kind }) => kind),
  );
  return near === undefined ? undefined : `did you mean ${near}?`;
}

function parts(name: string): { apiVersion: string; kind: string } {
  const [apiVersion = '', kind = ''] = name.split(' ');
  return { apiVersion, kind };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}
