import type { ErrorObject } from 'ajv';

/** A mistake, with those of the branches when no alternative fits. */
export interface Mistake {
  readonly error: ErrorObject;
  /** For `anyOf` and `oneOf`: what each branch finds wrong; else empty. */
  readonly branches: readonly (readonly ErrorObject[])[];
}

/**
 * The mistakes behind ajv's list, which tells every branch of every alternative: those
 * that only say why one of several branches does not fit go to their alternative.
 */
export function gatherAlternatives(errors: readonly ErrorObject[]): Mistake[] {
  const alternatives = errors
    .filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'not')
    .toSorted((one, other) => one.schemaPath.length - other.schemaPath.length);
  const inner = new Set<ErrorObject>();
  const branchesOf = new Map<ErrorObject, readonly ErrorObject[][]>();
  for (const alternative of alternatives) {
    if (inner.has(alternative)) continue;
    const within = errors.filter((error) => isWithin(error, alternative));
    for (const error of within) inner.add(error);
    branchesOf.set(alternative, byBranch(within, alternative));
  }
  return errors
    .filter((error) => !inner.has(error))
    .map((error) => ({ error, branches: branchesOf.get(error) ?? [] }));
}

function isWithin(error: ErrorObject, alternative: ErrorObject): boolean {
  return (
    error !== alternative &&
    error.schemaPath.startsWith(`${alternative.schemaPath}/`) &&
    (error.instancePath === alternative.instancePath ||
      error.instancePath.startsWith(`${alternative.instancePath}/`))
  );
}

function byBranch(errors: readonly ErrorObject[], alternative: ErrorObject): ErrorObject[][] {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    const branch = error.schemaPath.slice(alternative.schemaPath.length + 1).split('/')[0] ?? '';
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  return [...branches.values()];
}
