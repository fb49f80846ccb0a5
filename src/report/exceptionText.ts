import type { ExceptedFinding } from '../model/review.ts';

/** Why a finding does not count, where that is said, and for how long. */
export function exceptionText({ source, reason, expires }: ExceptedFinding['exception']): string {
  const why = reason === null ? 'excepted' : `excepted: ${reason}`;
  return `${why} (${source}${expires === null ? '' : `, until ${expires}`})`;
}
