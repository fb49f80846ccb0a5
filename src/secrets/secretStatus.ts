import type { FindingStatus } from '../model/finding.ts';
import type { SecretViolation } from './committed.ts';

/** What was found in a file. */
export interface FoundSecrets {
  readonly path: string;
  /** The targets that have it; left out where it is those that read the file. */
  readonly targets?: readonly string[];
  readonly violation: SecretViolation;
}

/** For each commit, identities of the values that its rendered Secrets have and none of its files is found to have. */
export type Elsewhere = Readonly<Record<'base' | 'head', ReadonlySet<string>>>;

/**
 * Compares by the values themselves: a finding is new when one of its values was not
 * committed at the base, for the same Secret and key, in whatever file. A Secret of which one
 * value goes is not new, and fixed only when all are gone.
 * @returns the status of each of the head's, and those of the base that are gone.
 */
export function compareSecrets(
  base: readonly FoundSecrets[],
  head: readonly FoundSecrets[],
  elsewhere: Elsewhere,
): { statuses: Exclude<FindingStatus, 'fixed'>[]; fixed: SecretViolation[] } {
  const waiting = new Map<string, FoundSecrets[]>();
  for (const found of base) {
    for (const id of idsOf(found)) waiting.set(id, [...(waiting.get(id) ?? []), found]);
  }
  const kept = new Set<FoundSecrets>();
  const take = (id: string, fits: (one: FoundSecrets) => boolean): boolean => {
    const all = waiting.get(id) ?? [];
    const taken = all.find(fits);
    if (taken === undefined) return false;
    kept.add(taken);
    waiting.set(
      id,
      all.filter((one) => one !== taken),
    );
    return true;
  };
  // What stays in its file is matched first, so that of two copies the newer is the new one.
  const unmatched = head.map((found) =>
    idsOf(found).filter((id) => !take(id, ({ path }) => path === found.path)),
  );
  const fresh = unmatched.map((ids) => ids.filter((id) => !take(id, () => true)));
  const statuses = fresh.map((ids) =>
    ids.some((id) => !elsewhere.base.has(digestOf(id))) ? 'new' : 'existing',
  );
  const secrets = new Set(head.map(({ violation }) => secretOf(violation)));
  const isGone = (found: FoundSecrets) =>
    !kept.has(found) &&
    !secrets.has(secretOf(found.violation)) &&
    !found.violation.values.some(({ value }) => elsewhere.head.has(value.identity()));
  return { statuses, fixed: base.filter(isGone).map(({ violation }) => violation) };
}

function idsOf({ violation }: FoundSecrets): string[] {
  return violation.values.map(({ key, value }) =>
    JSON.stringify([secretOf(violation), key, value.identity()]),
  );
}

function digestOf(id: string): string {
  const [, , digest]: string[] = JSON.parse(id);
  return digest ?? '';
}

/** Violations that concern a file alone are told apart by their values. */
function secretOf({ resource, values }: SecretViolation): string {
  if (resource === null) return JSON.stringify(values.map(({ value }) => value.identity()));
  return JSON.stringify([resource.namespace, resource.name]);
}
