import { oneLine } from '../report/visible.ts';

/** A message of an upstream tool may be long, and is nowhere else to be read. */
const LONGEST = 10_000;

/**
 * Tells on standard error, on one line, what went wrong or is under way. What of it comes from a repository steers
 * no terminal and begins no line of its own.
 * @param command such as `render`; left out where it is none's matter.
 */
export function complain(message: string, command?: string): void {
  const who = command === undefined ? 'hydrant' : `hydrant ${command}`;
  process.stderr.write(`${who}: ${oneLine(message, LONGEST)}\n`);
}
