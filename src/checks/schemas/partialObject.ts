import type { Violation } from '../../model/finding.ts';

/** What is wrong with one object. */
interface Wrong {
  readonly bySchema: readonly Violation[];
  /** What the API server's own rules say. */
  readonly byRules: readonly Violation[];
}

/**
 * What is wrong with an object that may be a part of one which somebody else has made: what it lacks
 * the other has, unless there is none. So that is a warning, and so is what the API server says of
 * fields together, since it judges the two as one. Types and fields of its own are judged as ever.
 */
export function ofPartialObject({ bySchema, byRules }: Wrong): Violation[] {
  const lacks = [...bySchema, ...byRules].some(isLack);
  return [
    ...bySchema.map((one) => (isLack(one) ? softened(one) : one)),
    ...byRules.map((one) => (lacks ? softened(one) : one)),
  ];
}

function isLack({ rule }: Violation): boolean {
  return rule === 'schema/required';
}

function softened(violation: Violation): Violation {
  if (violation.severity !== 'error') return violation;
  return {
    ...violation,
    severity: 'warning',
    message: `${violation.message}; an error only where no object is there yet, since it is applied over one that others may have made`,
    about: { ...violation.about, isPart: true },
  };
}
