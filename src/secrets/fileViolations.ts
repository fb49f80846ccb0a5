import type { SubjectViolation, ValueIdentity } from '../model/judgement.ts';
import { type CommittedValue, copyOf, type FoundSecrets, type SecretViolation } from './committed.ts';

/**
 * Says of what was found in the files of a commit, as a check does. Whether it is new is
 * told by its values: by the same value for the same Secret and key, in whatever file.
 * @param readers the affected targets that read a file.
 */
export function fileViolations(
  found: readonly FoundSecrets[],
  readers: ReadonlyMap<string, readonly string[]>,
): SubjectViolation[] {
  return found.map(({ path, violation, targets }) => ({
    subject: {
      is: 'file',
      path: violation.location.path,
      resource: violation.resource,
      targets: targets ?? readers.get(path) ?? [],
    },
    violation: withoutValues(violation),
    location: violation.location,
    values: valuesOf(violation),
  }));
}

/** What a value is called that a commit's rendered Secrets have and none of its files is found to have. */
export function nameElsewhere({ value }: Pick<CommittedValue, 'value'>): string {
  return JSON.stringify(['elsewhere', value.identity()]);
}

function valuesOf(violation: SecretViolation): NonNullable<SubjectViolation['values']> {
  const owner = ownerOf(violation);
  const all = violation.values.map(
    (one): ValueIdentity => ({
      counted: JSON.stringify([owner, one.key, one.value.identity()]),
      names: [nameElsewhere(one)],
    }),
  );
  return { owner, all, copy: copyOf(violation.values) };
}

/** Violations that concern a file alone are told apart by their values. */
function ownerOf({ resource, values }: SecretViolation): string {
  if (resource === null) return JSON.stringify(values.map(({ value }) => value.identity()));
  return JSON.stringify(['in files', resource.namespace, resource.name]);
}

/** What a value is compared by is another one in each run. */
function withoutValues({ rule, severity, message, about, fieldPath }: SecretViolation) {
  return { rule, severity, message, about, fieldPath };
}
