import type { Violation } from '../../model/finding.ts';
import { apiVersionOf, type Resource } from '../../model/resource.ts';
import { servedVersions } from './servedVersions.ts';

/** What Kubernetes has or had, as names such as `apps/v1 Deployment`. */
export interface KnownKinds {
  /** In any version that is known. */
  readonly ever: readonly string[];
  /** In the cluster's version, which is `minor`. */
  readonly names: readonly string[];
  readonly minor: string;
}

/**
 * A kind, or a version of one, that a group of Kubernetes' own has never had: the API server knows
 * no such resource. Names of kinds are case-sensitive, and groups have no capitals. Nothing is said
 * of groups that are not Kubernetes' own, and of the lists that `kubectl get` writes.
 */
export function unservedKind(resource: Resource, known: KnownKinds): Violation[] {
  const apiVersion = apiVersionOf(resource);
  const group = resource.group.toLowerCase();
  const { kind } = resource;
  const isOwn = known.ever.some((name) => groupOf(name) === group);
  if (!isOwn || kind.endsWith('List') || known.ever.includes(`${apiVersion} ${kind}`)) return [];
  const advice = servedVersions({ ...resource, group }, known.names, known.minor) ?? null;
  const about = { apiVersion, kind, advice };
  const isVersionKnown = known.ever.some((name) => name.startsWith(`${apiVersion} `));
  const isOtherVersion = advice !== null && !advice.startsWith('did you mean');
  return [
    {
      rule: 'schema/unknown-kind',
      severity: 'error',
      message: unservedText(about),
      about,
      fieldPath: [isVersionKnown && !isOtherVersion ? 'kind' : 'apiVersion'],
    },
  ];
}

function unservedText(about: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly advice: string | null;
}): string {
  const { apiVersion, kind, advice } = about;
  return `no version of Kubernetes has a kind ${kind} in ${apiVersion}${advice === null ? '' : `; ${advice}`}`;
}

/**
 * A version of a custom kind that the definitions of the repository do not serve.
 * @param served the apiVersions that they do.
 */
export function unservedVersion(resource: Resource, served: readonly string[]): Violation {
  const about = { apiVersion: apiVersionOf(resource), kind: resource.kind, served };
  return {
    rule: 'schema/unknown-kind',
    severity: 'error',
    message: unservedVersionText(about),
    about,
    fieldPath: ['apiVersion'],
  };
}

function unservedVersionText(about: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly served: readonly string[];
}): string {
  const { apiVersion, kind, served } = about;
  const only = served.length === 0 ? 'no version' : `only ${served.join(' and ')}`;
  return `the API server refuses ${apiVersion} ${kind}: the CustomResourceDefinition that this repository applies serves ${only}`;
}

function groupOf(name: string): string {
  const [apiVersion = ''] = name.split(' ');
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}
