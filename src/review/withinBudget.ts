import { limited, TimedOut } from '../processes/limited.ts';

/**
 * Does a part of a review, unless it takes longer than its budget or nests deeper than the stack:
 * then something stands for its result, and the rest of the review goes on. Work that never
 * pauses can only be ended with its process.
 * @param instead is told why, in words.
 * @throws the signal's reason when aborted, and whatever else the work does.
 */
export async function withinBudget<T>(
  work: () => Promise<T>,
  { budgetMs, signal }: { readonly budgetMs: number; readonly signal?: AbortSignal | undefined },
  instead: (why: string) => T,
): Promise<T> {
  try {
    return await limited(work(), budgetMs, signal);
  } catch (error) {
    if (error instanceof TimedOut) return instead(`it took longer than ${budgetMs / 1000} s`);
    if (isStackOverflow(error)) return instead('something is nested too deeply');
    throw error;
  }
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}
