import type { Violation } from '../../model/finding.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import type { FieldPath } from '../../model/manifest.ts';

/** Says what a project refuses, and by which of its fields. */
export function refused(
  project: FoundObject,
  {
    what,
    field,
    fieldPath,
  }: { readonly what: string; readonly field: string; readonly fieldPath: FieldPath },
): Violation {
  return {
    rule: 'argocd/project-refuses',
    severity: 'error',
    message: `the project ${project.resource.name} does not permit ${what} (${field})`,
    fieldPath,
  };
}

/** True for a pattern that forbids what it matches. */
export function isDenial(pattern: string): boolean {
  return pattern.startsWith('!');
}
