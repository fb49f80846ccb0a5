import type { ReviewLimits } from '../isolation/limits.ts';
import { readLimits } from '../isolation/readLimits.ts';

/**
 * What a command may need: the same variables count as for the bot; its time is `--timeout`'s matter.
 * @throws {Error} that names each variable which is not understood.
 */
export function commandLimits(): Omit<ReviewLimits, 'timeoutMs'> {
  const { HYDRANT_REVIEW_TIMEOUT: _, ...env } = process.env;
  const problems: string[] = [];
  const { memoryBytes, outputBytes } = readLimits(env, problems);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return { memoryBytes, outputBytes };
}
