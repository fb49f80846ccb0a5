import type { Violation } from '../model/finding.ts';
import type { ResourceId } from '../model/resource.ts';
import { type CommittedValue, type SecretViolation, secretNamed, sentence } from './committed.ts';

/** Says of a finding in an earlier commit that its values stay in Git's history. */
export function historyViolation(
  { resource, location }: SecretViolation,
  { commit, values }: { readonly commit: string; readonly values: readonly CommittedValue[] },
): Violation & { readonly resource: ResourceId | null } {
  const subject = resource === null ? 'what no file has any more' : secretNamed(resource.name);
  const keys = [...new Set(values.map(({ key }) => key))].join(', ');
  return {
    rule: 'secret/in-history',
    severity: 'error',
    message: sentence(
      `${subject} stays readable in Git history: commit ${commit.slice(0, 12)} has it in plain at ${location.path}:${location.startLine} (${keys}); rotate it, then rewrite the branch without that commit, or squash it`,
    ),
    fieldPath: null,
    resource,
  };
}
