import type { Violation } from '../../model/finding.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import type { FieldPath } from '../../model/manifest.ts';
import { describeResource, type ResourceName } from '../../model/resource.ts';

/** What a project refuses of an Application. */
export type Refused =
  | { readonly what: 'applications'; readonly namespace: string }
  | { readonly what: 'repository'; readonly repository: string }
  | { readonly what: 'destination'; readonly cluster: string; readonly namespace: string }
  | ({ readonly what: 'resource' } & ResourceName)
  /** With the first resource that goes there; its own namespace may be left out. */
  | ({ readonly what: 'namespace'; readonly to: string } & ResourceName);

/** Says what a project refuses, and by which of its fields. */
export function refused(
  project: FoundObject,
  what: Refused,
  { field, fieldPath }: { readonly field: string; readonly fieldPath: FieldPath },
): Violation {
  const about = { ...what, project: project.resource.name, by: field };
  return {
    rule: 'argocd/project-refuses',
    severity: 'error',
    message: notPermitted(about),
    about,
    fieldPath,
  };
}

function notPermitted(about: Refused & { readonly project: string; readonly by: string }): string {
  return `the project ${about.project} does not permit ${inWords(about)} (${about.by})`;
}

function inWords(refused: Refused): string {
  switch (refused.what) {
    case 'applications':
      return `Applications in the namespace ${refused.namespace}`;
    case 'repository':
      return `the repository ${refused.repository}`;
    case 'destination':
      return `the destination ${refused.cluster}${refused.namespace === '' ? '' : `, namespace ${refused.namespace}`}`;
    case 'resource':
      return describeResource(refused);
    case 'namespace':
      return `the namespace ${refused.to}, where ${describeResource(refused)} goes`;
  }
}

/** True for a pattern that forbids what it matches. */
export function isDenial(pattern: string): boolean {
  return pattern.startsWith('!');
}
