/**
 * Writes the first of several texts, made when it is their turn, that GitHub does not refuse for what it is:
 * each later one is to be shorter.
 * @throws where GitHub refuses the last one, too, or fails for another reason.
 */
export async function firstTaken<T, R>(
  tries: readonly (() => T)[],
  write: (text: T) => Promise<R>,
): Promise<R> {
  const [first, ...shorter] = tries;
  if (first === undefined) throw new Error('there is nothing to write');
  try {
    return await write(first());
  } catch (error) {
    if (shorter.length === 0 || !isRefused(error)) throw error;
    return firstTaken(shorter, write);
  }
}

/** 413: too large; 422: a part of it is not valid, such as too long. https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'status' in error && (error.status === 413 || error.status === 422);
}
