import { table } from '../model/table.ts';
import { bytesIn, durationIn } from './amounts.ts';
import { DEFAULT_LIMITS, type ReviewLimits } from './limits.ts';

/**
 * What one review may need, as the environment says it.
 * @param problems is told of each variable that is not understood; the usual limit stands in for it.
 */
export function readLimits(env: NodeJS.ProcessEnv, problems: string[]): ReviewLimits {
  const read = (name: string, parse: (text: string) => number | null, usual: number) => {
    const text = env[name]?.trim() ?? '';
    const value = text === '' ? usual : parse(text);
    if (value === null) problems.push(`${name} is not understood: write it like ${EXAMPLES[name]}`);
    return value ?? usual;
  };
  const usual = DEFAULT_LIMITS;
  return {
    timeoutMs: read('HYDRANT_REVIEW_TIMEOUT', durationIn, usual.timeoutMs),
    memoryBytes: read('HYDRANT_REVIEW_MEMORY', bytesIn, usual.memoryBytes),
    outputBytes: read('HYDRANT_REVIEW_OUTPUT', bytesIn, usual.outputBytes),
  };
}

const EXAMPLES = table<string>({
  HYDRANT_REVIEW_TIMEOUT: '10m or 90s',
  HYDRANT_REVIEW_MEMORY: '2GB or 512MB',
  HYDRANT_REVIEW_OUTPUT: '64MB',
});
