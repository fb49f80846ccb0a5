/**
 * Adds items at the end of a list. A call takes some ten thousand arguments, each on the stack, and a
 * stranger's list may be longer: `push(...items)` then ends the review.
 * @see https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Function/apply
 */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
