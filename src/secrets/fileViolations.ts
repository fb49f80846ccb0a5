import type { Violation } from '../model/finding.ts';
import type { SubjectViolation } from '../model/judgement.ts';
import type { SecretViolation } from './committed.ts';
import { compareSecrets, type Elsewhere, type FoundSecrets } from './secretStatus.ts';

/** What the search of both commits found, as a check says it. */
export interface FileViolations {
  readonly before: readonly SubjectViolation[];
  readonly after: readonly SubjectViolation[];
}

/**
 * Makes violations of what was found in the files of both commits. Which of them stay is decided here,
 * by the values themselves, because no violation carries its values any further: each gets an
 * identity instead. One that stays is given for both commits with one identity.
 * @param readers the affected targets that read a file.
 */
export function fileViolations(
  found: Readonly<Record<'base' | 'head', readonly FoundSecrets[]>>,
  elsewhere: Elsewhere,
  readers: ReadonlyMap<string, readonly string[]>,
): FileViolations {
  const { statuses, fixed } = compareSecrets(found.base, found.head, elsewhere);
  const after = found.head.map(({ path, violation, targets }, index) =>
    onFile(violation, targets ?? readers.get(path) ?? [], `secret at the head ${index}`),
  );
  const gone = fixed.map((violation, index) => onFile(violation, [], `secret at the base ${index}`));
  return { before: [...after.filter((_, index) => statuses[index] === 'existing'), ...gone], after };
}

function onFile(found: SecretViolation, targets: readonly string[], identity: string): SubjectViolation {
  const { resource, location } = found;
  return {
    subject: { is: 'file', path: location.path, resource, targets },
    violation: withoutValues(found),
    location,
    identity,
  };
}

/** What a value is compared by is another one in each run. */
function withoutValues({ rule, severity, message, about, fieldPath }: SecretViolation): Violation {
  return { rule, severity, message, about, fieldPath };
}
