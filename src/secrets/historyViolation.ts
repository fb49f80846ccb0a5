import type { Violation } from '../model/finding.ts';
import type { ResourceId } from '../model/resource.ts';
import {
  type CommittedValue,
  keysOf,
  type SecretKeys,
  type SecretViolation,
  secretNamed,
  sentence,
} from './committed.ts';

/** Says of a finding in an earlier commit that its values stay in Git's history. */
export function historyViolation(
  { resource, location }: SecretViolation,
  { commit, values }: { readonly commit: string; readonly values: readonly CommittedValue[] },
): Violation & { readonly resource: ResourceId | null } {
  const about = {
    secret: resource?.name ?? null,
    keys: keysOf(values),
    commit: commit.slice(0, 12),
    file: location.path,
    line: location.startLine,
  };
  return {
    rule: 'secret/in-history',
    severity: 'error',
    message: staysReadable(about),
    about,
    fieldPath: null,
    resource,
  };
}

/** The values of a Secret in an earlier commit; without a Secret they stood in a file alone. */
type Readable = Pick<SecretKeys, 'keys'> & {
  readonly secret: string | null;
  readonly commit: string;
  readonly file: string;
  readonly line: number;
};

function staysReadable({ secret, keys, commit, file, line }: Readable): string {
  const subject = secret === null ? 'what no file has any more' : secretNamed(secret);
  return sentence(
    `${subject} stays readable in Git history: commit ${commit} has it in plain at ${file}:${line} (${keys.join(', ')}); rotate it, then rewrite the branch without that commit, or squash it`,
  );
}
